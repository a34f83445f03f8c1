import type { Interval } from '../proportion.ts';
import { type Estimate, estimate } from '../estimate.ts';
import { effectiveSize } from '../rate-estimate.ts';

/** Sums over weighted values v: Σw, Σw², Σwv, Σw²v, Σw²v². Without weights w is 1, so that both of the first are the count. */
export type Moments = {
  readonly weight: number;
  readonly weight_squares: number;
  readonly sum: number;
  readonly square_sum: number;
  readonly square_squares: number;
};

/** What sums to twelve digits leave of values that do not differ, relative to their squares: less than this is no scatter. */
const noise = 1e-10;

/**
 * A mean with its normal interval: m ± z·se, m = Σwv/Σw, se² = Σw²(v−m)² / (Σw)² · k/(k−1), k Kish's effective number
 * of rows. Without weights that is the sample standard deviation by √n.
 *
 * Assumes independent rows, enough of them for the mean to be normal, and weights that are known. Null without rows; no
 * interval where k ≤ 1 or the values do not differ.
 *
 * @param bounds the range of what is averaged; the interval is cut to it
 * @see Cochran, W. G. (1977). Sampling Techniques, 3rd ed., chapter 2
 */
export function meanEstimate(moments: Moments, z: number, bounds: Interval): Estimate {
  const { weight, weight_squares } = moments;
  if (!(weight > 0)) return { value: null, why: 'no rows' };
  const mean = Math.min(bounds[1], Math.max(bounds[0], moments.sum / weight));
  const half = z * Math.sqrt(meanVariance(moments, mean));
  const interval: Interval | null =
    half > 0 ? [Math.max(bounds[0], mean - half), Math.min(bounds[1], mean + half)] : null;
  return estimate(
    mean,
    interval,
    effectiveSize(weight, weight_squares),
    interval ? 'normal' : 'no interval',
  );
}

/**
 * Variance of a weighted mean about the value given; 0 where the values do not differ, not a number where there are too
 * few rows to tell.
 */
export function meanVariance(
  { weight, weight_squares, square_sum, square_squares }: Moments,
  mean: number,
): number {
  const size = effectiveSize(weight, weight_squares);
  if (!(size > 1)) return Number.NaN;
  const scatter = square_squares - 2 * mean * square_sum + mean * mean * weight_squares;
  return scatter <= noise * Math.abs(square_squares)
    ? 0
    : (scatter / weight / weight) * (size / (size - 1));
}
