import { type Confusion, rateBase, type Rate, rateValue, type ShareRate, shareOf, undefinedReasons } from './confusion.ts';
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
 * A share with Wilson's interval; with weights on Kish's effective number of the rate's own denominator.
 *
 * @see Kish, L. (1965). Survey Sampling, for (Σw)² / Σw².
 */
export function shareEstimate(rate: ShareRate, group: GroupCounts, z: number): Estimate {
  const [x, n] = shareOf(rate, tableOf(group));
  if (n <= 0) return { value: null, why: undefinedReasons[rate] };
  const squares = group.weighted ? shareOf(rate, group.weighted.squares)[1] : n;
  const effective = group.weighted ? (n * n) / squares : n;
  return estimate(x / n, wilsonInterval((x / n) * effective, effective, z), effective, group.weighted ? 'wilson, weighted' : 'wilson');
}

/** A rate's value and base by whole counts: what `min_n` is held against, and what is shown where no interval is asked for. */
export function plainRate(rate: Rate, group: GroupCounts): { readonly value: number | null; readonly base: number } {
  return { value: rateValue(rate, tableOf(group)), base: rateBase(rate, group.counts) };
}
