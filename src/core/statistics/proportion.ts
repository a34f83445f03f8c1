/** An interval, both ends included. */
export type Interval = readonly [number, number];

/**
 * Wilson's score interval for one proportion, without continuity correction.
 *
 * @param x successes, 0 ≤ x ≤ n; need not be whole with weights
 * @param n trials, above 0 (Kish's effective number with weights)
 * @param z normal quantile of the confidence, 1.96 for 95 %
 * @see Wilson, E. B. (1927). JASA 22, 209–212.
 */
export function wilsonInterval(x: number, n: number, z: number): Interval {
  const p = x / n;
  const square = z * z;
  const centre = (p + square / (2 * n)) / (1 + square / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n))) / (1 + square / n);
  // At the ends the formula is exactly 0 or 1, and rounding must not make it otherwise.
  return [x <= 0 ? 0 : Math.max(0, centre - half), x >= n ? 1 : Math.min(1, centre + half)];
}

/** Successes out of trials. */
export type Count = { readonly x: number; readonly n: number };

/**
 * Newcombe's hybrid score interval for the difference of two independent proportions, first minus second.
 *
 * @see Newcombe, R. G. (1998). Statistics in Medicine 17, 873–890, method 10.
 */
export function newcombeInterval(a: Count, b: Count, z: number): Interval {
  const [pa, pb] = [a.x / a.n, b.x / b.n];
  const [lowA, highA] = wilsonInterval(a.x, a.n, z);
  const [lowB, highB] = wilsonInterval(b.x, b.n, z);
  return [pa - pb - Math.hypot(pa - lowA, highB - pb), pa - pb + Math.hypot(highA - pa, pb - lowB)];
}

/**
 * Katz's log interval for the ratio of two independent proportions; null where either has no successes.
 *
 * @see Katz, D. et al. (1978). Biometrics 34, 469–474.
 */
export function katzInterval(a: Count, b: Count, z: number): Interval | null {
  if (a.x <= 0 || b.x <= 0) return null;
  const log = Math.log(a.x / a.n / (b.x / b.n));
  const half = z * Math.sqrt(1 / a.x - 1 / a.n + 1 / b.x - 1 / b.n);
  return [Math.exp(log - half), Math.exp(log + half)];
}

/** Statistic of the pooled two-proportion z test, or null where both proportions are 0, or both 1. */
export function pooledZ(a: Count, b: Count): number | null {
  const pooled = (a.x + b.x) / (a.n + b.n);
  const variance = pooled * (1 - pooled) * (1 / a.n + 1 / b.n);
  return variance > 0 ? (a.x / a.n - b.x / b.n) / Math.sqrt(variance) : null;
}
