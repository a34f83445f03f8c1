import picomatch from 'picomatch';
import { foldGlob, foldPath } from './fold-path.ts';
import { hasShortName, mayBeShortForGlob } from './short-name.ts';

/**
 * How far globs have come when a path is one of the folders that they look into: `glob:segment` for each way in which
 * files below it could still match. Two folders with the same answer hold governed files of the same names.
 *
 * @param fold whether case and composition of letters count, as for the paths of a rule, or not, as for what it leaves out
 */
export function globReach(
  patterns: readonly string[],
  fold: boolean,
): (folder: string) => ReadonlySet<string> {
  const globs = segmentsOfAll(fold ? patterns.map(foldGlob) : patterns);
  return (folder) => {
    const parts = (fold ? foldPath(folder) : folder).split('/');
    return new Set(
      globs.flatMap((segments, glob) => [...reached(segments, parts)].map((at) => `${glob}:${at}`)),
    );
  };
}

/**
 * Whether a folded path is one that the globs match on systems that keep short names beside long ones: `model-~1/a.py` is
 * `model-weights/a.py` there.
 */
export function matchesShortNames(patterns: readonly string[]): (path: string) => boolean {
  let globs: readonly (readonly Segment[])[] | undefined;
  return (path) => {
    if (!hasShortName(path)) return false;
    globs ??= segmentsOfAll(patterns.map(foldGlob)).map((segments) =>
      segments.map((segment) => ({
        ...segment,
        matches: (name: string) => segment.matches(name) || mayBeShortForGlob(name, segment.text),
      })),
    );
    const parts = path.split('/');
    return globs.some((segments) => positions(segments, parts).has(segments.length));
  };
}

function segmentsOfAll(patterns: readonly string[]): readonly (readonly Segment[])[] {
  return patterns.flatMap(expandBraces).map(segmentsOf);
}

type Segment = {
  readonly text: string;
  readonly any: boolean;
  readonly matches: (name: string) => boolean;
};

function segmentsOf(glob: string): readonly Segment[] {
  return splitOutside(glob, '/').map((segment) => ({
    text: segment,
    any: segment === '**' || segment.includes('/'),
    matches: segment === '' ? () => false : picomatch(segment, { posix: true, dot: true }),
  }));
}

/** Positions in a glob after all parts of a path, with something left to match. */
function reached(segments: readonly Segment[], parts: readonly string[]): ReadonlySet<number> {
  return new Set([...positions(segments, parts)].filter((position) => position < segments.length));
}

/** Positions in a glob after all parts of a path; that of its end where it matches. */
function positions(segments: readonly Segment[], parts: readonly string[]): ReadonlySet<number> {
  let at = skipped(segments, new Set([0]));
  for (const part of parts) {
    const next = new Set<number>();
    for (const position of at) {
      const segment = segments[position];
      if (segment?.any) next.add(position);
      else if (segment?.matches(part)) next.add(position + 1);
    }
    at = skipped(segments, next);
  }
  return at;
}

/** A `**` may stand for no folder at all. */
function skipped(segments: readonly Segment[], at: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(at);
  for (const position of all) if (segments[position]?.any) all.add(position + 1);
  return all;
}

const opening = '{([';
const closing = '})]';

/** Splits a text at a character that stands in no bracket. */
function splitOutside(text: string, at: string): readonly string[] {
  const pieces: string[] = [''];
  let depth = 0;
  for (const character of text) {
    if (opening.includes(character)) depth++;
    else if (closing.includes(character)) depth = Math.max(0, depth - 1);
    if (character === at && depth === 0) pieces.push('');
    else pieces[pieces.length - 1] += character;
  }
  return pieces;
}

/** `a/{b,c/d}` as `a/b` and `a/c/d`: only then do slashes stand outside of braces. Globs with many choices are in no policy that holds. */
export function expandBraces(glob: string): readonly string[] {
  const found = /(.*?)\{([^{}]*,[^{}]*)\}(.*)/s.exec(glob);
  if (!found) return [glob];
  const [, before = '', inside = '', after = ''] = found;
  return splitOutside(inside, ',').flatMap((choice) => expandBraces(`${before}${choice}${after}`));
}
