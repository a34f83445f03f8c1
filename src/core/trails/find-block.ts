import type { CodeAnchor } from '../records/code-anchor.ts';
import { alignedLines } from './align-lines.ts';
import { type FileLines, holdsDigest, isTelling, placesOf } from './anchored-lines.ts';
import type { Definition } from './definition.ts';
import { definitionsOf, enclosingSymbol, findSymbol, overlaps } from './symbol-lines.ts';

/** A version of a file in which the lines of an anchor are known. */
export type HeldLines = {
  /** The commit whose version it is; absent where it lies in no commit. */
  readonly commit?: string;
  readonly path: string;
  readonly file: FileLines;
  readonly lines: readonly [number, number];
};

/** The place of a block in a file: its first line where that is proved, and the other places at which the same text stands. */
export type FoundBlock = { readonly first: number | null; readonly unsure: readonly number[] };

type Looked = { readonly path: string; readonly file: FileLines };
type Wanted = {
  readonly anchor: CodeAnchor;
  readonly held: HeldLines | null;
  readonly digest: string;
};

/**
 * Finds the lines of an anchor in a file. The same text is not enough: it must be the only one there and say enough to be known
 * again, or stand where it stood before, by its function or by the lines around it.
 */
export function findBlock(looked: Looked, wanted: Wanted): FoundBlock {
  const { anchor, held, digest } = wanted;
  const length = lengthOf(anchor);
  const places = held
    ? placesOf(looked.file.texts, blockOf(held)).filter((first) =>
        holdsDigest(looked.file.bytes, [first, first + length - 1], digest),
      )
    : hashedPlaces(looked.file, anchor, digest);
  if (places.length === 0) return { first: null, unsure: [] };
  const proved = held
    ? provedByContext(looked, { ...wanted, held }, places)
    : provedAlone(looked, anchor, places);
  return {
    first: proved,
    unsure: places.filter((first) => first !== proved),
  };
}

function lengthOf({ lines: [first = 1, last = first] }: CodeAnchor): number {
  return last - first + 1;
}

function blockOf({ file, lines: [first, last] }: HeldLines): readonly string[] {
  return file.texts.slice(first - 1, last);
}

/** Bytes that may be hashed to look for lines of which nothing but a digest is known. */
const mostHashed = 4 * 1024 * 1024;

/** Where lines of this digest stand, looked for from their old place outwards as far as is cheap. */
function hashedPlaces(file: FileLines, anchor: CodeAnchor, digest: string): readonly number[] {
  const length = lengthOf(anchor);
  const near = anchor.lines[0] as number;
  const count = file.bytes.length - length + 1;
  const places: number[] = [];
  let hashed = 0;
  for (let step = 0; step < Math.max(near, count) + 1 && hashed < mostHashed; step++)
    for (const first of step === 0 ? [near] : [near - step, near + step]) {
      if (first < 1 || first > count) continue;
      if (holdsDigest(file.bytes, [first, first + length - 1], digest)) places.push(first);
      for (let line = first - 1; line < first + length - 1; line++)
        hashed += (file.bytes[line] as Uint8Array).length;
    }
  return places;
}

/** Without a version to compare with: where it was, or the only place of a text that says enough or stands in its symbol. */
function provedAlone(
  { path, file }: Looked,
  anchor: CodeAnchor,
  places: readonly number[],
): number | null {
  const length = lengthOf(anchor);
  const symbol =
    anchor.symbol === undefined ? null : findSymbol(path, file.texts.join('\n'), anchor.symbol);
  const body = symbol?.kind === 'found' ? symbol.lines : null;
  const inside = places.filter(
    (first) => body === null || overlaps(withWords(file, first, length), body),
  );
  if (path === anchor.path && inside.includes(anchor.lines[0] as number))
    return anchor.lines[0] as number;
  const [only, ...more] = inside;
  if (only === undefined || more.length > 0) return null;
  const telling = isTelling(file.texts.slice(only - 1, only - 1 + length));
  return telling || body !== null ? only : null;
}

/** The lines of a block without blank ones at its beginning and end, which belong to nothing; all of them where all are blank. */
function withWords(file: FileLines, start: number, length: number): readonly [number, number] {
  let [first, last] = [start, start + length - 1];
  const isBlank = (line: number): boolean => (file.texts[line - 1] ?? '').trim() === '';
  while (first < last && isBlank(first)) first += 1;
  while (last > first && isBlank(last)) last -= 1;
  return isBlank(first) ? [start, start + length - 1] : [first, last];
}

