import { metricTitle } from '../../reports/report-words.ts';
import { openRates } from '../../reports/open-rates.ts';
import type { Report, ReportPanel } from '../../reports/report.ts';
import { escapeHtml } from '../escape-html.ts';

/** Words of the controls, in the reader's language. */
export type NarrowingWords = Readonly<
  Record<'controls' | 'groupBy' | 'group' | 'metric' | 'all', string>
>;

export const englishNarrowing: NarrowingWords = {
  controls: 'What the figures show',
  groupBy: 'Groups by',
  group: 'Group',
  metric: 'Metric',
  all: 'All',
};

/** What a reader can narrow the figures to; each is named by its place in these lists. */
export type Narrowing = {
  readonly groupings: readonly string[];
  readonly metrics: readonly string[];
  readonly groups: readonly {
    readonly grouping: string;
    readonly label: string;
  }[];
  /** The metric that is shown at first: one that leaves a target open, if any does. */
  readonly first: number;
};

export function narrowingOf({ panels, result }: Pick<Report, 'panels' | 'result'>): Narrowing {
  const metrics = [...new Set(panels.map(({ metric }) => metric))];
  const groups = panels
    .filter(({ metric }) => metric === metrics[0])
    .flatMap(({ grouping, rows }) =>
      rows.filter(({ by }) => Object.keys(by).length > 0).map(({ label }) => ({ grouping, label })),
    );
  const open = result ? openRates(result).map(({ metric }) => metric) : [];
  const wanted = [...open, ...(result?.targets ?? []).map(({ metric }) => metric)].find((metric) =>
    metrics.includes(metric),
  );
  return {
    groupings: [...new Set(panels.map(({ grouping }) => grouping))],
    metrics,
    groups,
    first: Math.max(0, metrics.indexOf(wanted ?? '')),
  };
}

/** The place of a row's group; null for everyone, who is never hidden. */
export function rowNumber(
  { groups }: Narrowing,
  { grouping }: Pick<ReportPanel, 'grouping'>,
  { label, by }: ReportPanel['rows'][number],
): number | null {
  return Object.keys(by).length === 0
    ? null
    : groups.findIndex((group) => group.grouping === grouping && group.label === label);
}

/** Lists to choose from. They work without a script, by the rules of `narrowingStyle`. */
export function narrowingControls(
  { groupings, metrics, groups, first }: Narrowing,
  words: NarrowingWords,
): string {
  const option = (value: number, label: string, selected: boolean): string =>
    `<option value="${value}"${selected ? ' selected' : ''}>${escapeHtml(label)}</option>`;
  const control = (name: string, label: string, options: string): string =>
    `<label>${escapeHtml(label)} <select data-narrow="${name}" autocomplete="off"><option value="">${escapeHtml(words.all)}</option>${options}</select></label>`;
  const byGrouping = groupings
    .map(
      (grouping) =>
        `<optgroup label="${escapeHtml(grouping)}">${groups.map((group, index) => (group.grouping === grouping ? option(index, group.label, false) : '')).join('')}</optgroup>`,
    )
    .join('');
  return `<div class="narrowing" role="group" aria-label="${escapeHtml(words.controls)}">${control('metric', words.metric, metrics.map((metric, index) => option(index, metricTitle(metric), index === first)).join(''))}${control('grouping', words.groupBy, groupings.map((grouping, index) => option(index, grouping, false)).join(''))}${control('group', words.group, byGrouping)}</div>`;
}

/**
 * Rules that hide what was not chosen, in one report among several. A browser that does not know them shows everything.
 */
export function narrowingStyle(reports: readonly Pick<Report, 'panels' | 'result'>[]): string {
  const all = reports.map(narrowingOf);
  const most = (count: (narrowing: Narrowing) => number): readonly number[] =>
    Array.from({ length: Math.max(0, ...all.map(count)) }, (_, index) => index);
  const chosen = (name: string, value: number): string =>
    `.report:has([data-narrow="${name}"] option[value="${value}"]:checked)`;
  return [
    ...(['grouping', 'metric'] as const).flatMap((name) =>
      most((narrowing) => narrowing[`${name}s`].length).map(
        (value) =>
          `${chosen(name, value)} [data-${name}]:not([data-${name}="${value}"]) { display: none; }`,
      ),
    ),
    ...most(({ groups }) => groups.length).flatMap((value) => [
      `${chosen('group', value)} tr[data-row]:not([data-row="${value}"]), ${chosen('group', value)} figure.panel:not(:has([data-row="${value}"])) { display: none; }`,
      `${chosen('group', value)} g[data-row]:not([data-row="${value}"]) { opacity: 0.15; }`,
    ]),
  ].join('\n');
}
