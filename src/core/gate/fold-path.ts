/** Characters without width, which some file systems leave out of names. */
const ignored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** Dots and spaces at the end of a name, which some systems leave out. */
const trailing = /(?<=[^/])[. ]+(?=\/|$)/g;

/** What follows a colon in a name: to Windows a stream of the file that the name before it is of. */
const stream = /(?<=[^/]):[^/]*/g;

/** ASCII without capitals, without `\` and `:`, and without what `trailing` finds: nearly every path. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const folded = /^(?:[\u0000-\u001f!-\-/-9;-@[\]-\u007f]|[. ]+(?![. /]|$))*$/;

/**
 * The form in which two paths are one file somewhere: on systems that ignore the case or the composition of letters, leave
 * out characters without width, or dots and spaces at the end of a name, take `\` for a `/`, or what follows a `:` for a
 * stream of the file. Letter by letter, so that a part of a name folds as it does within the whole: a glob is such a part.
 */
export function foldPath(path: string): string {
  if (folded.test(path)) return path;
  return foldEnds(asFolders(foldLetters(path)).replace(stream, ''));
}

/** The letter of a drive, and where a path on it begins. */
const drive = /^[a-z]:[\\/]*/i;

/**
 * Every form of a path in which it may be another file somewhere. A colon is read in more than one way: as what begins a
 * stream, as a letter of the name, or, behind a single letter at the top, as what ends the name of a drive.
 */
export function foldedPaths(path: string): readonly string[] {
  const first = foldPath(path);
  if (!path.includes(':')) return [first];
  const forms = [first, foldEnds(asFolders(foldLetters(path)))];
  if (drive.test(path)) forms.push(foldPath(path.replace(drive, '')));
  return forms;
}

/** A glob, or a part of one, in the form of the paths that it governs; a `:` in it may name a class of characters. */
export function foldGlob(glob: string): string {
  return folded.test(glob) ? glob : foldEnds(foldLetters(glob));
}

function foldEnds(letters: string): string {
  const ended = letters.replace(trailing, '');
  return ascii.test(ended) ? ended : ended.normalize('NFC');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ascii = /^[\u0000-\u007f]*$/;

function foldLetters(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return [...text.normalize('NFC').replace(ignored, '')].map(foldLetter).join('');
}

/** Capitals first, since letters such as `ſ` and `ß` have no small form of their own; small ones before that, since `ẞ` has no large one. */
function foldLetter(letter: string): string {
  const large = letter.toLowerCase().toUpperCase();
  // A capital sigma becomes another small letter at the end of a word: by itself it has no end to stand at.
  return [...large].map((one) => one.toLowerCase()).join('');
}

/** Where a `\` makes folders of a name, they may be `.` and `..` too. */
function asFolders(path: string): string {
  if (!path.includes('\\')) return path;
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/'))
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  return parts.join('/');
}
