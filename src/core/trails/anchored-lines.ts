import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const lineFeed = new Uint8Array([10]);
const carriageReturn = new Uint8Array([13]);

/** A file cut into lines: their bytes, each with its ending, and their texts, without. */
export type FileLines = {
  readonly bytes: readonly Uint8Array[];
  readonly texts: readonly string[];
};

export function fileLines(bytes: Uint8Array): FileLines {
  const lines = splitLines(bytes);
  return { bytes: lines, texts: lines.map((line) => decoder.decode(withoutEnding(line))) };
}

/** A text's lines as bytes, each with its line feed. */
export function splitLines(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, at + 1));
    start = at + 1;
  }
  if (start < bytes.length) lines.push(bytes.subarray(start));
  return lines;
}

/** `sha256:` and the digest of the bytes of some lines, last line ending included; null where the file ends before them. */
export function linesDigest(
  lines: readonly Uint8Array[],
  first: number,
  last: number,
): string | null {
  if (first < 1 || last > lines.length) return null;
  const hash = sha256.create();
  for (const line of lines.slice(first - 1, last)) hash.update(line);
  return named(hash.digest());
}

/**
 * Whether some lines are what a digest was taken of: as they are; but for the ending of the last one, which an editor adds where
 * a file had none; or with the other line ends, since some digests were taken of a checkout and not of the blob.
 */
export function holdsDigest(
  lines: readonly Uint8Array[],
  [first, last]: readonly [number, number],
  digest: string,
): boolean {
  if (first < 1 || last > lines.length) return false;
  const block = lines.slice(first - 1, last);
  const plain = block.map(withoutEnding);
  if (digestsOf(plain, [lineFeed]).includes(digest)) return true;
  if (digestsOf(plain, [carriageReturn, lineFeed]).includes(digest)) return true;
  return linesDigest(lines, first, last) === digest;
}

/** The digests of lines with this ending, and of the same without the last one. */
function digestsOf(
  plain: readonly Uint8Array[],
  ending: readonly Uint8Array[],
): readonly [string, string] {
  const hash = sha256.create();
  for (const [index, line] of plain.entries()) {
    if (index > 0) for (const part of ending) hash.update(part);
    hash.update(line);
  }
  const open = hash.clone();
  for (const part of ending) hash.update(part);
  return [named(hash.digest()), named(open.digest())];
}

function named(digest: Uint8Array): string {
  return `sha256:${bytesToHex(digest)}`;
}

function withoutEnding(line: Uint8Array): Uint8Array {
  if (line.at(-1) !== 10) return line;
  return line.subarray(0, line.at(-2) === 13 ? -2 : -1);
}

/** Letters and digits that a block needs so that finding it once is no accident. */
const enough = 20;

/** Whether a text says enough to be known again by itself: `return 0`, a bracket or a blank line does not. */
export function isTelling(texts: readonly string[]): boolean {
  let count = 0;
  for (const text of texts) {
    count += text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    if (count >= enough) return true;
  }
  return false;
}

/** First lines, from 1, of every place at which these lines stand, texts compared and nothing hashed. */
export function placesOf(texts: readonly string[], block: readonly string[]): readonly number[] {
  const rarest = rarestLine(texts, block);
  if (rarest === null) return [];
  const places: number[] = [];
  for (const at of rarest.at) {
    const first = at - rarest.index;
    if (first >= 0 && block.every((line, index) => texts[first + index] === line))
      places.push(first + 1);
  }
  return places;
}

/** The line of a block that stands at the fewest places, and these; null where one of its lines stands nowhere. */
function rarestLine(
  texts: readonly string[],
  block: readonly string[],
): { readonly index: number; readonly at: readonly number[] } | null {
  const wanted = new Map<string, number[]>(block.map((line) => [line, []]));
  for (const [index, line] of texts.entries()) wanted.get(line)?.push(index);
  let best: { readonly index: number; readonly at: readonly number[] } | null = null;
  for (const [index, line] of block.entries()) {
    const at = wanted.get(line) ?? [];
    if (at.length === 0) return null;
    if (best === null || at.length < best.at.length) best = { index, at };
  }
  return best;
}
