import { binomialMass } from './binomial-mass.ts';
import { awayFromZero } from './incomplete-gamma.ts';
import { risingRoot } from './rising-root.ts';

/**
 * Distribution function of Beta(a, b), the regularised incomplete beta function I_x(a, b), to about 1e-13 relative.
 *
 * @param x below 0 the answer is 0, above 1 it is 1
 * @param a above 0
 * @param b above 0
 * @param y 1 − x, stated where x is too near 1 for the difference to be exact
 * @see NIST Digital Library of Mathematical Functions, 8.17.22 (the continued fraction, by Lentz's method)
 * @example betaCdf(0.3, 2, 5) // 0.579825
 */
export function betaCdf(x: number, a: number, b: number, y: number = 1 - x): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  return x <= (a + 1) / (a + b + 2) ? lowerTail(x, y, a, b) : 1 - lowerTail(y, x, b, a);
}

/**
 * Quantile of Beta(a, b), by bisection of its distribution function.
 *
 * @param p probability, 0 ≤ p ≤ 1
 * @example betaQuantile(0.025, 3, 7) // 0.07485…
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  return risingRoot((x) => betaCdf(x, a, b) - p, 0, 1);
}

/** x^a y^b / B(a, b), written as a binomial probability so that large parameters do not cancel. */
function kernel(x: number, y: number, a: number, b: number): number {
  return ((a * b) / (a + b)) * binomialMass(a, a + b, x, y);
}

function lowerTail(x: number, y: number, a: number, b: number): number {
  return (kernel(x, y, a, b) / a) * fraction(x, a, b);
}

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 1_000_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 2.3e-16) break;
  }
  return h;
}
