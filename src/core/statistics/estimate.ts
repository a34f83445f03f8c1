/**
 * A number with its interval, or the word that there is none. Never NaN, never infinite.
 *
 * `n` is what the value rests on: the denominator of a rate (Kish's effective number with weights).
 */
export type Estimate =
  | { readonly value: number; readonly low: number | null; readonly high: number | null; readonly n: number; readonly method: string }
  | { readonly value: null; readonly why: string };

/** An estimate, or null with a reason where a bound or the value is no finite number. */
export function estimate(value: number, interval: readonly [number, number] | null, n: number, method: string): Estimate {
  if (!Number.isFinite(value)) return { value: null, why: 'not a finite number' };
  const sound = interval !== null && interval.every(Number.isFinite);
  return { value, low: sound ? interval[0] : null, high: sound ? interval[1] : null, n, method };
}
