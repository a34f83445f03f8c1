/**
 * Quantile of sorted numbers by linear interpolation (type 7 of Hyndman and Fan 1996, the default of R and NumPy).
 *
 * @param sorted rising, at least one
 * @param p probability, 0 ≤ p ≤ 1
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (place - below);
}
