import { type EvaluationPlan, isScored, letterOf, type Side } from './evaluation-plan.ts';
import { codes } from './row-sql.ts';
import { codesOf, compareKeys, type GroupKey, keyOf, type Row } from './answer-rows.ts';

/** How many rows a side has, and why some are in no count. */
export type Coverage = {
  readonly rows: number;
  readonly missing: {
    readonly label: number;
    readonly prediction: number;
    readonly score?: number;
  };
  readonly invalid: {
    readonly label: number;
    readonly prediction: number;
    readonly weight: number;
    readonly score?: number;
  };
  readonly alone: number;
  /** Rows that both sides count, of which each has another label. */
  readonly otherLabel: number;
  /** What became of the rows, each in one count, for everyone. */
  readonly fates: Readonly<Record<RowFate, number>>;
  /** By the index of the cut: of how many rows of each group how many are in the counts. */
  readonly kept: readonly (readonly KeptRows[])[];
};

/** Why a row is in no count, or that it is in the counts. Each row has one fate: the first that holds. */
export type RowFate =
  | 'only_in_other'
  | 'not_in_labels'
  | 'without_prediction'
  | 'no_label'
  | 'invalid_label'
  | 'no_prediction'
  | 'invalid_prediction'
  | 'invalid_weight'
  | 'used';

/** Rows of a group, also those that are left out, and how many of them are in the counts. */
export type KeptRows = { readonly by: GroupKey; readonly of: number; readonly used: number };

/** What becomes of a row of a side. */
function fateOf(row: Row, side: Side): RowFate {
  const [labelName, predictionName] = side === 'baseline' ? ['lb', 'b'] : ['lc', 'c'];
  const [label, prediction] = [Number(row[labelName]), Number(row[predictionName])];
  if (label === codes.absent) return 'only_in_other';
  if (label === codes.unmatched) return 'not_in_labels';
  if (prediction === codes.unmatched) return 'without_prediction';
  if (label === codes.missing) return 'no_label';
  if (label === codes.invalid) return 'invalid_label';
  if (prediction === codes.missing) return 'no_prediction';
  if (prediction === codes.invalid) return 'invalid_prediction';
  return Number(row['v']) === 1 ? 'used' : 'invalid_weight';
}

const noFates: Readonly<Record<RowFate, number>> = {
  only_in_other: 0,
  not_in_labels: 0,
  without_prediction: 0,
  no_label: 0,
  invalid_label: 0,
  no_prediction: 0,
  invalid_prediction: 0,
  invalid_weight: 0,
  used: 0,
};

function fatesOf(rows: readonly Row[], side: Side): Readonly<Record<RowFate, number>> {
  const fates = { ...noFates };
  for (const row of rows) fates[fateOf(row, side)] += Number(row['n']);
  return fates;
}

function keptOf(
  plan: EvaluationPlan,
  index: number,
  rows: readonly Row[],
  side: Side,
): readonly KeptRows[] {
  const found = new Map<string, KeptRows>();
  for (const row of rows) {
    const by = keyOf(plan, index, row);
    const name = JSON.stringify(Object.values(by));
    const { of, used } = found.get(name) ?? { of: 0, used: 0 };
    const n = Number(row['n']);
    found.set(name, { by, of: of + n, used: used + (fateOf(row, side) === 'used' ? n : 0) });
  }
  return [...found.values()].sort((a, b) => compareKeys(a.by, b.by));
}

/** Whether both sides count a row, and say of the same person a different truth. */
function saysOtherwise(row: Row): boolean {
  const [baseline, candidate] = [codesOf(row, 'baseline'), codesOf(row, 'candidate')];
  return baseline !== null && candidate !== null && baseline[0] !== candidate[0];
}

/** How many rows a side has, and what became of each. */
export function coverageOf(
  plan: EvaluationPlan,
  byCut: readonly (readonly Row[])[],
  side: Side,
): Coverage {
  const rows = byCut[0] ?? [];
  const [labelName, predictionName] = side === 'baseline' ? ['lb', 'b'] : ['lc', 'c'];
  const all = rows.filter((row) => Number(row[labelName]) !== codes.absent);
  // People of the labels file without a prediction are no rows of the side's own file.
  const present = all.filter((row) => Number(row[predictionName]) !== codes.unmatched);
  const count = (some: readonly Row[], test: (row: Row) => boolean): number =>
    some.filter(test).reduce((total, row) => total + Number(row['n']), 0);
  const sum = (test: (row: Row) => boolean): number => count(present, test);
  const other = side === 'baseline' ? 'lc' : 'lb';
  const scored = isScored(plan, side);
  const scores = (column: string): { score?: number } =>
    scored
      ? {
          score: present.reduce(
            (total, row) => total + Number(row[`${letterOf(side)}${column}`] ?? 0),
            0,
          ),
        }
      : {};
  return {
    rows: sum(() => true),
    missing: {
      label: count(all, (row) => Number(row[labelName]) === codes.missing),
      prediction: sum((row) => Number(row[predictionName]) === codes.missing),
      ...scores('m'),
    },
    invalid: {
      label: count(all, (row) => Number(row[labelName]) === codes.invalid),
      prediction: sum((row) => Number(row[predictionName]) === codes.invalid),
      weight: sum((row) => Number(row['v']) !== 1),
      ...scores('i'),
    },
    alone: sum((row) => Number(row[other]) === codes.absent),
    otherLabel: count(rows, (row) => saysOtherwise(row)),
    fates: fatesOf(rows, side),
    kept: byCut.map((own, index) => keptOf(plan, index, own, side)),
  };
}
