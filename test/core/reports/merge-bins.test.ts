import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeBins } from '../../../src/core/reports/merge-bins.ts';
import type { ReliabilityBin } from '../../../src/core/statistics/scores/calibration-error.ts';
import type { ResultScores } from '../../../src/core/reports/result.ts';
import { fc } from '../../drawn-inputs.ts';

const nothing = { weight: 0, weight_squares: 0, sum: 0, square_sum: 0, square_squares: 0 };

function scoresOf(counts: readonly (readonly [number, number])[]): ResultScores {
  const bins = counts.flatMap(([positives, negatives], bin) =>
    positives + negatives === 0
      ? []
      : [
          {
            bin,
            n: positives + negatives,
            positives,
            weight: positives + negatives,
            mean_score: (bin + 0.5) / counts.length,
            positive_rate: positives / (positives + negatives),
          },
        ],
  );
  return {
    n: bins.reduce((sum, { n }) => sum + n, 0),
    outside: 0,
    brier: nothing,
    log_loss: nothing,
    error: nothing,
    positives: nothing,
    negatives: nothing,
    bins,
    width: counts.length,
  };
}

const shape = ({ bins }: ResultScores): readonly (readonly [number, number, number])[] =>
  bins.map(({ bin, n, positives }) => [bin, positives, n - positives]);

for (const [what, counts, wanted] of [
  [
    'nothing to hide',
    [
      [9, 20],
      [0, 7],
      [12, 0],
    ],
    [
      [0, 9, 20],
      [1, 0, 7],
      [2, 12, 0],
    ],
  ],
  [
    'a small one goes with the next',
    [
      [2, 20],
      [9, 9],
      [9, 9],
    ],
    [
      [0, 11, 29],
      [2, 9, 9],
    ],
  ],
  [
    'a small last one goes with the one before',
    [
      [9, 9],
      [9, 9],
      [9, 3],
    ],
    [
      [0, 9, 9],
      [1, 18, 12],
    ],
  ],
  [
    'all small',
    [
      [1, 1],
      [2, 1],
      [1, 1],
    ],
    [[0, 4, 3]],
  ],
] as const) {
  test(`bins: ${what}`, () => assert.deepEqual(shape(mergeBins(scoresOf(counts), 5)), wanted));
}

test('merging keeps every row and every mean, hides every small count that can be hidden, and says so', () => {
  const counts = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(counts, (given) => {
      const before = scoresOf(given);
      const after = mergeBins(before, 5);
      const sums: readonly ((bin: ReliabilityBin) => number)[] = [
        ({ n }) => n,
        ({ positives }) => positives,
        ({ weight, mean_score }) => weight * mean_score,
        ({ weight, positive_rate }) => weight * positive_rate,
      ];
      const total = ({ bins }: ResultScores, measure: (bin: ReliabilityBin) => number): number =>
        Math.round(bins.reduce((sum, bin) => sum + measure(bin), 0) * 1e6) / 1e6;
      for (const measure of sums) assert.equal(total(after, measure), total(before, measure));
      if (after.bins.length > 1)
        for (const { n, positives } of after.bins)
          for (const count of [positives, n - positives]) assert.ok(count === 0 || count >= 5);
      assert.equal(after.merged === true, after.bins.length < before.bins.length);
    }),
  );
});
