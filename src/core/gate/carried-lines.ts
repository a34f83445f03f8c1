import type { RawEntry } from './raw-diff.ts';
import type { RawPath } from './raw-path.ts';

/**
 * Content that a merge made and that no parent had, at a path that one of them did not have at all: git carried lines
 * over a rename. `from` are the paths that the merge left behind, one of which the lines come from.
 */
export type MergedPath = {
  readonly path: RawPath;
  readonly oid: string;
  readonly from: readonly { readonly path: RawPath; readonly oid: string }[];
};

const isAbsent = (mode: string): boolean => mode === '000000';

/**
 * The paths whose content a merge carried over from others.
 *
 * @param sides what lies between each parent and the merge, a parent an item; fewer than two are no merge
 */
export function mergedPaths(sides: readonly (readonly RawEntry[])[]): readonly MergedPath[] {
  const [first, ...others] = sides.map(
    (entries) => new Map(entries.map((entry) => [entry.path.raw, entry])),
  );
  if (first === undefined || others.length === 0) return [];
  const found: MergedPath[] = [];
  for (const [raw, entry] of first) {
    if (isAbsent(entry.newMode)) continue;
    const against = [entry, ...others.map((side) => side.get(raw))];
    // Where a parent has the very same, it was taken from there.
    if (against.includes(undefined)) continue;
    const lacking = sides.filter((_, index) => isAbsent(against[index]?.oldMode ?? ''));
    if (lacking.length === 0) continue;
    const left = lacking.flat().filter(({ newMode }) => isAbsent(newMode));
    found.push({
      path: entry.path,
      oid: entry.newOid,
      from: left.map(({ path, oldOid }) => ({ path, oid: oldOid })),
    });
  }
  return found;
}

/** The lines of a content, each once, with the bytes that they make up. Blank lines tell nothing of where they come from. */
export type Lines = { readonly all: ReadonlySet<string>; readonly bytes: number };

/** Lines without a break are cut, as git does when it compares contents: else two versions of a large binary share nothing. */
const longestLine = 64;

/** How a line of comment begins, in nearly every language. */
const comment = /^\s*(?:#|\/\/|\/?\*|--|%|;|<!--|$)/;

/** Without the comment at its top, where there is more: a licence stands above files that have nothing else in common. */
function withoutHeader(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => !comment.test(line));
  return first < 0 ? lines : lines.slice(first);
}

/** Takes a content apart into lines, whichever bytes it is made of; line ends in CRLF or LF tell no difference. */
export function linesOf(content: Uint8Array): Lines {
  const all = new Set<string>();
  let bytes = 0;
  for (const line of withoutHeader(new TextDecoder('latin1').decode(content).split('\n'))) {
    for (let at = 0; at < line.length; at += longestLine) {
      const piece = line.slice(at, at + longestLine).trim();
      if (piece === '' || all.has(piece)) continue;
      all.add(piece);
      bytes += piece.length;
    }
  }
  return { all, bytes };
}

/** Which part of the larger of two contents is in the other too, by bytes, from 0 to 1; 0 where one is empty. */
export function likeness(one: Lines, other: Lines): number {
  const larger = Math.max(one.bytes, other.bytes);
  const smaller = Math.min(one.bytes, other.bytes);
  if (smaller === 0 || smaller / larger < halfAlike) return larger === 0 ? 0 : smaller / larger / 2;
  let shared = 0;
  for (const line of one.all) if (other.all.has(line)) shared += line.length;
  return shared / larger;
}

/** From which likeness on git takes one file for another that was renamed. */
export const halfAlike = 0.5;

/**
 * Whether what somebody did to a file elsewhere lies in a governed one: the two are alike, more than the governed one is
 * like what stood there before, and a line that was added elsewhere came into it (where nothing was added, being alike suffices).
 */
export function isTakenOver(
  elsewhere: { readonly before: Lines | null; readonly after: Lines },
  governed: { readonly before: Lines | null; readonly after: Lines },
): boolean {
  const alike = likeness(elsewhere.after, governed.after);
  if (alike < halfAlike) return false;
  if (governed.before !== null && alike <= likeness(governed.before, governed.after)) return false;
  const added = [...elsewhere.after.all].filter((line) => !elsewhere.before?.all.has(line));
  const isBrought = (line: string): boolean =>
    governed.after.all.has(line) && !governed.before?.all.has(line);
  return added.length === 0 || added.some(isBrought);
}
