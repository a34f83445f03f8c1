import type { Estimate } from '../estimate.ts';

/** One bin of a reliability table, b of K from 0. `n` rows, `positives` of them, of total weight `weight`; mean score and positive rate are weighted. */
export type ReliabilityBin = {
  readonly bin: number;
  readonly n: number;
  readonly positives: number;
  readonly weight: number;
  readonly mean_score: number;
  readonly positive_rate: number;
};

/**
 * Expected calibration error: the mean over bins, by their weight, of |mean score − positive rate|.
 *
 * Bins have equal width, [b/K, (b+1)/K), the last closed; empty ones are left out. The error depends on the bins and is
 * biased upwards in small data, so it has no interval. Null without rows.
 *
 * @param width how many bins there could be, K
 * @see Naeini, M. P., Cooper, G. F., Hauskrecht, M. (2015). AAAI 29(1), 2901–2907.
 * @example calibrationError([{ bin: 9, n: 4, positives: 3, weight: 4, mean_score: 0.95, positive_rate: 0.75 }], 10).value // 0.2
 */
export function calibrationError(bins: readonly ReliabilityBin[], width: number): Estimate {
  const weight = bins.reduce((sum, bin) => sum + bin.weight, 0);
  if (!(weight > 0)) return { value: null, why: 'no rows' };
  const error = bins.reduce(
    (sum, bin) => sum + (bin.weight / weight) * Math.abs(bin.mean_score - bin.positive_rate),
    0,
  );
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  return { value: error, low: null, high: null, n, method: `${width} equal-width bins` };
}
