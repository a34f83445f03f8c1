import type { Report, ReportPanel } from '../../reports/report.ts';
import type { ReportFlips } from '../../reports/report-changes.ts';
import {
  metricTitle,
  betweenWords,
  type CodeNames,
  groupLabel,
  groupName,
  measureWords,
  withInterval,
  wordsOf,
} from '../../reports/report-words.ts';
import type { ResultDisparity, ResultMetric } from '../../reports/result.ts';
import { escapeHtml } from '../escape-html.ts';
import { forestPlot } from './forest-plot.ts';
import { paragraph, type Row, section, table } from './html-parts.ts';
import { referenceTables } from './reference-table.ts';
import { type Narrowing, narrowingControls, type NarrowingWords, rowNumber } from './narrowing.ts';

/** A metric's value for a cell of a table. */
export function metricText(found: ResultMetric | undefined): string {
  if (!found) return '—';
  if (found.value !== null) return withInterval(found);
  return found.why.startsWith('suppressed') ? found.why : `undefined: ${found.why}`;
}

/** A plot for each grouping and rate, with its numbers, behind controls that narrow them. */
export function groupSection(report: Report, narrowing: Narrowing, words: NarrowingWords): string {
  if (report.panels.length === 0)
    return section('Groups', paragraph('The evaluation names no groups.', 'note'));
  const keyed =
    report.models.length > 1
      ? '<p class="key"><span class="key-baseline">baseline</span> square, dashed line; <span class="key-candidate">candidate</span> circle, whole line. Lines are 95 % intervals.</p>'
      : paragraph('Lines are 95 % intervals.', 'key');
  return section(
    'Groups',
    [
      narrowingControls(narrowing, words),
      keyed,
      ...report.panels.map((panel) => panelHtml(panel, narrowing)),
    ].join('\n'),
  );
}

function panelHtml(panel: ReportPanel, narrowing: Narrowing): string {
  const numberOf = (row: ReportPanel['rows'][number]): number | null =>
    rowNumber(narrowing, panel, row);
  const rows = panel.rows.map((row): Row => {
    const number = numberOf(row);
    return {
      cells: [
        row.label,
        row.n === null ? 'suppressed' : `${row.n}${row.small ? ' (small)' : ''}`,
        ...(['baseline', 'candidate'] as const).map((side) => metricText(row.values[side])),
      ],
      attributes: number === null ? undefined : `data-row="${number}"`,
    };
  });
  const title = `${metricTitle(panel.metric)} by ${panel.grouping}`;
  return `<figure class="panel" data-grouping="${narrowing.groupings.indexOf(panel.grouping)}" data-metric="${narrowing.metrics.indexOf(panel.metric)}"><figcaption><h3>${escapeHtml(title)}</h3>${paragraph(wordsOf(panel.metric), 'note')}</figcaption>\n${forestPlot(panel, numberOf)}\n<details><summary>The numbers<span class="unseen"> of ${escapeHtml(title)}</span></summary>${table(`${title}, with 95 % intervals`, ['Group', 'Rows', 'Baseline', 'Candidate'], rows)}</details></figure>`;
}

/** Measures that most readers look for; the others are in the stored result. */
const shownMeasures = [
  'selection_rate_ratio',
  'selection_rate_difference',
  'recall_difference',
  'fpr_difference',
  'equalized_odds_difference',
  'accuracy_difference',
];

/** The measures that are shown, grouping by grouping. */
export function shownDisparities({ result }: Pick<Report, 'result'>): readonly ResultDisparity[] {
  const all = (result?.models.candidate ?? result?.models.baseline)?.disparities ?? [];
  const shown = all.filter(
    ({ metric, slice }) => slice === undefined && shownMeasures.includes(metric),
  );
  const names = [...new Set(shown.map(({ by }) => by.join(' × ')))];
  return names.flatMap((name) =>
    shown
      .filter(({ by }) => by.join(' × ') === name)
      .sort((a, b) => shownMeasures.indexOf(a.metric) - shownMeasures.indexOf(b.metric)),
  );
}

/** How far apart the groups are, in numbers and words, and how far apart equal groups would be. */
export function disparitySection(report: Report, { groupings }: Narrowing): string {
  const shown = shownDisparities(report);
  const names = [...new Set(shown.map(({ by }) => by.join(' × ')))];
  if (names.length === 0) return '';
  const intro = paragraph(
    'The largest gap between many groups is above 0 even where all are equal: the last column says what chance alone would make of groups of these sizes.',
    'note',
  );
  const tables = names.map((name) => {
    const own = shown.filter(({ by }) => by.join(' × ') === name);
    return `<div data-grouping="${groupings.indexOf(name)}">${table(
      `Between groups by ${name}`,
      ['Measure', 'Value', 'Between', 'If all were equal'],
      own.map(
        (entry): Row => ({
          cells: [
            { text: entry.metric, detail: measureWords(entry.metric) },
            disparityText(entry),
            betweenWords(entry, (by) => groupLabel(by, report.result?.labels)),
            expectedText(entry),
          ],
        }),
      ),
    )}${leftOut(own, report.result?.labels)}${referenceTables(report.reference, name)}</div>`;
  });
  return section('Between groups', [intro, ...tables].join('\n'));
}

export function disparityText({ value, low, high, why }: ResultDisparity): string {
  return value === null
    ? `not estimable${why ? `: ${why}` : ''}`
    : withInterval({ value, low, high });
}

export function expectedText({ expected_if_equal: expected }: ResultDisparity): string {
  return expected
    ? `${expected.mean.toFixed(3)} (${expected.low.toFixed(3)} to ${expected.high.toFixed(3)})`
    : '—';
}

function leftOut(entries: readonly ResultDisparity[], names: CodeNames | undefined): string {
  const reasons = new Set(
    entries.flatMap(({ left_out }) =>
      left_out.map(
        ({ by, why }) => `${groupName(by, names)} (${why === 'missing' ? 'no value' : why})`,
      ),
    ),
  );
  return reasons.size === 0
    ? ''
    : paragraph(`Never an extreme: ${[...reasons].join(', ')}.`, 'note');
}

/** How many predictions went which way. */
export function flipSection({ flips, result }: Report): string {
  if (flips.length === 0) return '';
  const share = (part: number | null, n: number | null): string =>
    part === null || n === null
      ? 'suppressed'
      : `${part}${n > 0 ? ` (${((100 * part) / n).toFixed(1)} %)` : ''}`;
  const rows = flips.map(
    ({ by, n, up, down }: ReportFlips): Row => ({
      cells: [
        groupName(by, result?.labels),
        n === null ? 'suppressed' : String(n),
        share(up, n),
        share(down, n),
        share(up === null || down === null ? null : up + down, n),
      ],
    }),
  );
  return section(
    'Who gets another answer than before',
    [
      paragraph('Predictions that differ between baseline and candidate on the same row.', 'note'),
      table('Flips', ['Group', 'Rows', 'Newly selected', 'No longer selected', 'Changed'], rows),
    ].join('\n'),
  );
}
