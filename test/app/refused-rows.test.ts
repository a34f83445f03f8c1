import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CountersignError } from '../../src/app/errors.ts';
import type { Evaluation } from '../../src/core/records/evaluation.ts';
import { rejudge } from '../../src/core/reports/rejudge.ts';
import { rowsLines } from '../../src/core/reports/rows-line.ts';
import type { EvaluationResult } from '../../src/core/reports/result.ts';
import { accurate, columns, csv, measured, one, people, rowsOf } from './people-rows.ts';
import { refused } from './row-parts.ts';

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'a result',
    (error: unknown) => (error instanceof CountersignError ? error.code : String(error)),
  );
}

for (const [name, files, record, code] of refused)
  test(`refused: ${name}`, async () => {
    assert.equal(await codeOf(measured(files, record)), code);
  });

/** An honest result that decides nothing, and what somebody could write in its place. */
const forged: readonly (readonly [string, (result: EvaluationResult) => EvaluationResult])[] = [
  ['without a problem', ({ problems: _problems, ...result }) => result],
  ['without what became of the rows', ({ rows: _rows, ...result }) => result],
  [
    'with groups that lack nobody too many',
    (result) => ({
      ...result,
      rows: {
        candidate: {
          ...rowsOf(result),
          groups: rowsOf(result).groups.map((group) => ({ ...group, too_many: false })),
        },
      },
    }),
  ],
];
for (const [name, forge] of forged)
  test(`a file that is written to pass is judged by its counts: ${name}`, async () => {
    const text = csv(people().map((row) => (row.id < 30 ? { ...row, label: '' } : row)));
    const honest = await measured({ 'p.csv': text }, {});
    assert.equal(honest.verdict, 'undecided');
    const evaluation = {
      id: honest.evaluation,
      kind: 'offline',
      data: one,
      columns,
      groups: [['group']],
    } as unknown as Evaluation;
    const targets = [{ ...accurate, op: '>=' as const, stated: honest.evaluation }];
    const again = rejudge({ ...forge(honest), verdict: 'pass' }, evaluation, targets, []);
    assert.ok(again.verdict === 'undecided' || again.open?.join() === 'undecided', again.why);
  });

for (const [every, verdict] of [
  [2, 'undecided'],
  [50, 'pass'],
] as const)
  test(`of every ${every}th person baseline and candidate have another label: ${verdict}`, async () => {
    const turned = people().map((person) =>
      person.id % every === 0
        ? { ...person, label: 1 - Number(person.label), prediction: 1 - Number(person.label) }
        : person,
    );
    const result = await measured(
      { 'b.csv': csv(people()), 'c.csv': csv(turned) },
      { data: { baseline: { path: 'b.csv' }, candidate: { path: 'c.csv' } } },
    );
    assert.equal(result.verdict, verdict);
    assert.equal(rowsOf(result).other_label, 200 / every);
    assert.match(rowsLines(result).join('\n'), /used rows have another label on the other side/);
    if (verdict === 'undecided')
      assert.match(
        result.problems?.[0] ?? '',
        /^100 of 200 people have one label at the baseline and another at the candidate/,
      );
  });

test('two files that agree on every label say nothing of it', async () => {
  const result = await measured(
    { 'b.csv': csv(people()), 'c.csv': csv(people()) },
    { data: { baseline: { path: 'b.csv' }, candidate: { path: 'c.csv' } } },
  );
  assert.equal(rowsOf(result).other_label, undefined);
});
