import { logGamma } from './distributions/log-gamma.ts';
import type { Uniform } from './random.ts';

/**
 * Fills `into` with one draw of whole counts that sum to `n`, each cell as likely as its share of `counts`.
 *
 * With `n` the sum of the counts this is what resampling that many rows with replacement gives, without the rows.
 *
 * @param counts each 0 or more, at least one above 0
 */
export function drawMultinomial(
  counts: readonly number[],
  n: number,
  into: Float64Array,
  uniform: Uniform,
): void {
  let left = n;
  let rest = counts.reduce((sum, count) => sum + count, 0);
  for (let cell = 0; cell < counts.length; cell++) {
    const weight = counts[cell] as number;
    const isLast = weight > 0 && weight >= rest;
    const drawn = isLast ? left : drawBinomial(left, weight / rest, uniform);
    into[cell] = drawn;
    left -= drawn;
    rest -= weight;
  }
}

/**
 * One draw of the binomial distribution, exact: by inversion for small means, by Hörmann's transformed rejection above.
 *
 * @param n trials, whole; without any the answer is 0
 * @param p chance of success; at 0 or below the answer is 0, at 1 or above it is n
 * @see Hörmann, W. (1993). Journal of Statistical Computation and Simulation 46, 101–110, algorithm BTRS.
 */
export function drawBinomial(n: number, p: number, uniform: Uniform): number {
  if (!(n > 0 && p > 0)) return 0;
  if (p > 0.5) return n - drawBinomial(n, 1 - p, uniform);
  return n * p < 10 ? byInversion(n, p, uniform) : byRejection(n, p, uniform);
}

function byInversion(n: number, p: number, uniform: Uniform): number {
  const odds = p / (1 - p);
  for (;;) {
    let u = uniform();
    let mass = Math.exp(n * Math.log1p(-p));
    for (let k = 0; k <= Math.min(n, 200); k++) {
      if (u < mass) return k;
      u -= mass;
      mass *= ((n - k) / (k + 1)) * odds;
    }
  }
}

function byRejection(n: number, p: number, uniform: Uniform): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= 0.92 - 4.2 / b) return k;
    if (k < 0 || k > n) continue;
    const height = Math.log((v * alpha) / (a / (us * us) + b));
    if (height <= logMass(mode, n) - logMass(k, n) + (k - mode) * Math.log(p / (1 - p))) return k;
  }
}

/** ln k! + ln (n−k)!, which is all that differs between two masses of one distribution besides the odds. */
function logMass(k: number, n: number): number {
  return logFactorial(k) + logFactorial(n - k);
}

/** ln k! of small k, each computed once: a bootstrap of many groups asks for the same ones millions of times. */
const logFactorials: number[] = [];
const remembered = 65_536;

function logFactorial(k: number): number {
  if (k >= remembered) return logGamma(k + 1);
  for (let next = logFactorials.length; next <= k; next++) logFactorials.push(logGamma(next + 1));
  return logFactorials[k] as number;
}
