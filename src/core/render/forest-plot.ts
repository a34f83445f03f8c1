import { metricWords, type ReportPanel, type ReportRow } from '../reports/report.ts';
import type { Side } from '../reports/evaluation-plan.ts';
import { escapeHtml } from './escape-html.ts';

const left = 190;
const plotWidth = 380;
const right = 120;
const rowHeight = 30;
const top = 34;

/** Sides differ by shape and fill, never by colour alone. */
const marks: Readonly<Record<Side, { readonly offset: number; readonly className: string }>> = { baseline: { offset: -5, className: 'baseline' }, candidate: { offset: 5, className: 'candidate' } };

/**
 * A forest plot of one rate by group as an SVG text: a point with its interval for each side, 0 to 1. Colours come from
 * the page's CSS variables with fallbacks; every mark carries its words for screen readers.
 */
export function forestPlot(panel: ReportPanel): string {
  const height = top + panel.rows.length * rowHeight + 24;
  const title = `${panel.metric} by ${panel.grouping}: ${metricWords[panel.metric] ?? panel.metric}`;
  return [
    `<svg class="forest" role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${left + plotWidth + right} ${height}" xmlns="http://www.w3.org/2000/svg">`,
    `<title>${escapeHtml(title)}</title>`,
    ...[0, 0.2, 0.4, 0.6, 0.8, 1].map((tick) => `<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="${top - 8}" y2="${height - 22}"/><text class="tick" x="${x(tick)}" y="${height - 6}" text-anchor="middle">${tick}</text>`),
    ...panel.rows.flatMap((row, index) => plotRow(row, top + index * rowHeight + rowHeight / 2)),
    '</svg>',
  ].join('\n');
}

function x(value: number): number {
  return Number((left + Math.min(1, Math.max(0, value)) * plotWidth).toFixed(1));
}

function plotRow(row: ReportRow, y: number): readonly string[] {
  const size = row.n === null ? 'suppressed' : `n ${row.n}${row.small ? ', small' : ''}`;
  return [
    `<text class="label" x="${left - 12}" y="${y + 4}" text-anchor="end">${escapeHtml(shorten(row.label))}</text>`,
    `<text class="size" x="${left + plotWidth + 12}" y="${y + 4}">${escapeHtml(size)}</text>`,
    ...(Object.keys(marks) as Side[]).flatMap((side) => plotSide(row, side, y)),
  ];
}

function plotSide(row: ReportRow, side: Side, y: number): readonly string[] {
  const found = row.values[side];
  if (!found || found.value === null) return [];
  const { offset, className } = marks[side];
  const at = y + offset;
  const words = `${row.label}, ${side}: ${found.value.toFixed(3)}${found.low === null || found.high === null ? '' : `, ${found.low.toFixed(3)} to ${found.high.toFixed(3)}`}`;
  const interval = found.low === null || found.high === null ? '' : `<line class="interval" x1="${x(found.low)}" x2="${x(found.high)}" y1="${at}" y2="${at}"/>`;
  const point = side === 'candidate' ? `<circle class="point" cx="${x(found.value)}" cy="${at}" r="4.5"/>` : `<rect class="point" x="${x(found.value) - 4}" y="${at - 4}" width="8" height="8"/>`;
  return [`<g class="${className}"><title>${escapeHtml(words)}</title>${interval}${point}</g>`];
}

function shorten(label: string): string {
  return label.length > 26 ? `${label.slice(0, 25)}…` : label;
}

/** Styles of the plot, for a page that sets the variables or leaves the fallbacks. */
export const forestPlotStyle = `
.forest { max-width: 720px; width: 100%; height: auto; font: 13px var(--vscode-font-family, system-ui, sans-serif); }
.forest text { fill: var(--vscode-foreground, currentColor); }
.forest .tick, .forest .size { font-size: 11px; opacity: 0.85; }
.forest .grid { stroke: var(--vscode-widget-border, var(--vscode-contrastBorder, #8884)); stroke-width: 1; }
.forest .baseline .interval { stroke: var(--vscode-foreground, currentColor); stroke-width: 1.5; stroke-dasharray: 4 3; }
.forest .baseline .point { fill: var(--vscode-editor-background, Canvas); stroke: var(--vscode-foreground, currentColor); stroke-width: 1.5; }
.forest .candidate .interval { stroke: var(--vscode-charts-blue, #1a85ff); stroke-width: 2; }
.forest .candidate .point { fill: var(--vscode-charts-blue, #1a85ff); }
`;
