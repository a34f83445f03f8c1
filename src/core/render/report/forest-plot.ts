import type { Side } from '../../reports/evaluation-plan.ts';
import type { ReportPanel, ReportRow } from '../../reports/report.ts';
import { metricTitle, wordsOf } from '../../reports/report-words.ts';
import { escapeHtml } from '../escape-html.ts';
import { type PlotScale, rateScale } from './plot-scale.ts';

const left = 200;
const plotWidth = 380;
const right = 120;
const rowHeight = 32;
const top = 26;
const bottom = 26;

/** Sides differ by place, shape and fill, never by colour alone. */
const offsets: Readonly<Record<Side, number>> = { baseline: -6, candidate: 6 };

/** The number by which the page finds a row again when a reader narrows the figures; null where it never hides it. */
export type RowNumber = (row: ReportRow) => number | null;

/**
 * A forest plot of one rate by group as an SVG text: a point with its interval for each side, and a line for each floor or
 * ceiling that a target sets. Colours come from the page's CSS variables with fallbacks; every mark carries its words.
 */
export function forestPlot(panel: ReportPanel, numberOf: RowNumber = () => null): string {
  const height = top + panel.rows.length * rowHeight + bottom;
  const title = `${metricTitle(panel.metric)} by ${panel.grouping}: ${wordsOf(panel.metric)}`;
  const scale = rateScale(panel.axis, left, plotWidth);
  return [
    `<svg class="forest" role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${left + plotWidth + right} ${height}" xmlns="http://www.w3.org/2000/svg">`,
    `<title>${escapeHtml(title)}</title>`,
    ...scale.ticks.map(
      (tick) =>
        `<line class="grid" x1="${scale.x(tick)}" x2="${scale.x(tick)}" y1="${top - 8}" y2="${height - bottom + 4}"/><text class="tick" x="${scale.x(tick)}" y="${height - 6}" text-anchor="middle">${tick}</text>`,
    ),
    ...panel.bounds.map(
      ({ op, value }) =>
        `<g class="bound"><line x1="${scale.x(value)}" x2="${scale.x(value)}" y1="${top - 8}" y2="${height - bottom + 4}"/><text x="${scale.x(value)}" y="${top - 12}" text-anchor="middle">${escapeHtml(`wanted ${op} ${value}`)}</text></g>`,
    ),
    ...panel.rows.flatMap((row, index) =>
      plotRow(row, top + index * rowHeight + rowHeight / 2, scale, numberOf(row)),
    ),
    '</svg>',
  ].join('\n');
}

function plotRow(
  row: ReportRow,
  y: number,
  scale: PlotScale,
  number: number | null,
): readonly string[] {
  const size = row.n === null ? 'suppressed' : `n ${row.n}${row.small ? ', small' : ''}`;
  return [
    `<g class="${number === null ? 'row everyone' : 'row'}"${number === null ? '' : ` data-row="${number}"`}>`,
    `<text class="label" x="${left - 14}" y="${y + 4}" text-anchor="end">${escapeHtml(shorten(row.label))}</text>`,
    ...(Object.keys(offsets) as Side[]).flatMap((side) =>
      plotSide(row, side, y + offsets[side], scale),
    ),
    `<text class="size" x="${left + plotWidth + 14}" y="${y + 4}">${escapeHtml(size)}</text>`,
    '</g>',
  ];
}

function plotSide(row: ReportRow, side: Side, y: number, scale: PlotScale): readonly string[] {
  const found = row.values[side];
  if (!found || found.value === null) return [];
  const { value, low, high } = found;
  const { x } = scale;
  const interval =
    low === null || high === null
      ? ''
      : `<line class="interval" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}"/>${[low, high].map((end) => beyond(scale, end, y)).join('')}`;
  const words = `${row.label}, ${side}: ${value.toFixed(3)}${low === null || high === null ? '' : `, ${low.toFixed(3)} to ${high.toFixed(3)}`}`;
  const past = scale.past(value);
  if (past !== 0)
    // The point has no place on an axis that is cut to larger groups: an arrow says where it would be.
    return [
      `<g class="${side}"><title>${escapeHtml(words)}</title>${interval}<text class="tick" x="${x(value)}" y="${y + 4}" text-anchor="${past < 0 ? 'start' : 'end'}">${past < 0 ? `◂ ${value.toFixed(3)}` : `${value.toFixed(3)} ▸`}</text></g>`,
    ];
  const point =
    side === 'candidate'
      ? `<circle class="point" cx="${x(value)}" cy="${y}" r="4.5"/>`
      : `<rect class="point" x="${Number((x(value) - 4).toFixed(1))}" y="${y - 4}" width="8" height="8"/>`;
  return [`<g class="${side}"><title>${escapeHtml(words)}</title>${interval}${point}</g>`];
}

/** An arrow where an interval goes on past an end of the axis. */
function beyond(scale: PlotScale, end: number, y: number): string {
  const past = scale.past(end);
  return past === 0
    ? ''
    : `<text class="tick" x="${scale.x(end)}" y="${y + 4}" text-anchor="${past < 0 ? 'end' : 'start'}">${past < 0 ? '◂' : '▸'}</text>`;
}

function shorten(label: string): string {
  return label.length > 28 ? `${label.slice(0, 27)}…` : label;
}

/** Styles of the plots, for a page that sets the variables or leaves the fallbacks. */
export const forestPlotStyle = `
.forest { max-width: 740px; width: 100%; height: auto; font: 13px var(--vscode-font-family, system-ui, sans-serif); }
.forest text { fill: var(--vscode-foreground, CanvasText); }
.forest .tick, .forest .size, .forest .bound text { font-size: 11px; }
.forest .everyone .label { font-weight: 600; }
.forest .grid { stroke: var(--vscode-foreground, CanvasText); stroke-width: 1; stroke-opacity: 0.22; }
.forest .bound line { stroke: var(--vscode-charts-red, #c72e0f); stroke-width: 1.5; stroke-dasharray: 2 3; }
.forest .baseline .interval { stroke: var(--vscode-foreground, CanvasText); stroke-width: 1.5; stroke-dasharray: 4 3; }
.forest .baseline .point { fill: var(--vscode-editor-background, Canvas); stroke: var(--vscode-foreground, CanvasText); stroke-width: 1.5; }
.forest .candidate .interval { stroke: var(--vscode-charts-blue, #1a73d9); stroke-width: 2; }
.forest .candidate .point { fill: var(--vscode-charts-blue, #1a73d9); }
@media (forced-colors: active) { .forest .candidate .interval, .forest .bound line { stroke: CanvasText; } .forest .candidate .point { fill: CanvasText; } }
`;
