import { type Report, type ReportPanel, targetRow } from '../reports/report.ts';
import { groupLabel, measureWords, methodWords, metricWords, withInterval } from '../reports/report-words.ts';
import type { ResultDisparity } from '../reports/result.ts';
import { escapeHtml } from './escape-html.ts';
import { forestPlot, forestPlotStyle } from './forest-plot.ts';

/** The body of a report: the same for the editor's page and for a file. No script, no style, no address to load from. */
export function reportBody(report: Report): string {
  const { result } = report;
  return [
    `<header><h1>${escapeHtml(report.evaluation.title)}</h1><p class="verdict ${result?.verdict ?? 'none'}" role="status">${escapeHtml(report.sentence)}</p></header>`,
    section('What changed, and who asked for it', changes(report)),
    ...(result === null
      ? []
      : [
          section('Targets', table('Targets, set before the measurement', ['Target', 'Wanted', 'Measured', 'State'], result.targets.map(targetRow))),
          section('Who is helped, who is harmed', whom(report)),
          section('Groups', report.panels.map(panelHtml).join('\n')),
          section('Between groups', disparityTables(result.models.candidate?.disparities ?? result.models.baseline?.disparities ?? [])),
          section('How it was measured', provenance(report)),
        ]),
  ].join('\n');
}

