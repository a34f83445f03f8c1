import type { Confusion } from '../statistics/confusion.ts';
import type { PairedCounts } from '../statistics/paired.ts';
import type { GroupCounts } from '../statistics/rate-estimate.ts';
import type { ScoreSums } from '../statistics/scores/score-estimates.ts';
import { type EvaluationPlan, isScored, type Side } from './evaluation-plan.ts';
import { type ScoreAnswers, scoreSumsOf } from './counted-scores.ts';
import { groupingSets, groupNames, type PlannedQuery } from './plan-sql.ts';
import { weightUnit } from './weight-form.ts';
import {
  type AnswerRow,
  codesOf,
  compareKeys,
  type GroupKey,
  keyOf,
  type Row,
} from './answer-rows.ts';
import { type Coverage, coverageOf } from './coverage.ts';

/** One group of one cut on one side. */
export type CountedGroup = GroupCounts & {
  readonly by: GroupKey;
  /** Where the side has a score. */
  readonly scores?: ScoreSums | undefined;
};

/** Pairs of predictions on the same rows, by label: what every paired comparison is made of. */
export type PairTables = { readonly positives: PairedCounts; readonly negatives: PairedCounts };

export type CountedPair = PairTables & { readonly by: GroupKey };

/** All counts of an evaluation, by the index of the cut. */
export type Counted = {
  readonly groups: Readonly<Partial<Record<Side, readonly (readonly CountedGroup[])[]>>>;
  /** Empty where the sides are not paired. */
  readonly pairs: readonly (readonly CountedPair[])[];
  readonly coverage: Readonly<Partial<Record<Side, Coverage>>>;
  /** Of the judged side: on how many rows of each group each group column is missing. */
  readonly gaps?: readonly AnswerRow[];
  /** How many values labels and predictions have, where that was asked. */
  readonly values?: Readonly<
    Partial<Record<Side, { readonly label: number; readonly prediction: number }>>
  >;
};
type Answer = { readonly query: PlannedQuery; readonly rows: readonly Row[] };

const none: Confusion = { tp: 0, fp: 0, tn: 0, fn: 0 };
const noPairs: PairedCounts = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };

/** Turns the answer of the queries into counts. */
export function countAnswers(plan: EvaluationPlan, answers: readonly Answer[]): Counted {
  const groups: Partial<Record<Side, (readonly CountedGroup[])[]>> = {};
  const coverage: Partial<Record<Side, Coverage>> = {};
  let pairs: (readonly CountedPair[])[] = [];
  for (const { query, rows } of answers.filter((answer) => answer.query.kind === 'cells')) {
    const byCut = plan.cuts.map((_, index) => rowsOfCut(plan, index, rows));
    for (const side of query.sides) {
      groups[side] = byCut.map((cells, index) =>
        withScores(plan, index, side, {
          groups: groupsOf(plan, index, cells, side),
          cells,
          answers,
        }),
      );
      coverage[side] = coverageOf(plan, byCut, side);
    }
    if (query.sides.length === 2) pairs = byCut.map((cells, index) => pairsOf(plan, index, cells));
  }
  const values = answers
    .filter(({ query }) => query.kind === 'values')
    .flatMap(({ query, rows: [row] }) =>
      query.sides.map((side) => [
        side,
        { label: Number(row?.['l'] ?? 0), prediction: Number(row?.['p'] ?? 0) },
      ]),
    );
  const gaps = answers.filter(({ query }) => query.kind === 'gaps').flatMap(({ rows }) => rows);
  return { groups, pairs, coverage, values: Object.fromEntries(values), gaps };
}

function rowsOfCut(plan: EvaluationPlan, index: number, rows: readonly Row[]): readonly Row[] {
  const set = groupingSets(plan).ofCut[index];
  const { slices } = groupNames(plan);
  const slice = plan.cuts[index]?.slice ?? null;
  const flag = slice === null ? null : `s${slices.indexOf(slice)}`;
  return rows.filter(
    (row) => Number(row['cut']) === set && (flag === null || Number(row[flag]) === 1),
  );
}

function cellOf(positive: boolean, predicted: boolean): keyof Confusion {
  if (positive) return predicted ? 'tp' : 'fn';
  return predicted ? 'fp' : 'tn';
}

