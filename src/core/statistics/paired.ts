import { logGamma } from './incomplete-gamma.ts';
import type { Interval } from './proportion.ts';

/** Pairs by what happened under each of two models. `candidateOnly` and `baselineOnly` are the discordant ones. */
export type PairedCounts = { readonly both: number; readonly candidateOnly: number; readonly baselineOnly: number; readonly neither: number };

/** Candidate minus baseline, of the share of pairs in which the event happened; null without pairs. */
export function pairedDifference({ both, candidateOnly, baselineOnly, neither }: PairedCounts): number | null {
  const n = both + candidateOnly + baselineOnly + neither;
  return n > 0 ? (candidateOnly - baselineOnly) / n : null;
}

/**
 * Tango's score interval for the difference of two paired proportions, found by bisection on its score statistic.
 *
 * @param counts at least one pair
 * @see Tango, T. (1998). Statistics in Medicine 17, 891–908.
 */
export function tangoInterval(counts: PairedCounts, z: number): Interval {
  const n = counts.both + counts.candidateOnly + counts.baselineOnly + counts.neither;
  const observed = (counts.candidateOnly - counts.baselineOnly) / n;
  return [boundary(counts, n, -1, observed, z), boundary(counts, n, observed, 1, -z)];
}

/** Where the score statistic, which falls from left to right, crosses a level. */
function boundary(counts: PairedCounts, n: number, left: number, right: number, level: number): number {
  let [low, high] = [left, right];
  for (let step = 0; step < 200 && high - low > 1e-16; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (score(counts, n, middle) > level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function score({ candidateOnly: b, baselineOnly: c }: PairedCounts, n: number, difference: number): number {
  const linear = -b - c + (2 * n - b + c) * difference;
  const constant = -c * difference * (1 - difference);
  const nuisance = (Math.sqrt(Math.max(0, linear * linear - 8 * n * constant)) - linear) / (4 * n);
  const variance = n * (2 * nuisance + difference * (1 - difference));
  const distance = b - c - n * difference;
  if (variance <= 0) return distance === 0 ? 0 : Math.sign(distance) * 1e300;
  return distance / Math.sqrt(variance);
}

/**
 * McNemar's test with the mid-p correction: two-sided exact binomial p-value of the discordant pairs, less half of the
 * probability of what was observed. 1 where no pair is discordant, or both kinds are equally many.
 *
 * @see Fagerland, M. W., Lydersen, S., Laake, P. (2013). BMC Medical Research Methodology 13:91.
 */
export function mcnemarMidP({ candidateOnly: b, baselineOnly: c }: PairedCounts): number {
  const n = b + c;
  if (b === c) return 1;
  const least = Math.min(b, c);
  let tail = 0;
  for (let k = 0; k < least; k++) tail += halfBinomial(k, n);
  return Math.min(1, 2 * tail + halfBinomial(least, n));
}

/** Probability of k successes in n fair trials. */
function halfBinomial(k: number, n: number): number {
  return Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) - n * Math.LN2);
}
