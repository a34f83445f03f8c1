/** Characters without width, which some file systems leave out of names. */
const ignored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** Dots and spaces at the end of a name, which some systems leave out. */
const trailing = /(?<=[^/])[. ]+(?=\/|$)/g;

/** ASCII without capitals, and without what `trailing` finds: nearly every path. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const folded = /^(?:[\u0000-\u001f!-\-/-@[-\u007f]|[. ]+(?![. /]|$))*$/;

/**
 * The form in which two paths are one file somewhere: on systems that ignore the case or the composition of letters, leave
 * out characters without width, or dots and spaces at the end of a name. Capitals first, since letters such as `ſ` and `ß`
 * have no small form of their own; small ones before that, since `ẞ` has no large one.
 */
export function foldPath(path: string): string {
  if (folded.test(path)) return path;
  return path
    .normalize('NFC')
    .replace(ignored, '')
    .replace(trailing, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC');
}
