import { stirlingError } from './log-gamma.ts';

/**
 * Probability of k successes in n trials, C(n, k) p^k (1−p)^(n−k), by Loader's saddle-point form: it stays accurate to
 * about 1e-14 relative where n is a thousand million and logarithms of factorials would cancel.
 *
 * @param k 0 ≤ k ≤ n; need not be whole, the factorials are then gamma functions
 * @param q 1 − p, stated where p is too near 1 for the difference to be exact
 * @see Loader, C. (2000). Fast and accurate computation of binomial probabilities.
 * @example binomialMass(2, 4, 0.5) // 0.375
 */
export function binomialMass(k: number, n: number, p: number, q: number = 1 - p): number {
  if (p <= 0) return k === 0 ? 1 : 0;
  if (q <= 0) return k === n ? 1 : 0;
  if (k === 0) return Math.exp(q > 0.5 ? n * Math.log1p(-p) : n * Math.log(q));
  if (k === n) return Math.exp(p > 0.5 ? n * Math.log1p(-q) : n * Math.log(p));
  const rest = n - k;
  const exponent =
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(rest) -
    deviance(k, n * p) -
    deviance(rest, n * q);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * rest));
}

/** x ln(x/m) + m − x without cancellation where x is near m. */
function deviance(x: number, m: number): number {
  const gap = x - m;
  if (Math.abs(gap) >= 0.1 * (x + m)) return x * Math.log(x / m) - gap;
  const v = gap / (x + m);
  let sum = gap * v;
  let power = 2 * x * v;
  for (let j = 1; j < 1000; j++) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