/** What is known of one place at which the text stands. */
type Judged = {
  readonly first: number;
  readonly aligned: boolean;
  /** Whether it stands in the same function or class; false at the top of a file, and where nobody reads the language. */
  readonly sameSymbol: boolean;
  /** Whether it stands in another function or class, though the old one is still there or the new one was there before. */
  readonly leftSymbol: boolean;
  /** How many of the two lines around it, blank ones and brackets passed over, are the same. */
  readonly neighbours: number;
};

function provedByContext(
  looked: Looked,
  wanted: Wanted & { readonly held: HeldLines },
  places: readonly number[],
): number | null {
  const { held } = wanted;
  const block = blockOf(held);
  const before = placesOf(held.file.texts, block);
  const unique = places.length === 1 && before.length === 1;
  const telling = isTelling(block);
  const context = contextOf(looked, wanted);
  const all = places.map(context.judge);
  const alone = all.filter(({ sameSymbol }) => sameSymbol).length === 1 && context.alone(before);
  const proved = all.filter(({ aligned, sameSymbol, leftSymbol, neighbours }) => {
    if (leftSymbol) return false;
    if (unique && (telling || sameSymbol || neighbours > 0)) return true;
    if (alone && sameSymbol && (neighbours > 0 || telling)) return true;
    return aligned && (neighbours === 2 || (neighbours === 1 && (sameSymbol || telling)));
  });
  const aligned = proved.filter((item) => item.aligned);
  const [only, ...more] = aligned.length > 0 ? aligned : proved;
  return only && more.length === 0 ? only.first : null;
}

/** How a place in a file of today is held against the version that is known. */
function contextOf(
  { path, file }: Looked,
  { anchor, held }: Wanted & { readonly held: HeldLines },
): {
  readonly judge: (first: number) => Judged;
  /** Whether one alone of these old places stood in the anchor's symbol. */
  readonly alone: (before: readonly number[]) => boolean;
} {
  const length = lengthOf(anchor);
  const map = alignedLines(held.file, file);
  const then = namesOf(held.path, held.file);
  const now = namesOf(path, file);
  const symbol = then && enclosingSymbol(then.all, withWords(held.file, held.lines[0], length));
  const body =
    anchor.symbol === undefined ? null : findSymbol(path, file.texts.join('\n'), anchor.symbol);
  const end = (first: number): number => first + length - 1;
  const aligned = (first: number): boolean => {
    for (let index = 0; index < length; index++)
      if (map[held.lines[0] - 1 + index] !== first - 1 + index) return false;
    return true;
  };
  return {
    alone: (before) =>
      then !== null &&
      symbol !== null &&
      before.filter(
        (first) => enclosingSymbol(then.all, withWords(held.file, first, length)) === symbol,
      ).length === 1,
    judge: (first) => {
      const words = withWords(file, first, length);
      const here = now && enclosingSymbol(now.all, words);
      const outside = body?.kind === 'found' && !overlaps(words, body.lines);
      return {
        first,
        aligned: aligned(first),
        sameSymbol: symbol !== null && symbol === here,
        leftSymbol:
          outside ||
          (then !== null &&
            now !== null &&
            symbol !== here &&
            ((symbol !== null && now.names.has(symbol)) ||
              (here !== null && then.names.has(here)))),
        neighbours: sameNeighbours(held, { file, lines: [first, end(first)] }, aligned(first)),
      };
    },
  };
}

type Names = { readonly all: readonly Definition[]; readonly names: ReadonlySet<string> } | null;

/** Many anchors stand in one file: what is read out of it is kept as long as the file is. */
const knownNames = new WeakMap<FileLines, Names>();

function namesOf(path: string, file: FileLines): Names {
  const known = knownNames.get(file);
  if (known !== undefined) return known;
  const all = definitionsOf(path, file.texts.join('\n'));
  const names = all && {
    all,
    names: new Set(all.flatMap(({ first, last }) => enclosingSymbol(all, [first, last]) ?? [])),
  };
  knownNames.set(file, names);
  return names;
}

type Block = { readonly file: FileLines; readonly lines: readonly [number, number] };

/** @param ends whether the beginning and the end of both files count as equal neighbours */
function sameNeighbours(a: Block, b: Block, ends: boolean): number {
  return [-1, 1].filter((step) => {
    const [left, right] = [neighbour(a, step), neighbour(b, step)];
    return left === right && (left !== null || ends);
  }).length;
}

/** The next line that says something, above or below; null where none follows. */
function neighbour({ file, lines: [first, last] }: Block, step: number): string | null {
  for (let at = step < 0 ? first - 2 : last; at >= 0 && at < file.texts.length; at += step) {
    const text = file.texts[at] as string;
    if (/[\p{L}\p{N}]/u.test(text)) return text;
  }
  return null;
}
