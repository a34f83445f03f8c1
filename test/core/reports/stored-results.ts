import assert from 'node:assert/strict';
import type { Evaluation } from '../../../src/core/records/evaluation.ts';
import type { Target } from '../../../src/core/records/target.ts';
import { buildResult } from '../../../src/core/reports/build-result.ts';
import type { CountedGroup } from '../../../src/core/reports/counted.ts';
import type { Coverage } from '../../../src/core/reports/coverage.ts';
import { planEvaluation } from '../../../src/core/reports/evaluation-plan.ts';
import type { Rejudged } from '../../../src/core/reports/rejudge.ts';
import { type EvaluationResult, resultText } from '../../../src/core/reports/result.ts';
import type { Confusion } from '../../../src/core/statistics/confusion.ts';

type Cell = readonly [tp: number, fp: number, tn: number, fn: number];
export type Table = Readonly<Record<string, Cell>>;

export const target = (metric: string, value: number, more: Partial<Target> = {}): Target => ({
  metric,
  op: '>=',
  value,
  ...more,
});
export const stated = (targets: readonly Target[]) =>
  targets.map((each) => ({ ...each, stated: 'EV-7K2M9QXA' }));

/** An evaluation by sex, shift and both of people whose counts stand in a table by `sex,shift`; its stored result. */
export function stored(
  table: Table,
  targets: readonly Target[],
  minCell = 5,
): { readonly evaluation: Evaluation; readonly result: EvaluationResult } {
  const evaluation: Evaluation = {
    schema: 'countersign/evaluation@1',
    id: 'EV-7K2M9QXA',
    title: 'Test',
    kind: 'offline',
    data: { candidate: { path: 'a.csv' } },
    columns: { label: 'label', prediction: 'prediction' },
    groups: [['sex'], ['shift'], ['sex', 'shift']],
    targets: [...targets],
  };
  const planned = planEvaluation(evaluation, {
    slices: [],
    targets: stated(targets),
    minCell,
    seed: 1,
  });
  assert.ok(planned.ok);
  const { plan } = planned;
  const candidate = plan.cuts.map(({ columns }) => groupsBy(table, columns));
  const result = buildResult(
    plan,
    { groups: { candidate }, pairs: [], coverage: { candidate: allUsed(table) } },
    {
      plan: [],
      governed: {},
      inputs: [],
      engine: { name: 'duckdb', version: '0' },
      sql: [],
      looks: 1,
      read: {},
    },
  );
  return { evaluation, result: JSON.parse(resultText(result)) as EvaluationResult };
}

/** Every row of a table is counted. */
function allUsed(table: Table): Coverage {
  const used = Object.values(table)
    .flat()
    .reduce((sum, count) => sum + count, 0);
  return {
    rows: used,
    missing: { label: 0, prediction: 0 },
    invalid: { label: 0, prediction: 0, weight: 0 },
    alone: 0,
    otherLabel: 0,
    fates: {
      only_in_other: 0,
      not_in_labels: 0,
      without_prediction: 0,
      no_label: 0,
      invalid_label: 0,
      no_prediction: 0,
      invalid_prediction: 0,
      invalid_weight: 0,
      used,
    },
    kept: [],
  };
}

function groupsBy(table: Table, columns: readonly string[]): readonly CountedGroup[] {
  const found = new Map<string, { by: Record<string, string>; counts: Confusion }>();
  for (const [name, [tp, fp, tn, fn]] of Object.entries(table)) {
    const [sex = '', shift = ''] = name.split(',');
    const by = Object.fromEntries(
      columns.map((column) => [column, column === 'sex' ? sex : shift]),
    );
    const { counts } = found.get(JSON.stringify(by)) ?? { counts: { tp: 0, fp: 0, tn: 0, fn: 0 } };
    found.set(JSON.stringify(by), {
      by,
      counts: { tp: counts.tp + tp, fp: counts.fp + fp, tn: counts.tn + tn, fn: counts.fn + fn },
    });
  }
  return [...found.values()];
}

/** Only the women of the night have a count of few: 2 that were missed. */
export const people: Table = {
  'f,day': [90, 20, 90, 20],
  'f,night': [60, 20, 60, 2],
  'm,day': [80, 20, 90, 20],
  'm,night': [90, 20, 80, 20],
};

export const by = { by: ['sex', 'shift'] };

/** Verdicts that what is stored leaves possible. */
export function possible({ verdict, open = [] }: Rejudged): readonly string[] {
  return verdict === null ? open : [verdict];
}

export const all = [
  'accuracy',
  'precision',
  'npv',
  'recall',
  'specificity',
  'selection_rate',
  'base_rate',
  'fpr',
  'fnr',
  'fdr',
  'for',
  'f1',
  'balanced_accuracy',
];
