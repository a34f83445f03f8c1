import type { ReliabilityBin } from '../statistics/scores/calibration-error.ts';
import type { ResultScores } from './result.ts';

/**
 * Puts neighbouring bins together until none holds from 1 to under `least` positives or negatives: a bin of three people
 * would say what happened to them. The calibration error stays that of the bins as they were.
 */
export function mergeBins(scores: ResultScores, least: number): ResultScores {
  const merged: ReliabilityBin[] = [];
  for (const bin of scores.bins) {
    const last = merged.at(-1);
    if (last && names(last, least)) merged[merged.length - 1] = together(last, bin);
    else merged.push(bin);
  }
  // What is left over at the end goes into the bin before it.
  while (merged.length > 1 && names(merged.at(-1) as ReliabilityBin, least))
    merged.push(together(...(merged.splice(-2) as [ReliabilityBin, ReliabilityBin])));
  return merged.length === scores.bins.length ? scores : { ...scores, bins: merged, merged: true };
}

function names({ n, positives }: ReliabilityBin, least: number): boolean {
  return [positives, n - positives].some((count) => count > 0 && count < least);
}

function together(a: ReliabilityBin, b: ReliabilityBin): ReliabilityBin {
  const weight = a.weight + b.weight;
  const mean = (of: 'mean_score' | 'positive_rate'): number =>
    (a[of] * a.weight + b[of] * b.weight) / weight;
  return {
    bin: a.bin,
    n: a.n + b.n,
    positives: a.positives + b.positives,
    weight,
    mean_score: mean('mean_score'),
    positive_rate: mean('positive_rate'),
  };
}
