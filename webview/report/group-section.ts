import type { ReportSnapshot, ReportWords } from '../../src/core/render/report-page.ts';
import type { EvaluationResult, ResultGroup } from '../../src/core/reports/result.ts';
import { control, element } from '../kit/element.ts';
import { dataTable } from './data-table.ts';
import { countText, metricText } from './number-text.ts';
import type { ReportState } from './report-state.ts';

type Side = 'baseline' | 'candidate';
type Narrow = (change: Partial<ReportState>) => void;

/** The groups under one grouping and one metric, baseline beside candidate; two dropdowns choose. */
export function groupSection({ stored }: ReportSnapshot, words: ReportWords, state: ReportState, narrow: Narrow): readonly HTMLElement[] {
  if (!stored) return [];
  const sides = (['baseline', 'candidate'] as const).filter((side) => stored.result.models[side]);
  const groupings = groupingsOf(stored.result, sides);
  if (groupings.length === 0) return [element('h2', {}, words.groups), element('p', {}, words.noGroups)];
  const grouping = groupings.find((candidate) => candidate === state.grouping) ?? (groupings[0] as string);
  const metrics = metricsOf(stored.result, sides, grouping);
  const metric = metrics.find((candidate) => candidate === state.metric) ?? metrics[0] ?? 'accuracy';
  return [
    element('h2', {}, words.groups),
    element('div', { class: 'buttons' }, choice(words.groupBy, groupings, grouping, (value) => narrow({ grouping: value })), choice(words.metric, metrics, metric, (value) => narrow({ metric: value }))),
    groupTable(stored.result, sides, grouping, metric, words),
  ];
}

function groupingsOf({ models }: EvaluationResult, sides: readonly Side[]): readonly string[] {
  return [...new Set(sides.flatMap((side) => (models[side]?.groups ?? []).map(groupingOf)))];
}

function metricsOf({ models }: EvaluationResult, sides: readonly Side[], grouping: string): readonly string[] {
  return [...new Set(sides.flatMap((side) => (models[side]?.groups ?? []).filter((group) => groupingOf(group) === grouping).flatMap(({ metrics }) => Object.keys(metrics))))];
}

/** Columns that a group is made by, and the slice it lies in. */
function groupingOf({ by, slice }: ResultGroup): string {
  return [Object.keys(by).join(' × '), slice].filter(Boolean).join(' · ');
}

export function groupName(by: ResultGroup['by'], words: ReportWords): string {
  return Object.values(by).map((value) => value ?? words.missingValue).join(' × ') || words.everything;
}

function choice(label: string, values: readonly string[], chosen: string, choose: (value: string) => void): HTMLElement {
  // The host of the dropdown has the role, so the name must be on it.
  const dropdown = control('vscode-dropdown', { 'aria-label': label }, ...values.map((value) => control('vscode-option', { value, selected: value === chosen ? '' : undefined }, value)));
  dropdown.addEventListener('change', () => choose((dropdown as HTMLElement & { value: string }).value));
  return element('div', {}, element('span', { class: 'detail', 'aria-hidden': 'true' }, `${label} `), dropdown);
}

function groupTable({ models }: EvaluationResult, sides: readonly Side[], grouping: string, metric: string, words: ReportWords): HTMLElement {
  const keys = new Map(sides.flatMap((side) => (models[side]?.groups ?? []).filter((group) => groupingOf(group) === grouping).map((group) => [JSON.stringify(group.by), group.by] as const)));
  const find = (side: Side, key: string): ResultGroup | undefined => models[side]?.groups.find((group) => groupingOf(group) === grouping && JSON.stringify(group.by) === key);
  const rows = [...keys].map(([key, by]) => [groupName(by, words), ...sides.flatMap((side) => sideCells(find(side, key), metric, words))]);
  const overall = [words.everything, ...sides.flatMap((side) => [countText(models[side]?.overall.n ?? null), metricText(models[side]?.overall.metrics[metric])])];
  const columns = [{ title: words.group }, ...sides.flatMap((side) => [{ title: `${words[side]}: ${words.rows}`, number: true }, { title: `${words[side]}: ${metric}`, number: true }])];
  return dataTable(`${metric} · ${grouping}`, columns, [...rows, overall]);
}

function sideCells(group: ResultGroup | undefined, metric: string, words: ReportWords): readonly string[] {
  if (!group) return ['–', '–'];
  if (group.suppressed) return [words.suppressed, words.suppressed];
  return [`${countText(group.n)}${group.small ? ` (${words.small})` : ''}`, metricText(group.metrics[metric])];
}
