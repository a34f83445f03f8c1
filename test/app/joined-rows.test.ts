import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answered, columns, csv, measured, people, rowsOf, stated, two } from './people-rows.ts';

const opposite = people().map((row) => ({ ...row, label: row.prediction }));

test('the label and the groups are those of the labels file, the prediction is not', async () => {
  for (const names of [
    ['id', 'prediction', 'label', 'group'],
    ['id', 'prediction', 'Label', 'GROUP'],
  ]) {
    const odd = opposite.map((row) => ({
      ...row,
      group: 'nobody',
      Label: row.label,
      GROUP: 'nobody',
    }));
    const result = await measured(
      { 'p.csv': csv(odd, names), 'l.csv': csv(people(), ['id', 'label', 'group', 'prediction']) },
      { data: two },
    );
    const { overall, groups } = result.models.candidate ?? { overall: null, groups: [] };
    assert.equal(overall?.metrics['accuracy']?.value, 0.8);
    assert.deepEqual(
      groups.map(({ by, n }) => [by['group'], n]),
      [
        ['men', 100],
        ['women', 100],
      ],
    );
  }
});

test('labels and predictions of stated codes are counted', async () => {
  const coded = people().map((row) => ({
    ...row,
    label: row.label === 1 ? 2 : 1,
    prediction: row.prediction === 1 ? 2 : 1,
  }));
  for (const record of [{ positive: 2 }, { positive: '2', negative: '1' }, { negative: 1 }])
    assert.equal(rowsOf(await measured({ 'p.csv': csv(coded) }, record)).used, 200);
});

test('a file of positives alone, written as 1 and as 1.0, asks nothing', async () => {
  const all = people().map((row) => ({ ...row, label: row.id % 2 ? '1' : '1.0' }));
  assert.equal(rowsOf(await measured({ 'p.csv': csv(all) }, {})).used, 200);
});

test('a weight that both files have and on which they agree is one', async () => {
  const weighted = people().map((row) => ({ ...row, w: 1 + (row.id % 3) }));
  const result = await measured(
    {
      'p.csv': csv(weighted, ['id', 'prediction', 'w']),
      'l.csv': csv(weighted, ['id', 'label', 'group', 'w']),
    },
    { data: two, columns: { ...columns, weight: 'w' } },
  );
  assert.equal(rowsOf(result).used, 200);
});

test('keys that are unique after where join two files of several models', async () => {
  const long = ['a', 'b'].flatMap((model) => people().map((row) => ({ ...row, model })));
  const side = (path: string, model: string) => ({ path, where: `model = '${model}'` });
  const result = await measured(
    { 'p.csv': csv(long), 'q.csv': csv(long) },
    { data: { baseline: side('p.csv', 'a'), candidate: side('q.csv', 'b') } },
  );
  assert.deepEqual([rowsOf(result).used, result.paired[0]?.n, result.verdict], [200, 200, 'pass']);
});

test('who the candidate has no row of, and the baseline has, is left out of the candidate', async () => {
  const result = await measured(
    { 'p.csv': csv(people()), 'q.csv': csv(answered) },
    { data: { baseline: { path: 'p.csv' }, candidate: { path: 'q.csv' } } },
  );
  const lost = 200 - answered.length;
  assert.deepEqual(
    [rowsOf(result).only_in_other, result.verdict, rowsOf(result).groups],
    [lost, 'undecided', [{ by: { group: 'women' }, left_out: lost, too_many: true }]],
  );
});

for (const [name, record, problem] of stated)
  test(`stated: ${name}`, async () => {
    const rows = people().map((row) => ({ ...row, half: row.id % 2 ? '0.5' : '' }));
    const result = await measured({ 'p.csv': csv(rows) }, record);
    assert.equal(result.verdict, problem ? 'undecided' : 'pass');
    if (problem) assert.match(result.problems?.[0] ?? '', problem);
    else assert.equal(result.problems, undefined);
    assert.equal(result.notes[0]?.startsWith('candidate: 200 rows read'), problem === null);
  });

test('a group column that is missing for one group more often than for others is named', async () => {
  const raced = (lost: (id: number) => boolean) =>
    csv(people().map((row) => ({ ...row, race: lost(row.id) ? '' : 'a' })));
  const notesOf = async (text: string): Promise<readonly string[]> =>
    (await measured({ 'p.csv': text }, { groups: [['group'], ['race']] })).notes.filter((note) =>
      note.includes('more often'),
    );
  assert.deepEqual(await notesOf(raced((id) => id % 8 === 1)), [
    'race is missing for group women (25 of 100 rows) more often than for group men (0 of 100 rows)',
  ]);
  assert.deepEqual(await notesOf(raced((id) => id % 9 === 1)), []);
});
