/** `undecided`: the data do not tell. `not estimable`: there is no such number. Only `met` lets a change through. */
export type TargetState = 'met' | 'not met' | 'undecided' | 'not estimable';

/**
 * Judges a floor or ceiling on an interval: met only where all of the interval keeps it, not met only where all of it
 * breaks it. What is known only as a point is undecided, as is an interval without width: both claim that chance had no
 * part, which no finite sample can show.
 */
export function judgeInterval(
  op: '>=' | '<=',
  bound: number,
  interval: { readonly low: number | null; readonly high: number | null },
): TargetState {
  const { low, high } = interval;
  if (low === null || high === null || ![low, high, bound].every(Number.isFinite) || low >= high)
    return 'undecided';
  const [met, missed] = op === '>=' ? [low >= bound, high < bound] : [high <= bound, low > bound];
  if (met) return 'met';
  return missed ? 'not met' : 'undecided';
}
