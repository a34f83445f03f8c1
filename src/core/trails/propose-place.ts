import type { CodeAnchor } from '../records/code-anchor.ts';
import { alignedLines } from './align-lines.ts';
import type { FileLines } from './anchored-lines.ts';
import type { HeldLines } from './find-block.ts';
import { reformattedLines } from './reformatted-lines.ts';
import { findSymbol, overlaps } from './symbol-lines.ts';

type Lines = readonly [number, number];

/** Where rewritten lines most likely are, and what says so: a person has to confirm it. */
export type ProposedPlace =
  | { readonly by: 'words' | 'neighbours' | 'symbol'; readonly lines: Lines }
  | { readonly by: 'taken-out' | 'nothing'; readonly lines: null };

/** Proposes a place for lines whose text is another one today: their words formatted anew, what stands between the same neighbours, their symbol. */
export function proposePlace(
  { path, file }: { readonly path: string; readonly file: FileLines },
  anchor: CodeAnchor,
  held: HeldLines | null,
): ProposedPlace {
  const symbol =
    anchor.symbol === undefined ? null : findSymbol(path, file.texts.join('\n'), anchor.symbol);
  const body = symbol?.kind === 'found' ? symbol.lines : null;
  const words =
    held && reformattedLines(file.texts, held.file.texts.slice(held.lines[0] - 1, held.lines[1]));
  if (words && (body === null || overlaps(words, body))) return { by: 'words', lines: words };
  const region = held && between(held, file);
  if (region === 'taken-out') return { by: 'taken-out', lines: null };
  if (region && (body === null || overlaps(region, body)))
    return { by: 'neighbours', lines: region };
  return body ? { by: 'symbol', lines: body } : { by: 'nothing', lines: null };
}

/** What stands today between the nearest lines around a block that are still there. */
function between(
  { file: then, lines: [first, last] }: HeldLines,
  now: FileLines,
): Lines | 'taken-out' | null {
  const map = alignedLines(then, now);
  const above = nearest(map, first - 2, -1);
  const below = nearest(map, last, 1);
  const inside = map.subarray(first - 1, last).some((line) => line >= 0);
  if (!inside && above === null && below === null) return null;
  // Lines that are no longer there either stood between; where as many stand there today, each is in its place.
  const gap = [
    above === null ? first - 1 : first - 2 - above.past,
    below === null ? then.texts.length - last : below.past - last,
  ] as const;
  const from = (above?.now ?? -1) + 1;
  const to = (below?.now ?? now.texts.length) - 1;
  const same = to - from + 1 === gap[0] + (last - first + 1) + gap[1];
  const start = map[first - 1] ?? -1;
  const end = map[last - 1] ?? -1;
  const lines: Lines = [
    (start >= 0 ? start : from + (same ? gap[0] : 0)) + 1,
    (end >= 0 ? end : to - (same ? gap[1] : 0)) + 1,
  ];
  if (lines[0] > lines[1]) return 'taken-out';
  const most = 3 * (last - first + 1) + 20;
  return lines[1] - lines[0] + 1 > most ? null : lines;
}

function nearest(
  map: Int32Array,
  from: number,
  step: -1 | 1,
): { readonly past: number; readonly now: number } | null {
  for (let at = from; at >= 0 && at < map.length; at += step)
    if ((map[at] as number) >= 0) return { past: at, now: map[at] as number };
  return null;
}
