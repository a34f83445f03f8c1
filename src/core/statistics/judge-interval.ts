export type TargetState = 'met' | 'not met' | 'undecided' | 'not estimable';

/**
 * Judges a floor or ceiling on an interval: met only where all of the interval keeps it, not met only where all of it
 * breaks it. What is known only as a point is undecided.
 */
export function judgeInterval(op: '>=' | '<=', bound: number, interval: { readonly low: number | null; readonly high: number | null }): TargetState {
  const { low, high } = interval;
  if (low === null || high === null || ![low, high, bound].every(Number.isFinite)) return 'undecided';
  if (op === '>=') return low >= bound ? 'met' : high < bound ? 'not met' : 'undecided';
  return high <= bound ? 'met' : low > bound ? 'not met' : 'undecided';
}
