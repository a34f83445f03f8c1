import type { ReportCalibration } from '../../reports/report-calibration.ts';
import { escapeHtml } from '../escape-html.ts';

const left = 62;
const top = 14;
const size = 280;
const bottom = 40;

/** Where a share of 0 to 1 is drawn. */
const x = (value: number): number => Number((left + value * size).toFixed(1));
const y = (value: number): number => Number((top + (1 - value) * size).toFixed(1));

/**
 * A reliability diagram as an SVG text: for each bin of scores the share of positives against the mean score, with its
 * interval; on the dashed line scores keep what they promise, below it they promise too much.
 */
export function reliabilityDiagram({ side, bins }: ReportCalibration): string {
  const title = `Reliability of the scores of the ${side}: share of positives against mean score in ${bins.length} bins`;
  const points = bins
    .map(({ mean_score, positive_rate }) => `${x(mean_score)},${y(positive_rate)}`)
    .join(' ');
  return [
    `<svg class="reliability ${side}" role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${left + size + 20} ${top + size + bottom}" xmlns="http://www.w3.org/2000/svg">`,
    `<title>${escapeHtml(title)}</title>`,
    ...[0, 0.25, 0.5, 0.75, 1].map(
      (tick) =>
        `<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="${y(0)}" y2="${y(1)}"/><line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="${x(tick)}" y="${y(0) + 16}" text-anchor="middle">${tick}</text><text class="tick" x="${left - 8}" y="${y(tick) + 4}" text-anchor="end">${tick}</text>`,
    ),
    `<line class="perfect" x1="${x(0)}" x2="${x(1)}" y1="${y(0)}" y2="${y(1)}"/>`,
    `<polyline class="line" points="${points}"/>`,
    ...bins.map((bin) => {
      const words = `scores ${bin.from.toFixed(2)} to ${bin.to.toFixed(2)}, ${bin.n} rows: mean score ${bin.mean_score.toFixed(3)}, positives ${bin.positive_rate.toFixed(3)}`;
      const interval =
        bin.low === null || bin.high === null
          ? ''
          : `<line class="interval" x1="${x(bin.mean_score)}" x2="${x(bin.mean_score)}" y1="${y(bin.low)}" y2="${y(bin.high)}"/>`;
      return `<g><title>${escapeHtml(words)}</title>${interval}<circle class="point" cx="${x(bin.mean_score)}" cy="${y(bin.positive_rate)}" r="4"/></g>`;
    }),
    `<text class="tick" x="${x(0.5)}" y="${y(0) + 34}" text-anchor="middle">mean score</text>`,
    `<text class="tick" x="14" y="${y(0.5)}" text-anchor="middle" transform="rotate(-90 14 ${y(0.5)})">share of positives</text>`,
    '</svg>',
  ].join('\n');
}

/** Styles of the diagram, for a page that sets the variables or leaves the fallbacks. */
export const reliabilityStyle = `
.reliability { max-width: 360px; width: 100%; height: auto; font: 12px var(--vscode-font-family, system-ui, sans-serif); }
.reliability text { fill: var(--vscode-foreground, CanvasText); }
.reliability .grid { stroke: var(--vscode-foreground, CanvasText); stroke-opacity: 0.22; }
.reliability .perfect { stroke: var(--vscode-foreground, CanvasText); stroke-dasharray: 4 4; }
.reliability .line { fill: none; stroke: var(--vscode-charts-blue, #1a73d9); stroke-width: 1; stroke-opacity: 0.5; }
.reliability .interval { stroke: var(--vscode-charts-blue, #1a73d9); stroke-width: 1.5; }
.reliability .point { fill: var(--vscode-charts-blue, #1a73d9); }
.reliability.baseline .point { fill: var(--vscode-editor-background, Canvas); stroke: var(--vscode-foreground, CanvasText); stroke-width: 1.5; }
.reliability.baseline .line, .reliability.baseline .interval { stroke: var(--vscode-foreground, CanvasText); }
@media (forced-colors: active) { .reliability .line, .reliability .interval { stroke: CanvasText; } .reliability.candidate .point { fill: CanvasText; } }
`;
