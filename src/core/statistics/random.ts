/** A stream of uniform numbers in [0, 1). */
export type Uniform = () => number;

/**
 * A seeded stream: the same seed and name give the same numbers everywhere. The generator is sfc32 of PractRand, seeded
 * by FNV-1a of the text; 32 bits a number, combined to 53.
 *
 * @param name tells streams of one seed apart, so that adding one computation does not change another
 */
export function seededUniform(seed: number, name: string): Uniform {
  let state: readonly [number, number, number, number] = [hash(`a${seed}/${name}`), hash(`b${seed}/${name}`), hash(`c${seed}/${name}`), 1];
  const next = (): number => {
    const [a, b, c, counter] = state;
    const sum = (a + b + counter) | 0;
    state = [b ^ (b >>> 9), (c + (c << 3)) | 0, (((c << 21) | (c >>> 11)) + sum) | 0, (counter + 1) | 0];
    return sum >>> 0;
  };
  for (let warm = 0; warm < 20; warm++) next();
  return () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value | 0;
}
