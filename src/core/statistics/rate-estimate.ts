import {
  type Confusion,
  rateBase,
  type Rate,
  rateValue,
  type ShareRate,
  shareOf,
  undefinedReasons,
} from './confusion.ts';
import { type Estimate, estimate } from './estimate.ts';
import { wilsonInterval } from './proportion.ts';

/** A group's rows: whole counts, and with weights their sums and the sums of their squares. */
export type GroupCounts = {
  readonly counts: Confusion;
  readonly weighted?: { readonly sums: Confusion; readonly squares: Confusion } | undefined;
};

/** What rates are computed of: weights where there are any. */
export function tableOf({ counts, weighted }: GroupCounts): Confusion {
  return weighted?.sums ?? counts;
}

/**
 * Kish's effective number of rows: how many equally weighted ones would tell as much, (Σw)² / Σw².
 *
 * @param sum sum of the weights, each 0 or more
 * @param squares sum of their squares
 * @returns between 0 and the number of weights above 0; 0 where the sums are 0 or beyond floating point
 * @see Kish, L. (1965). Survey Sampling.
 * @example effectiveSize(2 + 2 + 1, 4 + 4 + 1) // 2.777…
 */
export function effectiveSize(sum: number, squares: number): number {
  const size = sum > 0 && squares > 0 ? sum * (sum / squares) : 0;
  return Number.isFinite(size) ? size : 0;
}

/**
 * A share with Wilson's interval; with weights on Kish's effective number of the rate's own denominator.
 * Null with the reason where the group has nothing to take a share of.
 *
 * @param z normal quantile of the confidence
 * @example shareEstimate('recall', { counts: { tp: 3, fp: 0, tn: 0, fn: 5 } }, 1.959963984540054) // { value: 0.375, low: 0.1368…, high: 0.6942…, n: 8, method: 'wilson' }
 */
export function shareEstimate(rate: ShareRate, group: GroupCounts, z: number): Estimate {
  const [x, n] = shareOf(rate, tableOf(group));
  if (n <= 0) return { value: null, why: undefinedReasons[rate] };
  const effective = group.weighted ? effectiveSize(n, shareOf(rate, group.weighted.squares)[1]) : n;
  return estimate(
    x / n,
    wilsonInterval((x / n) * effective, effective, z),
    effective,
    group.weighted ? 'wilson, weighted' : 'wilson',
  );
}

/** A rate's value and base by whole counts: what `min_n` is held against, and what is shown where no interval is asked for. */
export function plainRate(
  rate: Rate,
  group: GroupCounts,
): { readonly value: number | null; readonly base: number } {
  return { value: rateValue(rate, tableOf(group)), base: rateBase(rate, group.counts) };
}
