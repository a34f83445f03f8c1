const halfLogTwoPi = 0.9189385332046727418;

/**
 * Natural logarithm of the gamma function, to about 1e-15 relative (absolute near its zeros at 1 and 2).
 *
 * Stirling's series from 10 on, and the recurrence Γ(x+1) = xΓ(x) below.
 *
 * @param x above 0
 * @see NIST Digital Library of Mathematical Functions, 5.11.1
 * @example logGamma(0.5) // ln √π = 0.5723649429247001
 */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) {
    shift += Math.log(z);
    z += 1;
  }
  return (z - 0.5) * Math.log(z) - z + halfLogTwoPi + stirlingTail(z) - shift;
}

/** What Stirling's series adds to (x−½)ln x − x + ½ln 2π, for x of 10 or more. */
function stirlingTail(x: number): number {
  const square = 1 / (x * x);
  return (
    (1 / 12 -
      square *
        (1 / 360 -
          square *
            (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360))))) /
    x
  );
}

/** ln x! less Stirling's ½ln(2πx) + x ln x − x, for any x above 0: small and known to full precision even where x is huge. */
export function stirlingError(x: number): number {
  return x >= 10 ? stirlingTail(x) : logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - halfLogTwoPi;
}
