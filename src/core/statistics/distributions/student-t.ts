import { betaCdf } from './beta.ts';
import { risingRoot } from './rising-root.ts';

/**
 * Distribution function of Student's t.
 *
 * @param df degrees of freedom, above 0, need not be whole
 * @see Abramowitz, M., Stegun, I. (1964). Handbook of Mathematical Functions, 26.7.1
 * @example tCdf(2, 5) // 0.949030260585071
 */
export function tCdf(t: number, df: number): number {
  const outside = tTwoSidedP(t, df) / 2;
  return t < 0 ? outside : 1 - outside;
}

/** Chance of a statistic at least as far from 0 as t, on either side. */
export function tTwoSidedP(t: number, df: number): number {
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return 0;
  return betaCdf(df / (df + square), df / 2, 0.5, square / (df + square));
}

/**
 * Quantile of Student's t.
 *
 * @param p probability, 0 < p < 1
 * @example tQuantile(0.975, 5) // 2.570581835636314
 */
export function tQuantile(p: number, df: number): number {
  if (p < 0.5) return -tQuantile(1 - p, df);
  let high = 1;
  while (tCdf(high, df) < p && high < 1e300) high *= 2;
  return p === 0.5 ? 0 : risingRoot((t) => tCdf(t, df) - p, 0, high);
}
