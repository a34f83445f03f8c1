import { type Confusion, shareOf, type ShareRate, shareRates } from '../statistics/confusion.ts';
import { mergeBins } from './merge-bins.ts';
import type { ResultDisparity, ResultGroup, ResultMetric, ResultModel } from './result.ts';

const cells = ['tp', 'fp', 'tn', 'fn'] as const;

const hidden: ResultMetric = { value: null, why: 'suppressed: too few rows to show' };

/**
 * Takes away counts that could name people: every count from 1 to under `least`, what such a count could be worked out
 * from, and, where one group of a cut is hidden, the next smallest too, since the total less the others would give it away.
 *
 * @param least smallest count that may be stored; 0 shows everything
 */
export function suppress(model: ResultModel, least: number): ResultModel {
  if (least <= 0) return model;
  const cutOf = ({ by, slice }: ResultGroup): string => JSON.stringify([slice ?? null, ...Object.keys(by)]);
  const cuts = new Map<string, ResultGroup[]>();
  for (const group of model.groups) cuts.set(cutOf(group), [...(cuts.get(cutOf(group)) ?? []), group]);
  const groups = [...cuts.values()].flatMap((cut) => hideTogether(cut, least));
  const bare = new Set(groups.filter(({ suppressed }) => suppressed).map(({ by, slice }) => JSON.stringify([slice ?? null, by])));
  const overall = hideCells({ ...model.overall, by: {}, small: false }, least);
  const { by: _by, small: _small, ...whole } = overall;
  return { overall: whole, groups, disparities: model.disparities.map((entry) => hideDisparity(entry, bare)) };
}

function hideTogether(cut: readonly ResultGroup[], least: number): readonly ResultGroup[] {
  const shown = cut.map((group) => hideCells(group, least));
  const touched = shown.filter(({ suppressed }) => suppressed);
  if (touched.length !== 1 || cut.length < 2) return shown;
  const others = cut.filter((_, index) => !shown[index]?.suppressed).sort((a, b) => (a.n ?? 0) - (b.n ?? 0));
  return shown.map((group, index) => (cut[index] === others[0] ? hideAll(group) : group));
}

function hideCells(group: ResultGroup, least: number): ResultGroup {
  const counts = { tp: group.tp ?? 0, fp: group.fp ?? 0, tn: group.tn ?? 0, fn: group.fn ?? 0 };
  const few = (count: number): boolean => count > 0 && count < least;
  if (few(group.n ?? 0)) return hideAll(group);
  const small = cells.filter((cell) => few(counts[cell]));
  if (small.length === 0) return group.scores ? { ...group, scores: mergeBins(group.scores, least) } : group;
  // One hidden cell is what the total leaves over: the next smallest goes with it.
  const next = cells.filter((cell) => !small.includes(cell)).sort((a, b) => counts[a] - counts[b])[0];
  const gone = new Set(small.length === 1 && next ? [...small, next] : small);
  const { weighted: _weighted, scores: _scores, ...rest } = group;
  return {
    ...rest,
    ...Object.fromEntries(cells.map((cell) => [cell, gone.has(cell) ? null : counts[cell]])),
    suppressed: true,
    metrics: Object.fromEntries(Object.entries(group.metrics).map(([name, metric]) => [name, revealing(name, counts, gone) ? hidden : metric])),
  };
}

/** Whether a rate's value would give a hidden count away: any rate that is made of one, unless it is made of all of them alike. */
function revealing(name: string, counts: Confusion, gone: ReadonlySet<string>): boolean {
  if (!(shareRates as readonly string[]).includes(name)) return true;
  const one = (cell: (typeof cells)[number]): Confusion => ({ tp: 0, fp: 0, tn: 0, fn: 0, [cell]: 1 });
  const parts = cells.filter((cell) => counts[cell] > 0 && gone.has(cell)).map((cell) => shareOf(name as ShareRate, one(cell)));
  return parts.some(([x, n]) => x > 0 || n > 0);
}

function hideAll(group: ResultGroup): ResultGroup {
  const { weighted: _weighted, scores: _scores, ...rest } = group;
  return { ...rest, n: null, tp: null, fp: null, tn: null, fn: null, suppressed: true, metrics: Object.fromEntries(Object.keys(group.metrics).map((name) => [name, hidden])) };
}

function hideDisparity(entry: ResultDisparity, bare: ReadonlySet<string>): ResultDisparity {
  if (!entry.between.some((by) => bare.has(JSON.stringify([entry.slice ?? null, by])))) return entry;
  const { p: _p, p_adjusted: _adjusted, expected_if_equal: _expected, ...rest } = entry;
  return { ...rest, value: null, low: null, high: null, method: 'no interval', why: 'suppressed: too few rows to show' };
}
