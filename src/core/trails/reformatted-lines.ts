/** A text without what a formatter changes: white space, a comma before a closing bracket, and which quotes it takes. */
type Squeezed = {
  readonly text: string;
  /** For each character of it, the line on which it stands, from 1. */
  readonly lines: Int32Array;
};

function squeeze(texts: readonly string[]): Squeezed {
  const characters: string[] = [];
  const lines: number[] = [];
  for (const [index, text] of texts.entries()) {
    for (const character of text.split(/\s*/)) {
      if (character === '') continue;
      if (')]}'.includes(character) && characters.at(-1) === ',') {
        characters.pop();
        lines.pop();
      }
      characters.push(character === '"' ? "'" : character);
      lines.push(index + 1);
    }
  }
  return { text: characters.join(''), lines: Int32Array.from(lines) };
}

/** The lines at which a block stands once a formatter went over it; null where it stands nowhere or at several places. */
export function reformattedLines(
  texts: readonly string[],
  block: readonly string[],
): readonly [number, number] | null {
  const wanted = squeeze(block).text;
  if (wanted.length < 8) return null;
  const here = squeeze(texts);
  const at = here.text.indexOf(wanted);
  if (at === -1 || here.text.indexOf(wanted, at + 1) !== -1) return null;
  const [first, last] = [at, at + wanted.length - 1].map((index) => here.lines[index] as number);
  // What begins or ends inside a line, as `return 0` does in `return 0.5`, was not only formatted.
  return here.lines[at - 1] === first || here.lines[at + wanted.length] === last
    ? null
    : [first as number, last as number];
}
