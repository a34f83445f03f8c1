/**
 * A number with its interval, or the word that there is none. Never NaN, never infinite.
 *
 * `n` is what the value rests on: the denominator of a rate (Kish's effective number with weights). `low` and `high`
 * are both null where the value is known and nothing sound can be said of its chance error.
 */
export type Estimate =
  | {
      readonly value: number;
      readonly low: number | null;
      readonly high: number | null;
      readonly n: number;
      readonly method: string;
    }
  | { readonly value: null; readonly why: string; readonly n?: number };

/**
 * Makes an estimate of computed numbers: the one door through which they leave this folder.
 *
 * A value or a size that is not finite becomes null with a reason; an interval with a bound that is not finite is none.
 */
export function estimate(
  value: number,
  interval: readonly [number, number] | null,
  n: number,
  method: string,
): Estimate {
  if (!Number.isFinite(value) || !Number.isFinite(n))
    return { value: null, why: 'not a finite number' };
  const sound = interval?.every(Number.isFinite) ? interval : null;
  return { value, low: sound?.[0] ?? null, high: sound?.[1] ?? null, n, method };
}