/** A report as one HTML file that needs nothing else, opens without scripts, and follows the reader's light or dark scheme. */
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
<style>${pageStyle}${reportStyle}${forestPlotStyle}</style>
</head>
<body>
${reports.map((report) => `<main>\n${reportBody(report)}\n</main>`).join('\n')}
</body>
</html>
`;
}

const pageStyle = `
:root { color-scheme: light dark; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas; }
main { max-width: 860px; margin: 0 auto; padding: 24px; }
`;

/** Styles of the body; the editor's page uses them with its own colours. */
export const reportStyle = `
h1 { font-size: 1.5em; margin: 0 0 8px; } h2 { font-size: 1.15em; margin: 28px 0 8px; } h3 { font-size: 1em; margin: 18px 0 4px; }
.verdict { padding: 10px 14px; border: 1px solid var(--vscode-widget-border, #8886); border-left-width: 6px; font-weight: 600; }
.verdict.pass { border-left-color: var(--vscode-charts-green, #2e8b57); } .verdict.fail { border-left-color: var(--vscode-charts-red, #d13438); } .verdict.undecided, .verdict.none { border-left-color: var(--vscode-charts-purple, #8764b8); }
table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: 0.93em; } caption { text-align: left; opacity: 0.85; padding: 4px 0; }
th, td { text-align: left; padding: 4px 10px 4px 0; border-bottom: 1px solid var(--vscode-widget-border, #8884); vertical-align: top; } td.number { font-variant-numeric: tabular-nums; }
details { margin: 4px 0 16px; } summary { cursor: pointer; } code, pre { font-family: var(--vscode-editor-font-family, ui-monospace, monospace); font-size: 0.9em; } pre { overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
dt { font-weight: 600; } dd { margin: 0 0 8px; overflow-wrap: anywhere; } .note { opacity: 0.9; }
`;

function section(title: string, body: string): string {
  return `<section><h2>${escapeHtml(title)}</h2>\n${body}\n</section>`;
}

function table(caption: string, header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '<p class="note">None.</p>';
  const head = header.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const body = rows.map(([first = '', ...rest]) => `<tr><th scope="row">${escapeHtml(first)}</th>${rest.map((cell) => `<td class="number">${escapeHtml(cell)}</td>`).join('')}</tr>`).join('\n');
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

function changes({ decisions, evaluation }: Report): string {
  const question = evaluation.question ? `<p>${escapeHtml(evaluation.question)}</p>` : '';
  if (decisions.length === 0) return `${question}<p class="note">No decision names this evaluation.</p>`;
  return question + decisions.map(({ id, title, status, why, feedback }) => `<h3><a data-record="${escapeHtml(id)}">${escapeHtml(id)}</a> ${escapeHtml(title)} (${escapeHtml(status ?? '')})</h3>${why ? `<p>${escapeHtml(why)}</p>` : ''}<ul>${feedback.map((item) => `<li><a data-record="${escapeHtml(item.id)}">${escapeHtml(item.id)}</a> ${escapeHtml(item.title)}</li>`).join('')}</ul>`).join('\n');
}

function whom({ helped, harmed, result }: Report): string {
  if ((result?.paired.length ?? 0) === 0) return '<p class="note">There is no baseline on the same rows to compare with.</p>';
  const list = (title: string, items: readonly string[], none: string): string => `<h3>${title}</h3>${items.length === 0 ? `<p class="note">${none}</p>` : `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`}`;
  return list('Helped', helped, 'No group for certain.') + list('Harmed', harmed, 'No group for certain.');
}

function panelHtml(panel: ReportPanel): string {
  const value = (row: ReportPanel['rows'][number], side: 'baseline' | 'candidate'): string => {
    const found = row.values[side];
    if (!found) return '—';
    if (found.value === null) return `undefined: ${found.why}`;
    return `${found.value.toFixed(3)}${found.low === null || found.high === null ? '' : ` (${found.low.toFixed(3)} to ${found.high.toFixed(3)})`}`;
  };
  const rows = panel.rows.map((row) => [row.label, row.n === null ? 'suppressed' : `${row.n}${row.small ? ' (small)' : ''}`, value(row, 'baseline'), value(row, 'candidate')]);
  return `<figure class="panel" data-grouping="${escapeHtml(panel.grouping)}" data-metric="${escapeHtml(panel.metric)}"><figcaption><h3>${escapeHtml(`${panel.metric} by ${panel.grouping}`)}</h3><p class="note">${escapeHtml(metricWords[panel.metric] ?? '')}; square and dashed: baseline, circle: candidate</p></figcaption>\n${forestPlot(panel)}\n<details><summary>The numbers</summary>${table(`${panel.metric} with 95 % intervals`, ['Group', 'Rows', 'Baseline', 'Candidate'], rows)}</details></figure>`;
}

/** Measures that most readers look for; the others are in the stored result. */
const shownMeasures: ReadonlySet<string> = new Set(['selection_rate_difference', 'selection_rate_ratio', 'recall_difference', 'fpr_difference', 'equalized_odds_difference', 'accuracy_difference']);

function disparityTables(disparities: readonly ResultDisparity[]): string {
  const shown = disparities.filter(({ metric, slice }) => slice === undefined && shownMeasures.has(metric));
  const groupings = [...new Set(shown.map(({ by }) => by.join(' × ')))];
  return groupings.map((grouping) => table(`By ${grouping}`, ['Measure', 'Value', 'Between', 'What it says'], shown.filter(({ by }) => by.join(' × ') === grouping).map((entry) => [entry.metric, number(entry), entry.between.map(groupLabel).join(' and '), `${measureWords(entry.metric)}${entry.left_out.length > 0 ? `; left out: ${entry.left_out.map(({ by, why }) => `${groupLabel(by)} (${why})`).join(', ')}` : ''}`]))).join('\n');
}

function number({ value, low, high, why }: ResultDisparity): string {
  if (value === null) return `not estimable${why ? `: ${why}` : ''}`;
  return withInterval({ value, low, high });
}

function provenance({ result, resultPath, resultDigest, evaluation }: Report): string {
  if (result === null) return '';
  const item = (term: string, text: string): string => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(text)}</dd>`;
  return `<dl>${[
    ...evaluation.assumptions.map((text) => item('Assumption', text)),
    item('Result', `${resultPath ?? ''}, SHA-256 ${resultDigest ?? ''}`),
    ...result.inputs.map(({ role, path, rows, sha256 }) => item(`Input: ${role}`, `${path}, ${rows} rows, SHA-256 ${sha256}`)),
    ...result.plan.map(({ path, sha256 }) => item('Plan', `${path}, SHA-256 ${sha256}`)),
    item('Engine', `${result.engine.name} ${result.engine.version}, seed ${result.seed}`),
    item('Methods', result.methods.map(methodWords).join('. ')),
    item('Comparisons', `${result.comparisons}, each with an interval of its own; correction of p-values: ${result.correction}`),
    ...result.notes.map((note) => item('Note', note)),
  ].join('')}</dl><details><summary>The query</summary><pre>${escapeHtml(result.sql.join('\n\n'))}</pre></details>`;
}
