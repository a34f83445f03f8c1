/** Control characters, line ends, and marks that turn the direction of writing: a title must not be able to fake a row. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unseen = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** A text from a record as one line of plain text. @param limit characters, the last one an ellipsis where it is cut */
export function oneLine(text: string, limit = 200): string {
  const line = text.replace(unseen, ' ').trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}

/** The same for places of the editor that turn `$(name)` into an icon. */
export function oneLineWithoutIcons(text: string, limit = 200): string {
  return oneLine(text, limit).replaceAll('$(', '\\$(');
}
