/** Each row is counted once in each group, whatever the number of groups and slices, and however they are named. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CountersignError } from '../../src/app/errors.ts';
import type { ResultGroup } from '../../src/core/reports/result.ts';
import { runEvaluation } from './run-evaluation.ts';

const people = Array.from({ length: 240 }, (_, id) => ({
  id,
  label: Number(id % 4 < 2),
  prediction: Number(id % 5 < 3),
  score: (id % 97) / 97,
  sex: id % 2 ? 'women' : 'men',
  race: `r${id % 3}`,
  age: 18 + (id % 60),
}));
const csv = [people[0] as object, ...people]
  .map((row, index) => (index === 0 ? Object.keys(row) : Object.values(row)).join(','))
  .join('\n');
const accurate = { metric: 'accuracy', op: '>=', value: 0.1 };
const one = { candidate: { path: 'p.csv' } };
const columns = { label: 'label', prediction: 'prediction', score: 'score' };

function sizes(groups: readonly ResultGroup[]): Readonly<Record<string, number | null>> {
  return Object.fromEntries(
    groups.map(({ by, slice, n }) => [[slice, ...Object.entries(by).flat()].join(' ').trim(), n]),
  );
}

test('rows of 66 slices are counted once each, scores too', async () => {
  const ids = Array.from({ length: 66 }, (_, index) => `SL-AGE${String(index).padStart(5, '0')}`);
  const age = (index: number): number => 18 + (index % 60);
  const records = ids.map((id, index) => [
    `.countersign/slices/${id}.yaml`,
    `schema: countersign/slice@1\nid: ${id}\ntitle: t\ntable: s\nwhere: CAST(age AS INTEGER) >= ${age(index)}\n`,
  ]);
  const { result } = await runEvaluation(
    { 'p.csv': csv, ...Object.fromEntries(records) },
    { data: one, columns, groups: [['sex']], slices: ids, targets: [accurate] },
  );
  const model = result.models.candidate;
  assert.equal(model?.overall.n, 240);
  assert.equal(model.overall.scores?.n, 240);
  const found = sizes(model.groups);
  assert.equal(found['sex women'], 120);
  for (const [index, id] of ids.entries())
    assert.equal(found[id], people.filter((person) => person.age >= age(index)).length);
});

test('the same columns in another order, or twice, are one set of groups', async () => {
  const groups = [['sex', 'race'], ['race', 'sex'], ['sex'], ['sex', 'sex']];
  const { result } = await runEvaluation(
    { 'p.csv': csv },
    { data: one, columns, groups, targets: [accurate, { ...accurate, by: ['race', 'sex'] }] },
  );
  const found = sizes(result.models.candidate?.groups ?? []);
  assert.equal(found['sex women race r1'], 40);
  assert.equal(found['race r1 sex women'], 40);
  assert.equal(found['sex women'], 120);
});

test('a column of very many values is refused before it is counted, with the way out', async () => {
  const lines = Array.from({ length: 500 }, (_, id) => `${id % 2},${(id % 3) % 2},${id}`);
  const data = { 'p.csv': `label,prediction,income\n${lines.join('\n')}\n` };
  const plan = {
    data: one,
    columns: { label: 'label', prediction: 'prediction' },
    targets: [accurate],
  };
  await assert.rejects(runEvaluation(data, { ...plan, groups: [['income']] }), (error: unknown) => {
    assert.ok(error instanceof CountersignError);
    assert.equal(error.code, 'evaluate/many-groups');
    assert.equal(error.message, 'income makes 500 groups, none with 30 rows');
    return true;
  });
  const bands = { 'income band': { column: 'income', edges: [10, 20] } };
  const { result } = await runEvaluation(data, { ...plan, bands, groups: [['income band']] });
  assert.equal(result.models.candidate?.groups.length, 3);
});
