/** Weights of any size are added exactly, what is no weight is counted, and what cannot be exact is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CountersignError } from '../../src/app/errors.ts';
import type { EvaluationResult } from '../../src/core/reports/result.ts';
import { runEvaluation } from './run-evaluation.ts';

const people = Array.from({ length: 300 }, (_, id) => ({
  label: Number(id % 4 < 2),
  prediction: Number(id % 5 < 2),
  score: ((id * 37) % 101) / 101,
  base: 1 + ((id * 37) % 50),
}));

async function measured(
  weights: readonly string[],
  record: object = {},
): Promise<EvaluationResult> {
  const lines = people.map(({ label, prediction, score }, index) =>
    [label, prediction, score, weights[index] ?? ''].join(','),
  );
  const { result } = await runEvaluation(
    { 'p.csv': `label,prediction,score,w\n${lines.join('\n')}\n` },
    {
      data: { candidate: { path: 'p.csv' } },
      columns: { label: 'label', prediction: 'prediction', score: 'score', weight: 'w' },
      targets: [{ metric: 'accuracy', op: '>=', value: 0.1 }],
      ...record,
    },
  );
  return result;
}

function near(a: unknown, b: number, what: string): void {
  assert.ok(typeof a === 'number' && Math.abs(a - b) <= 1e-9 * Math.abs(b), `${what}: ${a}, ${b}`);
}

const of = ({ models }: EvaluationResult, metric: string): unknown =>
  models.candidate?.overall.metrics[metric]?.value;

const right = people.filter(({ label, prediction }) => label === prediction);
const sum = (rows: typeof people): number => rows.reduce((total, { base }) => total + base, 0);
const accuracy = sum(right) / sum(people);
const brier =
  people.reduce((total, { label, score, base }) => total + base * (score - label) ** 2, 0) /
  sum(people);

const written: readonly (readonly [what: string, weight: (base: number) => string])[] = [
  ['plain', String],
  ['halves', (base) => String(base / 2)],
  ['tiny, with an exponent', (base) => String(base * 2.5e-10)],
  ['tiny, in full', (base) => (base * 1e-18).toFixed(20)],
  ['that add to one', (base) => String(base / sum(people))],
  ['large sums of money', (base) => String(base * 1e12)],
  ['larger than any whole number of a double', (base) => `${base}${'0'.repeat(20)}`],
  ['with an exponent and a sign', (base) => ` +${base}.50e1 `.replace('.50e1', 'e+3')],
];
for (const [what, weight] of written)
  test(`weights: ${what}`, async () => {
    const result = await measured(people.map(({ base }) => weight(base)));
    near(of(result, 'accuracy'), accuracy, 'accuracy');
    near(of(result, 'brier'), brier, 'brier');
    const { weighted, scores } = result.models.candidate?.overall ?? {};
    near(
      Object.values(weighted?.sums ?? {}).reduce((a, b) => a + b, 0),
      people.reduce((total, { base }) => total + Number(weight(base)), 0),
      'sum',
    );
    near(
      scores?.brier.weight,
      people.reduce((total, { base }) => total + Number(weight(base)), 0),
      'score',
    );
  });

test('every metric is the same whatever the unit of the weights', async () => {
  const [one, other] = [
    await measured(people.map(({ base }) => String(base))),
    await measured(people.map(({ base }) => String(base * 1e-12))),
  ];
  for (const [name, metric] of Object.entries(one.models.candidate?.overall.metrics ?? {})) {
    if (metric.value === null) continue;
    near(of(other, name), metric.value, name);
    const found = other.models.candidate?.overall.metrics[name];
    if (metric.low !== null)
      near(found?.value === null ? null : found?.low, metric.low, `${name} low`);
  }
});

test('what is no weight is in no count and told; zero is a weight', async () => {
  const bad = ['-1', 'NaN', 'inf', '', 'x', '1e999', '1,5'.replace(',', '_'), '0x10'];
  const weights = people.map(
    ({ base }, index) => bad[index] ?? (index < 20 ? '-0.0' : String(base)),
  );
  const result = await measured(weights);
  assert.equal(result.rows?.candidate?.invalid_weight, bad.length);
  assert.equal(result.models.candidate?.overall.n, people.length - bad.length);
  assert.ok(result.notes.some((note) => note.includes('8 without a valid weight')));
});

test('weights whose sum has more digits than the engine are refused', async () => {
  const weights = people.map(({ base }, index) =>
    index === 0 ? '1.2345678901234567e-30' : `${base}e9`,
  );
  await assert.rejects(measured(weights), (error: unknown) => {
    assert.ok(error instanceof CountersignError);
    assert.equal(error.code, 'evaluate/weights');
    return true;
  });
});

test('a weight of one side alone is refused, and never left aside', async () => {
  const columns = { label: 'label', prediction: 'prediction' };
  await assert.rejects(
    measured(people.map(String), {
      columns,
      data: { candidate: { path: 'p.csv', columns: { weight: 'w' } } },
    }),
    /cannot measure columns.weight of a side/,
  );
});
