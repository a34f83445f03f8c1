import assert from 'node:assert/strict';
import type { Evaluation } from '../../src/core/records/evaluation.ts';
import { rejudge } from '../../src/core/reports/rejudge.ts';
import type { EvaluationResult, ResultSideRows } from '../../src/core/reports/result.ts';
import { runEvaluation } from './run-evaluation.ts';

type Person = {
  readonly id: number;
  readonly label: number | string;
  readonly prediction: number | string;
  readonly group: string;
};

/** People of whom every fifth is answered wrongly; every second is a woman. */
export function people(count = 200): readonly Person[] {
  return Array.from({ length: count }, (_, id) => {
    const label = id % 4 < 2 ? 1 : 0;
    return {
      id,
      label,
      prediction: id % 5 === 0 ? 1 - label : label,
      group: id % 2 ? 'women' : 'men',
    };
  });
}

export function csv(rows: readonly object[], names = Object.keys(rows[0] ?? {})): string {
  const lines = rows.map((row) =>
    names.map((name) => (row as Record<string, unknown>)[name] ?? '').join(','),
  );
  return `${[names.join(','), ...lines].join('\n')}\n`;
}

export const columns = { label: 'label', prediction: 'prediction', key: 'id' };
export const accurate = { metric: 'accuracy', op: '>=', value: 0.6 };
export const one = { candidate: { path: 'p.csv' } };
export const two = { candidate: { path: 'p.csv', labels: { path: 'l.csv' } } };

export async function measured(
  files: Readonly<Record<string, string>>,
  record: Readonly<Record<string, unknown>>,
): Promise<EvaluationResult> {
  const plan = { data: one, columns, groups: [['group']], targets: [accurate], ...record };
  const { result } = await runEvaluation(files, plan);
  // Whoever wrote the file could have written pass: the verdict has to follow from what it holds.
  const evaluation = { id: result.evaluation, kind: 'offline', ...plan } as unknown as Evaluation;
  const targets = (evaluation.targets ?? []).map((target) => ({
    ...target,
    stated: result.evaluation,
  }));
  const again = rejudge({ ...result, verdict: 'pass' }, evaluation, targets, []);
  assert.equal(again.verdict, result.verdict, 'judged again');
  return result;
}

export function rowsOf(result: EvaluationResult): ResultSideRows {
  return result.rows?.candidate as ResultSideRows;
}

export const answered = people().filter(({ group, id }) => group === 'men' || id % 6 === 1);

export const stated: readonly (readonly [
  name: string,
  record: Readonly<Record<string, unknown>>,
  problem: RegExp | null,
])[] = [
  ['a reference that is there', { reference: { group: 'men' } }, null],
  [
    'a reference that no group is',
    { reference: { group: 'man' } },
    /^the reference 'man' is no value of group, which has men, women$/,
  ],
  [
    'a reference in a column by which nothing is grouped',
    { reference: { sex: 'men' } },
    /^the reference names sex, by which nothing is grouped$/,
  ],
  [
    'a band of a column that holds no number',
    { bands: { years: { column: 'group', edges: [30] } }, groups: [['years']] },
    /^years is missing, or in no band, on every row of the candidate$/,
  ],
  [
    'a score that many rows do not have',
    {
      columns: { ...columns, score: 'half' },
      targets: [accurate, { metric: 'brier', op: '<=', value: 0.5 }],
    },
    /^100 of 200 rows of the candidate have no score, and a target is on brier/,
  ],
  [
    'a group column that many rows do not have, and a target by it',
    {
      groups: [['half']],
      targets: [accurate, { metric: 'accuracy', by: ['half'], op: '>=', value: 0.5 }],
    },
    /^half is missing on 100 of 200 rows of the candidate, and a target is about it/,
  ],
  ['a group column that many rows do not have, and no target by it', { groups: [['half']] }, null],
];
