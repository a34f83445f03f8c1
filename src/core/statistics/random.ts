/** A stream of uniform numbers in [0, 1). */
export type Uniform = () => number;

/**
 * A seeded stream: the same seed and name give the same numbers on every machine.
 *
 * The generator is xoshiro128**, its state hashed from the text `seed/name`; two 32-bit numbers make one of 53 bits.
 * For resampling, not for secrets.
 *
 * @param name tells streams of one seed apart, so that adding one computation does not change another
 */
export function seededUniform(seed: number, name: string): Uniform {
  const next = xoshiro128(
    [0, 1, 2, 3].map((word) => hash(`${word}/${seed}/${name}`)) as unknown as Xoshiro128State,
  );
  return () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992;
}

/** Four 32-bit words, not all zero. */
export type Xoshiro128State = readonly [number, number, number, number];

/**
 * The generator xoshiro128** 1.1: 32-bit numbers, period 2^128 − 1.
 *
 * @see Blackman, D., Vigna, S. (2021). Scrambled linear pseudorandom number generators. ACM TOMS 47(4).
 * @example xoshiro128([1, 2, 3, 4])() // 11520
 */
export function xoshiro128(state: Xoshiro128State): () => number {
  let [a, b, c, d] = state;
  return () => {
    const number = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return number;
  };
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** FNV-1a of the text's UTF-16 code units, its bits then mixed by the finaliser of MurmurHash3. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
