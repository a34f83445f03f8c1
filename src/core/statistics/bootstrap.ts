import type { Confusion } from './confusion.ts';
import type { Interval } from './proportion.ts';
import { drawMultinomial } from './multinomial.ts';
import { quantile } from './quantile.ts';
import type { Uniform } from './random.ts';

/** Replicates of every bootstrap here. */
export const replicates = 2000;

/** Share of undefined replicates above which there is no interval. */
const undefinedShare = 0.05;

/**
 * Percentile intervals of statistics of several groups' confusion tables. Cells are resampled as one multinomial, which
 * is the same distribution as resampling rows, at a cost that does not grow with them.
 *
 * @param statistics each takes the tables in the order of `groups`, and gives null where it is undefined
 * @returns for each statistic its interval, or null where it has no width or is undefined in more than 5 % of replicates
 * @see Efron, B., Tibshirani, R. (1993). An Introduction to the Bootstrap, chapter 13.
 */
export function bootstrapIntervals(
  groups: readonly Confusion[],
  statistics: readonly ((tables: readonly Confusion[]) => number | null)[],
  alpha: number,
  uniform: Uniform,
): readonly (Interval | null)[] {
  const cells = groups.flatMap(({ tp, fp, tn, fn }) => [tp, fp, tn, fn]);
  const total = cells.reduce((sum, count) => sum + count, 0);
  const draw = new Float64Array(cells.length);
  const values = statistics.map(() => new Float64Array(replicates));
  const defined = statistics.map(() => 0);
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawMultinomial(cells, total, draw, uniform);
    const tables = groups.map(
      (_, index): Confusion => ({
        tp: draw[4 * index] as number,
        fp: draw[4 * index + 1] as number,
        tn: draw[4 * index + 2] as number,
        fn: draw[4 * index + 3] as number,
      }),
    );
    statistics.forEach((statistic, index) => {
      const value = statistic(tables);
      if (value !== null && Number.isFinite(value))
        (values[index] as Float64Array)[(defined[index] as number)++] = value;
    });
  }
  return values.map((drawn, index) => percentile(drawn.subarray(0, defined[index]), alpha));
}

function percentile(drawn: Float64Array, alpha: number): Interval | null {
  if (drawn.length < replicates * (1 - undefinedShare)) return null;
  const sorted = drawn.sort();
  const interval: Interval = [quantile(sorted, alpha / 2), quantile(sorted, 1 - alpha / 2)];
  return interval[1] > interval[0] ? interval : null;
}
