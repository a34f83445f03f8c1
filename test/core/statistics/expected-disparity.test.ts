import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Confusion,
  rates,
  shareOf,
  shareRates,
} from '../../../src/core/statistics/confusion.ts';
import { binomialMass } from '../../../src/core/statistics/distributions/binomial-mass.ts';
import { expectedIfEqual } from '../../../src/core/statistics/expected-disparity.ts';
import { seededUniform } from '../../../src/core/statistics/random.ts';
import { near } from './near.ts';

const two: readonly Confusion[] = [
  { tp: 9, fp: 11, tn: 27, fn: 3 },
  { tp: 25, fp: 5, tn: 35, fn: 15 },
];

/** The mean gap of two binomials of one chance, by adding up every outcome. */
function exactGap(first: number, second: number, chance: number): number {
  let sum = 0;
  for (let i = 0; i <= first; i++)
    for (let j = 0; j <= second; j++)
      sum +=
        binomialMass(i, first, chance) *
        binomialMass(j, second, chance) *
        Math.abs(i / first - j / second);
  return sum;
}

test('adding up every outcome gives what SciPy 1.17.1 gives', () => {
  near(exactGap(50, 80, 50 / 130), 0.07002406998802113, 'selection rate');
  near(exactGap(12, 40, 34 / 52), 0.1254459755294307, 'recall');
});

for (const rate of shareRates) {
  test(`${rate}_difference of equal groups is what adding up every outcome gives`, () => {
    const shares = two.map((table) => shareOf(rate, table));
    const [[x1, n1], [x2, n2]] = shares as [readonly [number, number], readonly [number, number]];
    const found = expectedIfEqual({ kind: 'difference', rate }, two, null, seededUniform(1, rate));
    const exact = exactGap(n1, n2, (x1 + x2) / (n1 + n2));
    // Four standard errors of the mean of 2,000 draws, whose spread is at most the mean itself.
    near(found?.mean, exact, rate, { abs: (4 * exact) / Math.sqrt(2000) });
    assert.ok(found && found.low < found.mean && found.mean < found.high);
  });
}

for (const form of [
  ...rates.map((rate) => ({ kind: 'ratio', rate }) as const),
  { kind: 'equalized-odds' } as const,
  { kind: 'average-odds' } as const,
  { kind: 'difference', rate: 'f1' } as const,
]) {
  test(`${form.kind} ${'rate' in form ? form.rate : ''}: equal groups are unequal by chance, and the same seed says the same`, () => {
    const found = expectedIfEqual(form, two, 0, seededUniform(3, 'x'));
    assert.ok(found && found.mean > 0 && found.mean < 1);
    assert.deepEqual(expectedIfEqual(form, two, 0, seededUniform(3, 'x')), found);
  });
}

test('more groups are further apart by chance, larger ones less', () => {
  const gap = (tables: readonly Confusion[]): number =>
    expectedIfEqual({ kind: 'difference', rate: 'accuracy' }, tables, null, seededUniform(1, 'gap'))
      ?.mean ?? Number.NaN;
  const scaled = two.map(({ tp, fp, tn, fn }) => ({
    tp: tp * 100,
    fp: fp * 100,
    tn: tn * 100,
    fn: fn * 100,
  }));
  assert.ok(gap([...two, ...two]) > gap(two));
  assert.ok(gap(scaled) < gap(two) / 5);
});

test('nothing is expected of what is undefined', () => {
  const bare: Confusion = { tp: 0, fp: 3, tn: 7, fn: 0 };
  assert.equal(
    expectedIfEqual(
      { kind: 'difference', rate: 'recall' },
      [bare, bare],
      null,
      seededUniform(1, 'x'),
    ),
    null,
  );
  assert.equal(
    expectedIfEqual({ kind: 'difference', rate: 'recall' }, [], null, seededUniform(1, 'x')),
    null,
  );
  assert.equal(expectedIfEqual({ kind: 'average-odds' }, two, null, seededUniform(1, 'x')), null);
});
