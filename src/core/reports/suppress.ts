import { type Cell, cells, cellsOf, isShareRate } from '../statistics/confusion.ts';
import type { GroupKey } from './answer-rows.ts';
import { hideTogether, type Part, sumsOf } from './hide-together.ts';
import { mergeBins } from './merge-bins.ts';
import {
  allGroups,
  type ResultDisparity,
  type ResultGroup,
  type ResultMetric,
  type ResultModel,
} from './result.ts';

/** Counts of one label: how many there are of it is known from elsewhere (the other side has the same labels), so they are hidden both. */
const blocks = [
  ['tp', 'fn'],
  ['tn', 'fp'],
] as const;

/** Why a number is not shown. */
export function suppressedWhy(least: number): string {
  return `suppressed: it would tell a count under ${least}`;
}

/** The name of a group among all of a result. */
export function partName(by: GroupKey, slice?: string | null): string {
  return JSON.stringify([slice ?? null, by]);
}

/**
 * Takes away counts that could name people: every count from 1 to under `least`, what such a count could be worked out
 * from, and what it would be the rest of, so that for each of them another value agrees with all that is stored.
 *
 * @param models sides of one result, which may count the same rows
 * @param least smallest count that may be stored; 0 shows everything
 * @param last names of groups that are hidden only where no others will do: those that a target protects
 */
export function suppress<Name extends string>(
  models: Readonly<Partial<Record<Name, ResultModel>>>,
  least: number,
  last: ReadonlySet<string> = new Set(),
): Readonly<Partial<Record<Name, ResultModel>>> {
  if (least <= 0) return models;
  const sides = Object.entries(models) as [Name, ResultModel][];
  // The same people are in the same groups on both sides: what is hidden of their number on one is hidden on the other.
  const rows = sides.reduce<ReadonlySet<string>>(
    (known, [, model]) => withFewRows(model, { least, last }, known),
    new Set(),
  );
  return Object.fromEntries(
    sides.map(([side, model]) => [side, hideModel(model, { least, last }, rows)]),
  ) as Partial<Record<Name, ResultModel>>;
}

type Hiding = { readonly least: number; readonly last: ReadonlySet<string> };

/** The size of a part is what hiding it costs. */
function partsOf(groups: readonly ResultGroup[], last: ReadonlySet<string>): readonly Part[] {
  const all = groups.reduce((sum, { n }) => sum + (n ?? 0), 0);
  return groups.map((group) => ({
    by: group.by,
    slice: group.slice ?? null,
    size: (group.n ?? 0) + (last.has(partName(group.by, group.slice)) ? all : 0),
    content: JSON.stringify(cells.map((cell) => group[cell])),
  }));
}

function isFew(count: number | null, least: number): boolean {
  return count !== null && count > 0 && count < least;
}

/** Groups whose number of rows is hidden: those of few, and others among which a person could be in their stead. */
function withFewRows(
  model: ResultModel,
  { least, last }: Hiding,
  known: ReadonlySet<string>,
): ReadonlySet<string> {
  const groups = allGroups(model);
  const parts = partsOf(groups, last);
  const sums = sumsOf(parts);
  const named = ({ by, slice }: ResultGroup): string => partName(by, slice);
  const hidden = new Set(
    groups.flatMap((group, place) =>
      isFew(group.n, least) || known.has(named(group)) ? [place] : [],
    ),
  );
  const before = new Set(hidden);
  const cost = (places: readonly number[]): number =>
    places.reduce((sum, place) => sum + (hidden.has(place) ? 0 : (parts[place]?.size ?? 0) + 1), 0);
  for (const place of before) {
    if (!isFew(groups[place]?.n ?? null, least)) continue;
    const ways = cells.map((cell) =>
      hideTogether(parts, sums, { place, hidden }, (at) => ({
        more: Number.POSITIVE_INFINITY,
        less: groups[at]?.[cell] ?? 0,
      })),
    );
    for (const at of [...ways].sort((a, b) => cost(a) - cost(b))[0] ?? []) hidden.add(at);
  }
  return new Set([...known, ...[...hidden].map((place) => named(groups[place] as ResultGroup))]);
}

function hideModel(
  model: ResultModel,
  { least, last }: Hiding,
  rows: ReadonlySet<string>,
): ResultModel {
  const groups = allGroups(model);
  const parts = partsOf(groups, last);
  const sums = sumsOf(parts);
  const whole = groups.map(({ by, slice }) => rows.has(partName(by, slice)));
  const gone: readonly (readonly [readonly Cell[], ReadonlySet<number>])[] = blocks.map((block) => {
    const first = groups.flatMap((group, place) =>
      block.some((cell) => isFew(group[cell], least)) ? [place] : [],
    );
    const hidden = new Set([...first, ...whole.flatMap((all, place) => (all ? [place] : []))]);
    for (const place of first)
      for (const at of hideTogether(parts, sums, { place, hidden }, (other) => ({
        more: groups[other]?.[block[1]] ?? 0,
        less: groups[other]?.[block[0]] ?? 0,
      })))
        hidden.add(at);
    return [block, hidden];
  });
  const shown = groups.map((group, place) => {
    const lost = new Set(gone.flatMap(([block, hidden]) => (hidden.has(place) ? block : [])));
    return hideGroup(group, { lost, rows: whole[place] === true, least });
  });
  const bare = new Set(
    shown.filter(({ suppressed }) => suppressed).map(({ by, slice }) => partName(by, slice)),
  );
  const [{ by: _by, small: _small, ...overall }, ...others] = shown as [
    ResultGroup,
    ...ResultGroup[],
  ];
  return {
    overall,
    groups: others,
    disparities: model.disparities.map((entry) => hideDisparity(entry, bare, least)),
  };
}

function hideGroup(
  group: ResultGroup,
  {
    lost,
    rows,
    least,
  }: { readonly lost: ReadonlySet<Cell>; readonly rows: boolean; readonly least: number },
): ResultGroup {
  if (lost.size === 0 && !rows)
    return group.scores ? { ...group, scores: mergeBins(group.scores, least) } : group;
  const { weighted: _weighted, scores: _scores, ...rest } = group;
  return {
    ...rest,
    ...(rows ? { n: null } : {}),
    ...Object.fromEntries(cells.map((cell) => [cell, rows || lost.has(cell) ? null : group[cell]])),
    suppressed: true,
    metrics: Object.fromEntries(
      Object.entries(group.metrics).map(([name, metric]): [string, ResultMetric] => [
        name,
        !rows && !rests(name, lost) ? metric : { value: null, why: suppressedWhy(least) },
      ]),
    ),
  };
}

/** Whether a metric is made of a hidden count: also of one that is 0, since that it is 0 tells what the rest is. */
function rests(name: string, lost: ReadonlySet<Cell>): boolean {
  return !isShareRate(name) || cellsOf(name).some((cell) => lost.has(cell));
}

function hideDisparity(
  entry: ResultDisparity,
  bare: ReadonlySet<string>,
  least: number,
): ResultDisparity {
  const isBare = (by: GroupKey): boolean => bare.has(partName(by, entry.slice));
  // That a group has none of something tells counts, too.
  const left_out = entry.left_out.map((group) =>
    isBare(group.by) && group.why.startsWith('no ')
      ? { ...group, why: suppressedWhy(least) }
      : group,
  );
  if (!entry.between.some(isBare)) return { ...entry, left_out };
  const { p: _p, p_adjusted: _adjusted, expected_if_equal: _expected, ...rest } = entry;
  return {
    ...rest,
    left_out,
    value: null,
    low: null,
    high: null,
    method: 'no interval',
    why: suppressedWhy(least),
  };
}