function groupsOf(
  plan: EvaluationPlan,
  index: number,
  rows: readonly Row[],
  side: Side,
): readonly CountedGroup[] {
  const weighted = plan.evaluation.columns.weight !== undefined;
  const unit = weightUnit(plan);
  const found = new Map<
    string,
    { by: GroupKey; counts: Confusion; sums: Confusion; squares: Confusion }
  >();
  for (const row of rows) {
    const code = codesOf(row, side);
    if (code === null) continue;
    const by = keyOf(plan, index, row);
    const name = JSON.stringify(Object.values(by));
    const before = found.get(name) ?? { by, counts: none, sums: none, squares: none };
    const cell = cellOf(code[0] === 1, code[1] === 1);
    const added = (table: Confusion, value: number): Confusion => ({
      ...table,
      [cell]: table[cell] + value,
    });
    found.set(name, {
      by,
      counts: added(before.counts, Number(row['n'])),
      sums: weighted ? added(before.sums, Number(row['sw'])) : none,
      squares: weighted ? added(before.squares, Number(row['sw2']) * unit * unit) : none,
    });
  }
  const all = [...found.values()].map(
    ({ by, counts, sums, squares }): CountedGroup => ({
      by,
      counts,
      ...(weighted ? { weighted: { sums, squares } } : {}),
    }),
  );
  if (all.length === 0 && (plan.cuts[index]?.columns.length ?? 0) === 0)
    return [
      { by: {}, counts: none, ...(weighted ? { weighted: { sums: none, squares: none } } : {}) },
    ];
  return all.sort((a, b) => compareKeys(a.by, b.by));
}

/** The groups with what is known of their scores. */
function withScores(
  plan: EvaluationPlan,
  index: number,
  side: Side,
  {
    groups,
    cells,
    answers,
  }: {
    readonly groups: readonly CountedGroup[];
    readonly cells: readonly Row[];
    readonly answers: readonly Answer[];
  },
): readonly CountedGroup[] {
  if (!isScored(plan, side)) return groups;
  const nameOf = (row: Row): string => JSON.stringify(Object.values(keyOf(plan, index, row)));
  const found = (kind: PlannedQuery['kind']): readonly Row[] =>
    answers
      .filter(({ query }) => query.kind === kind && query.sides.includes(side))
      .flatMap(({ rows }) => rowsOfCut(plan, index, rows));
  const [placements, bins] = [groupBy(found('placements'), nameOf), groupBy(found('bins'), nameOf)];
  const valid = groupBy(
    cells.filter((row) => codesOf(row, side) !== null),
    nameOf,
  );
  return groups.map((group) => {
    const name = JSON.stringify(Object.values(group.by));
    const own: ScoreAnswers = {
      cells: valid.get(name) ?? [],
      placements: placements.get(name)?.[0],
      bins: bins.get(name) ?? [],
    };
    return { ...group, scores: scoreSumsOf(plan, side, own) };
  });
}

function groupBy(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const name = nameOf(row);
    const known = found.get(name);
    if (known) known.push(row);
    else found.set(name, [row]);
  }
  return found;
}

function pairOf(before: boolean, after: boolean): keyof PairedCounts {
  if (after) return before ? 'both' : 'candidateOnly';
  return before ? 'baselineOnly' : 'neither';
}

function pairsOf(
  plan: EvaluationPlan,
  index: number,
  rows: readonly Row[],
): readonly CountedPair[] {
  const found = new Map<
    string,
    { by: GroupKey; positives: PairedCounts; negatives: PairedCounts }
  >();
  for (const row of rows) {
    const [before, after] = [codesOf(row, 'baseline'), codesOf(row, 'candidate')];
    // Two sides that disagree on the label of a row are not about the same thing.
    if (before === null || after === null || before[0] !== after[0]) continue;
    const by = keyOf(plan, index, row);
    const name = JSON.stringify(Object.values(by));
    const pair = found.get(name) ?? { by, positives: noPairs, negatives: noPairs };
    const place = before[0] === 1 ? 'positives' : 'negatives';
    const cell = pairOf(before[1] === 1, after[1] === 1);
    found.set(name, {
      ...pair,
      [place]: { ...pair[place], [cell]: pair[place][cell] + Number(row['n']) },
    });
  }
  return [...found.values()].sort((a, b) => compareKeys(a.by, b.by));
}
