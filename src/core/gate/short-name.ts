/** `SCORE-~1.PY`, folded: the beginning of a name, a number, the beginning of its ending. */
const short = /^([^~/.]{0,7})~\d{1,6}(?:\.([^./]{0,3}))?$/;

/** Whether a path, folded, has a part that looks like a short name of another. Nearly none has. */
export function hasShortName(path: string): boolean {
  return path.includes('~') && path.split('/').some((part) => short.test(part));
}

/** What a short name leaves out, and what it writes otherwise. */
const leftOut = /[ .]/g;
const written = /[+,;=[\]]/g;

/**
 * Whether one name of a path, folded, could be the short name that some systems keep beside another, folded too: on these
 * `score-~1.py` opens `score-function.py`. Which number a file has depends on what lies beside it, so any will do; so does
 * any letter in place of one that is not ASCII.
 */
export function mayBeShortFor(name: string, long: string): boolean {
  const [, beginning = '', ending = ''] = short.exec(name) ?? [name, '\0'];
  const bare = long.replace(/^\.+/, '');
  const dot = bare.lastIndexOf('.');
  const stem = (dot < 0 ? bare : bare.slice(0, dot)).replace(leftOut, '').replace(written, '_');
  const extension =
    dot < 0
      ? ''
      : bare
          .slice(dot + 1)
          .replace(leftOut, '')
          .replace(written, '_');
  return (
    begins(extension, ending, ending.length < 3) &&
    (begins(stem, beginning, false) || begins(stem, hashed.exec(beginning)?.[1] ?? '\0', false))
  );
}

/** After a few files of the same beginning, four digits are made of the whole name. */
const hashed = /^(.{0,2})[0-9a-f]{4}$/;

/** Whether a name begins with some letters, or is just that where all of it is told. */
function begins(name: string, letters: string, whole: boolean): boolean {
  const told = [...name].slice(0, [...letters].length);
  return (
    (!whole || [...name].length === told.length) &&
    told.length === [...letters].length &&
    [...letters].every(
      (letter, index) => letter === told[index] || !/[ -~]/.test(told[index] ?? ''),
    )
  );
}

/** Characters with a meaning of their own in a glob. */
const special = /[*?[\]{}()!+@\\]/;

/** The same for one part of a glob: as it is written, or by its ending where it stands for many names. */
export function mayBeShortForGlob(name: string, glob: string): boolean {
  if (!short.test(name)) return false;
  if (!special.test(glob)) return mayBeShortFor(name, glob);
  const ending = /\.([^.*?[\]{}()!+@\\]+)$/.exec(glob)?.[1];
  return (
    ending === undefined ||
    begins(
      ending.replace(leftOut, '').replace(written, '_'),
      short.exec(name)?.[2] ?? '',
      (short.exec(name)?.[2] ?? '').length < 3,
    )
  );
}
