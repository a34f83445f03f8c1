/**
 * Where a rising function crosses 0, by bisection down to neighbouring floating-point numbers.
 *
 * Slow and safe: it needs no derivative and cannot leave the bracket.
 *
 * @param f rising on the bracket; where it never crosses, the nearer end is the answer
 */
export function risingRoot(f: (x: number) => number, low: number, high: number): number {
  let [left, right] = [low, high];
  for (let step = 0; step < 2000; step++) {
    const middle = left + (right - left) / 2;
    if (middle <= left || middle >= right) break;
    if (f(middle) < 0) left = middle;
    else right = middle;
  }
  return left + (right - left) / 2;
}
