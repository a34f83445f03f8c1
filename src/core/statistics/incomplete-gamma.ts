/**
 * Natural logarithm of the gamma function for x > 0, to about 1e-15 relative: Stirling's series from 10 on, and the
 * recurrence Γ(x+1) = xΓ(x) below.
 *
 * @see NIST Digital Library of Mathematical Functions, 5.11.1
 */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) {
    shift += Math.log(z);
    z += 1;
  }
  return (z - 0.5) * Math.log(z) - z + 0.9189385332046727418 + stirlingTail(z) - shift;
}

/** What Stirling's series adds to (x−½)ln x − x + ½ln 2π, for x of 10 or more. */
export function stirlingTail(x: number): number {
  const square = 1 / (x * x);
  return (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - (square * 691) / 360360))))) / x;
}

/**
 * Regularised upper incomplete gamma function Q(a, x), a > 0, x ≥ 0: by its series below a + 1, by Lentz's continued
 * fraction above.
 *
 * @see NIST Digital Library of Mathematical Functions, 8.7.1 and 8.9.2
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  return x < a + 1 ? 1 - front * lowerSeries(a, x) : front * upperFraction(a, x);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < 10_000 && term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

function upperFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 10_000; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / nonZero(an * d + b, tiny);
    c = nonZero(b + an / c, tiny);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return h;
}

function nonZero(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
