/** What a glob is made of beside names, `*`, `?` and `**` is left to the library. */
const involved = /[[\]{}()!+@|\\"$^]/;

/** `.` and `..` are no names of files; nor is nothing at all. */
const noName = /(?:^|\/)\.{0,2}(?:\/|$)/;

/**
 * A glob of names, `*`, `?` and folders `**` as a test of whole paths, in time that grows with the length of the path times
 * that of the glob: who may choose the name of a file must not be able to make a check wait. Null for any other glob. It
 * says what picomatch says of the same glob with `dot`, on every path but those with `.`, `..` or nothing for a name, of
 * which it says null.
 */
export function plainGlob(glob: string): ((path: string) => boolean | null) | null {
  const segments = glob.split('/');
  if (
    involved.test(glob) ||
    noName.test(glob) ||
    segments.some((segment) => segment.includes('**') && segment !== '**')
  )
    return null;
  const meant = withFileAfterStar(segments);
  return (path) => (noName.test(path) ? null : matchesPath(meant, path.split('/')));
}

/** `a/**` means the folder itself too; behind a star, as in a star and `/**`, it means only what lies below. */
function withFileAfterStar(segments: readonly string[]): readonly string[] {
  const named = segments.findLastIndex((segment) => segment !== '**');
  return named >= 0 && named < segments.length - 1 && segments[named]?.endsWith('*')
    ? [...segments.slice(0, named + 1), '*', '**']
    : segments;
}

/** Which beginnings of the glob match so far, part by part of the path. */
function matchesPath(segments: readonly string[], parts: readonly string[]): boolean {
  let at = withoutFolders(segments, new Set([0]));
  for (const part of parts) {
    const next = new Set<number>();
    for (const position of at) {
      const segment = segments[position];
      if (segment === '**') next.add(position);
      else if (segment !== undefined && matchesName(segment, part)) next.add(position + 1);
    }
    at = withoutFolders(segments, next);
  }
  return at.has(segments.length);
}

/** A `**` may stand for no folder at all. */
function withoutFolders(segments: readonly string[], at: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(at);
  for (const position of all) if (segments[position] === '**') all.add(position + 1);
  return all;
}

/** One name against letters, `*` and `?`. Where it fails, only the last star may take one letter more: earlier ones gain nothing by it. */
function matchesName(glob: string, name: string): boolean {
  let [inGlob, inName, star, taken] = [0, 0, -1, 0];
  while (inName < name.length) {
    if (glob[inGlob] === '*') [star, taken, inGlob] = [inGlob, inName, inGlob + 1];
    else if (glob[inGlob] === '?' || glob[inGlob] === name[inName])
      [inGlob, inName] = [inGlob + 1, inName + 1];
    else if (star >= 0) [inGlob, inName, taken] = [star + 1, taken + 1, taken + 1];
    else return false;
  }
  while (glob[inGlob] === '*') inGlob++;
  return inGlob === glob.length;
}
