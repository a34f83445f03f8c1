import { fileLines } from '../../../src/core/trails/anchored-lines.ts';

export const lines = (text: string): ReturnType<typeof fileLines> =>
  fileLines(new TextEncoder().encode(text));

export const score =
  'def score(r):\n    if r:\n        return 1\n    return 0\n\ndef other(r):\n    if r:\n        return 1\n    return 0\n';
export const values = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, n) => `value_${from + n} = ${(from + n) ** 2}\n`).join(
    '',
  );
