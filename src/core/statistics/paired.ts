import { binomialCdf } from './distributions/binomial.ts';
import { binomialMass } from './distributions/binomial-mass.ts';
import { chiSquareUpper } from './distributions/chi-square.ts';
import type { Interval } from './proportion.ts';

/** Pairs by what happened under each of two models. `candidateOnly` and `baselineOnly` are the discordant ones. */
export type PairedCounts = {
  readonly both: number;
  readonly candidateOnly: number;
  readonly baselineOnly: number;
  readonly neither: number;
};

/** Candidate minus baseline, of the share of pairs in which the event happened; null without pairs. */
export function pairedDifference({
  both,
  candidateOnly,
  baselineOnly,
  neither,
}: PairedCounts): number | null {
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
  return [boundary(counts, n, [-1, observed], z), boundary(counts, n, [observed, 1], -z)];
}

/** Where the score statistic, which falls from left to right, crosses a level. */
function boundary(counts: PairedCounts, n: number, range: Interval, level: number): number {
  let [low, high] = range;
  for (let step = 0; step < 200 && high - low > 1e-16; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (score(counts, n, middle) > level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function score(
  { candidateOnly: b, baselineOnly: c }: PairedCounts,
  n: number,
  difference: number,
): number {
  const linear = -b - c + (2 * n - b + c) * difference;
  const constant = -c * difference * (1 - difference);
  const nuisance = (Math.sqrt(Math.max(0, linear * linear - 8 * n * constant)) - linear) / (4 * n);
  const variance = n * (2 * nuisance + difference * (1 - difference));
  const distance = b - c - n * difference;
  if (variance <= 0) return distance === 0 ? 0 : Math.sign(distance) * 1e300;
  return distance / Math.sqrt(variance);
}

/** Forms of McNemar's test, which asks whether the two kinds of discordant pairs are equally likely. */
export type McNemar = {
  readonly midP: number;
  readonly exactP: number;
  /** Continuity-corrected chi-square with one degree of freedom; null where no pair is discordant. */
  readonly corrected: { readonly chiSquare: number; readonly p: number } | null;
};

/**
 * McNemar's test: mid-p, exact, and chi-square with continuity correction, all two-sided.
 *
 * Exact: twice the binomial chance of as few or fewer of the rarer kind among b + c fair trials, at most 1. Mid-p takes
 * away the chance of what was observed, and is 1 less that chance where both kinds are equally many. 1 without discordant pairs.
 *
 * @see Fagerland, M. W., Lydersen, S., Laake, P. (2013). BMC Medical Research Methodology 13:91.
 * @example mcnemar({ both: 1, candidateOnly: 1, baselineOnly: 7, neither: 12 }).midP // 0.0390625
 */
export function mcnemar({ candidateOnly: b, baselineOnly: c }: PairedCounts): McNemar {
  const n = b + c;
  if (n === 0) return { midP: 1, exactP: 1, corrected: null };
  const least = Math.min(b, c);
  const [tail, mass] = [binomialCdf(least, n, 0.5), binomialMass(least, n, 0.5)];
  const chiSquare = Math.max(Math.abs(b - c) - 1, 0) ** 2 / n;
  return {
    midP: b === c ? 1 - mass : Math.min(1, 2 * tail - mass),
    exactP: Math.min(1, 2 * tail),
    corrected: { chiSquare, p: chiSquareUpper(chiSquare, 1) },
  };
}

/** The mid-p form alone. */
export function mcnemarMidP(counts: PairedCounts): number {
  return mcnemar(counts).midP;
}
