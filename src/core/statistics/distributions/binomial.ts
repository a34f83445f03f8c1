import { betaCdf } from './beta.ts';

/**
 * P(X ≤ k) for X binomial with n trials of chance p.
 *
 * @param k whole; below 0 the answer is 0, from n on it is 1
 * @example binomialCdf(2, 14, 0.5) // 0.0064697265625
 */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return betaCdf(1 - p, n - k, k + 1);
}
