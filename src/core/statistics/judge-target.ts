import type { Estimate } from './estimate.ts';
import { judgeInterval, type TargetState } from './judge-interval.ts';

/** A floor or a ceiling on a metric. */
export type Bound = { readonly op: '>=' | '<='; readonly value: number };

/**
 * What the estimate rests on. `minN` is the least number of rows that may decide, `base` the rows that the rate itself
 * rests on (of the smallest group, for a disparity; the estimate's own `n` unless stated), `groups` how many groups
 * have the rate, for a disparity.
 */
export type TargetBasis = { readonly minN: number; readonly base?: number; readonly groups?: number };

/** A judgement and, unless the target is met or not met on its interval, the reason. */
export type Judgement = { readonly state: TargetState; readonly why?: string };

/**
 * Judges one target on one estimate.
 *
 * Not estimable where there is no value, or fewer than two groups have the rate, whatever value is shown; undecided where
 * it rests on fewer than `minN` rows, has no interval, or the interval straddles the bound.
 *
 * @example judgeTarget({ value: 0.9, low: 0.85, high: 0.93, n: 200, method: 'wilson' }, { op: '>=', value: 0.8 }, { minN: 30 }) // { state: 'met' }
 */
export function judgeTarget(estimate: Estimate, target: Bound, { minN, base, groups }: TargetBasis): Judgement {
  if (groups !== undefined && groups < 2) return { state: 'not estimable', why: 'fewer than two groups have the rate' };
  if (estimate.value === null) return { state: 'not estimable', why: estimate.why };
  const rows = base ?? estimate.n;
  if (!(rows >= minN)) return { state: 'undecided', why: `rests on ${Math.floor(rows)} rows, fewer than ${minN}` };
  const state = judgeInterval(target.op, target.value, estimate);
  if (state !== 'undecided') return { state };
  const widthless = estimate.low === null || estimate.high === null || estimate.low >= estimate.high;
  return { state, why: widthless ? 'there is no interval with width, so nothing is known of chance' : 'the interval straddles the target' };
}
