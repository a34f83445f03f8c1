/** What counts as positive: numbers and booleans by value, texts by their characters, and nothing is decided where it stands nowhere. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvaluationResult } from '../../src/core/reports/result.ts';
import { runEvaluation } from './run-evaluation.ts';

const coin = Array.from({ length: 200 }, (_, id) => [id % 4 < 2, id % 3 === 0] as const);
const right = coin.filter(([label, prediction]) => label === prediction).length / coin.length;

type Value = string | number | boolean | null;

/** Labels and predictions of a coin, written in two words of any kind. */
async function measured(
  words: readonly [no: Value, yes: Value],
  record: object,
  predictionWords = words,
  extra: readonly (readonly [Value, Value])[] = [],
): Promise<EvaluationResult> {
  const rows = [
    ...coin.map(([l, p]) => [words[Number(l)], predictionWords[Number(p)]] as const),
    ...extra,
  ];
  const { result } = await runEvaluation(
    {
      'p.csv': `label,prediction\n${rows.map((row) => row.map((v) => v ?? '').join(',')).join('\n')}\n`,
    },
    {
      data: { candidate: { path: 'p.csv' } },
      columns: { label: 'label', prediction: 'prediction' },
      targets: [{ metric: 'accuracy', op: '>=', value: 0.3 }],
      ...record,
    },
  );
  return result;
}

const same: readonly (readonly [words: readonly [Value, Value], record: object])[] = [
  [['False', 'True'], { positive: true }],
  [['FALSE', 'TRUE'], { positive: true, negative: false }],
  [['false', 'true'], { negative: false }],
  [['0.0', '1.0'], { positive: 1 }],
  [['0', '1'], { positive: 1.0 }],
  [['1', '2'], { positive: 2, negative: 1 }],
  [['1.0', '2.00'], { positive: 2 }],
  [['-1', '1'], { positive: 1 }],
  [['-0.0', '1'], { negative: 0 }],
  [['0', '1'], { positive: true }],
  [['no', 'yes'], { positive: 'yes' }],
  [['nan', 'yes'], { positive: 'yes', negative: 'nan' }],
];
for (const [words, record] of same)
  test(`${words.join(' and ')} by ${JSON.stringify(record)}`, async () => {
    const { models, verdict } = await measured(words, record);
    const accuracy = models.candidate?.overall.metrics['accuracy'];
    assert.equal(accuracy?.value, right);
    assert.equal(verdict, 'pass');
  });

const nowhere: readonly (readonly [
  words: readonly [Value, Value],
  record: object,
  said: RegExp,
  predictions?: readonly [Value, Value],
])[] = [
  [
    ['no', 'yes'],
    { positive: 'Yes' },
    /positive: "Yes" stands on no label of the candidate \(column label\)/,
  ],
  [['no', 'yes'], { negative: 'false' }, /negative: "false" stands on no label/],
  [['<=50K', ' >50K.'], { positive: ' >50K.' }, /stands on no prediction/, ['<=50K', '>50K']],
  [['False', 'True'], { positive: 'true' }, /positive: "true" stands on no label/],
  [['1.0', '2.0'], { positive: '2' }, /positive: "2" stands on no label/],
  [['no', 'yes'], { positive: true }, /positive: true stands on no label/],
];
for (const [words, record, said, predictions] of nowhere)
  test(`nothing is decided: ${JSON.stringify(record)} among ${words.join(' and ')}`, async () => {
    const { verdict, problems, notes } = await measured(words, record, predictions);
    assert.equal(verdict, 'undecided');
    assert.match(problems?.[0] ?? '', said);
    assert.equal(notes[0], problems?.[0], 'the first note');
  });

test('where both values are stated, a model may say one of them of everybody', async () => {
  const { verdict, problems } = await measured(['no', 'yes'], { positive: 'yes', negative: 'no' }, [
    'yes',
    'yes',
  ]);
  assert.deepEqual([verdict, problems ?? []], ['pass', []]);
});

test('a label that is no number is missing, and never negative', async () => {
  const { rows, models } = await measured(['no', 'yes'], { positive: 'yes' }, undefined, [
    ['NaN', 'yes'],
    ['nan', 'no'],
    [null, 'no'],
  ]);
  assert.equal(rows?.candidate?.no_label, 3);
  assert.equal(models.candidate?.overall.n, 200);
});

test('more than two values are told', async () => {
  const { notes, verdict } = await measured(['no', 'yes'], { positive: 'yes' }, undefined, [
    ['maybe', 'no'],
    ['perhaps', 'yes'],
  ]);
  assert.equal(verdict, 'pass');
  assert.ok(
    notes.includes(
      'label of the candidate has 4 values: all but positive: "yes" count as negative',
    ),
  );
});
