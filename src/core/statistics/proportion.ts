/** An interval, both ends included. */
export type Interval = readonly [number, number];

/** Successes out of trials, 0 ≤ x ≤ n. Need not be whole: with weights they are effective numbers. */
export type Count = { readonly x: number; readonly n: number };

/**
 * Wilson's score interval for one proportion, without continuity correction.
 *
 * (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n), p = x/n. Independent trials of one chance. Lies in [0, 1], holds
 * x/n, is exactly 0 below where x = 0 and exactly 1 above where x = n; without trials it is all of [0, 1].
 *
 * @param x successes, 0 ≤ x ≤ n; need not be whole with weights
 * @param n trials (Kish's effective number with weights)
 * @param z normal quantile of the confidence, 1.96 for 95 %
 * @see Wilson, E. B. (1927). Journal of the American Statistical Association 22, 209–212.
 * @example wilsonInterval(3, 8, 1.959963984540054) // [0.1368…, 0.6942…]
 */
export function wilsonInterval(x: number, n: number, z: number): Interval {
  if (!(n > 0)) return [0, 1];
  const p = Math.min(1, Math.max(0, x / n));
  const square = z * z;
  const centre = (p + square / (2 * n)) / (1 + square / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n))) / (1 + square / n);
  // At the ends the formula is exactly 0 or 1, and rounding must not make it otherwise, nor leave the estimate outside.
  return [
    p === 0 ? 0 : Math.min(p, Math.max(0, centre - half)),
    p === 1 ? 1 : Math.max(p, Math.min(1, centre + half)),
  ];
}

/**
 * Newcombe's hybrid score interval for the difference of two independent proportions, first minus second.
 *
 * The distances of each proportion to its own Wilson limits, combined as the sides of a right triangle. Lies in
 * [−1, 1] and holds the difference. Both counts need trials.
 *
 * @see Newcombe, R. G. (1998). Statistics in Medicine 17, 873–890, method 10.
 */
export function newcombeInterval(a: Count, b: Count, z: number): Interval {
  const [pa, pb] = [a.x / a.n, b.x / b.n];
  const [lowA, highA] = wilsonInterval(a.x, a.n, z);
  const [lowB, highB] = wilsonInterval(b.x, b.n, z);
  const low = pa - pb - Math.hypot(pa - lowA, highB - pb);
  const high = pa - pb + Math.hypot(highA - pa, pb - lowB);
  return [Math.max(-1, low), Math.min(1, high)];
}

/**
 * Katz's log interval for the ratio of two independent proportions, first by second: exp(ln ratio ± z·se),
 * se² = 1/xa − 1/na + 1/xb − 1/nb.
 *
 * @returns null where either has no successes (the logarithm is undefined), or a bound is beyond floating point
 * @see Katz, D. et al. (1978). Biometrics 34, 469–474.
 */
export function katzInterval(a: Count, b: Count, z: number): Interval | null {
  if (!(a.x > 0 && b.x > 0)) return null;
  const log = Math.log(a.x / a.n / (b.x / b.n));
  const half = z * Math.sqrt(Math.max(0, 1 / a.x - 1 / a.n + 1 / b.x - 1 / b.n));
  const interval: Interval = [Math.exp(log - half), Math.exp(log + half)];
  return interval.every(Number.isFinite) ? interval : null;
}

/**
 * Statistic of the pooled two-proportion z test of equal chances; its p-value is `twoSidedP`.
 *
 * @returns null where both proportions are 0, or both 1, or either has no trials: there is nothing to test
 */
export function pooledZ(a: Count, b: Count): number | null {
  if (!(a.n > 0 && b.n > 0)) return null;
  const pooled = (a.x + b.x) / (a.n + b.n);
  const variance = pooled * (1 - pooled) * (1 / a.n + 1 / b.n);
  return variance > 0 ? (a.x / a.n - b.x / b.n) / Math.sqrt(variance) : null;
}
