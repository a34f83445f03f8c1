import type { EvaluationPlan, Side } from './evaluation-plan.ts';
import { groupNames } from './plan-sql.ts';

/** Values of a group's columns as text, null where missing. */
export type GroupKey = Readonly<Record<string, string | null>>;

/** A row of an answer: cells as an engine gives them. */
export type AnswerRow = Readonly<Record<string, string | number | null>>;

/** The same, where it is counted. */
export type Row = AnswerRow;

/** The group of a row in a cut. */
export function keyOf(plan: EvaluationPlan, index: number, row: Row): GroupKey {
  const { columns } = groupNames(plan);
  return Object.fromEntries(
    (plan.cuts[index]?.columns ?? []).map((name) => [
      name,
      textOf(row[`g${columns.indexOf(name)}`]),
    ]),
  );
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Label and prediction of a side in a cell, null where the row is in no count. */
export function codesOf(row: Row, side: Side): readonly [number, number] | null {
  const [label, prediction] =
    side === 'baseline'
      ? [Number(row['lb']), Number(row['b'])]
      : [Number(row['lc']), Number(row['c'])];
  return Number(row['v']) === 1 && label <= 1 && prediction <= 1 ? [label, prediction] : null;
}

/** By the values in the order of the columns, missing last. Code-unit order: the same on every machine. */
export function compareKeys(a: GroupKey, b: GroupKey): number {
  const [left, right] = [Object.values(a), Object.values(b)];
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? null;
    if (value === other) continue;
    if (value === null) return 1;
    if (other === null) return -1;
    return value < other ? -1 : 1;
  }
  return 0;
}
