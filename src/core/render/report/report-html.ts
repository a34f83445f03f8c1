import type { Report } from '../../reports/report.ts';
import { escapeHtml } from '../escape-html.ts';
import { forestPlotStyle } from './forest-plot.ts';
import { narrowingStyle } from './narrowing.ts';
import { reliabilityStyle } from './reliability-diagram.ts';
import { reportBody } from './report-body.ts';

/** A report as one HTML file that needs nothing else, works without scripts, and follows the reader's light or dark scheme. */
export function reportHtml(reports: readonly Report[]): string {
  const title = reports.map(({ evaluation }) => evaluation.title).join(', ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}${reportStyle}
${narrowingStyle(reports)}
</style>
</head>
<body>
<main>
${reports.map((report) => `<article class="report">\n${reportBody(report)}\n</article>`).join('\n')}
</main>
</body>
</html>
`;
}

const pageStyle = `
:root { color-scheme: light dark; --vscode-charts-blue: #1467c8; --vscode-charts-red: #c62a15; --vscode-charts-green: #23824f; --vscode-charts-purple: #7a4fb0; }
@media (prefers-color-scheme: dark) { :root { --vscode-charts-blue: #6cb0ff; --vscode-charts-red: #ff8a75; --vscode-charts-green: #5fcf95; --vscode-charts-purple: #c3a1f0; } }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas; }
main { max-width: 900px; margin: 0 auto; padding: 24px; }
article + article { border-top: 4px double GrayText; margin-top: 48px; padding-top: 24px; }
select { font: inherit; }
a[data-record] { font-weight: 600; }
@media print { .narrowing { display: none; } details > :not(summary) { display: block; } section { break-inside: auto; } figure, tr { break-inside: avoid; } }
`;

/** Styles of the body; the editor's page uses them with its own colours. */
export const reportStyle = `
h1 { font-size: 1.5em; line-height: 1.25; margin: 0 0 10px; } h2 { font-size: 1.2em; margin: 36px 0 8px; } h3 { font-size: 1em; margin: 18px 0 4px; }
.verdict { padding: 10px 14px; border: 1px solid var(--vscode-widget-border, #8886); border-left-width: 6px; font-weight: 600; overflow-wrap: anywhere; }
.verdict.pass { border-left-color: var(--vscode-charts-green, #2e8b57); } .verdict.fail { border-left-color: var(--vscode-charts-red, #d13438); } .verdict.undecided, .verdict.none { border-left-color: var(--vscode-charts-purple, #8764b8); } .verdict.stale { border-left: 6px dashed var(--vscode-charts-orange, #b8660b); }
table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: 0.93em; font-variant-numeric: tabular-nums; } caption { text-align: left; padding: 4px 0; }
th, td { text-align: left; padding: 5px 12px 5px 0; border-bottom: 1px solid var(--vscode-widget-border, #8884); vertical-align: top; overflow-wrap: break-word; }
th .detail, td .detail { display: block; font-weight: normal; font-size: 0.92em; } h3 .detail { font-weight: normal; }
.effect.better, .effect.worse { font-weight: 600; } .effect .detail { white-space: nowrap; }
.effect.better::before { content: '▲ '; color: var(--vscode-charts-green, currentColor); } .effect.worse::before { content: '▼ '; color: var(--vscode-charts-red, currentColor); }
.effect.higher, .effect.lower { font-weight: 600; } .effect.higher::before { content: '↑ '; } .effect.lower::before { content: '↓ '; } .rows { margin: 6px 0 0; overflow-wrap: anywhere; }
.state { font-weight: 600; white-space: nowrap; } .state.met::before { content: '✓ '; } .state.not-met::before { content: '✗ '; } .state.undecided::before, .state.not-estimable::before { content: '? '; }
.narrowing { display: flex; flex-wrap: wrap; gap: 8px 20px; margin: 8px 0; } .narrowing label { display: inline-flex; gap: 8px; align-items: center; max-width: 100%; } .narrowing select { min-width: 0; max-width: 100%; }
.report { overflow-wrap: break-word; }
.beside { display: flex; flex-wrap: wrap; gap: 8px 32px; } .beside figure { flex: 1 1 300px; }
figure { margin: 12px 0 24px; } figcaption p { margin: 0 0 4px; } details { margin: 4px 0 16px; } summary { cursor: pointer; }
.scroll { overflow-x: auto; } .scroll:focus-visible, pre:focus-visible, summary:focus-visible { outline: 2px solid var(--vscode-focusBorder, Highlight); outline-offset: 2px; }
.path, code, pre { font-family: var(--vscode-editor-font-family, ui-monospace, monospace); font-size: 0.9em; overflow-wrap: anywhere; } pre { overflow-x: auto; white-space: pre-wrap; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
${forestPlotStyle}${reliabilityStyle}`;
