/** Longest quote that a new anchor keeps, in characters: enough to find the words again, too little to be a second copy. */
const longestQuote = 160;

/** Fewer characters than this may stand anywhere. */
const distinctiveLength = 16;

/** A text with every run of white space as one space: how a text is folded over lines is not what it says. */
export function plainWords(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** All that a value says, its parts one after another. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .map(wordsOf)
      .filter((words) => words !== '')
      .join(' ');
  return value === null || value === undefined ? '' : plainWords(String(value));
}

/** The beginning of what a value says, cut between words. */
export function quoteOf(value: unknown): string {
  const words = wordsOf(value);
  if (words.length <= longestQuote) return words;
  const cut = words.slice(0, longestQuote + 1);
  const end = cut.lastIndexOf(' ');
  return (end > 0 ? cut.slice(0, end) : cut.slice(0, longestQuote)).replace(/[\ud800-\udbff]$/, '');
}

/** Whether words are found again by themselves, without their place. */
export function isDistinctive(quote: string): boolean {
  return quote.length >= distinctiveLength;
}

/** A character in some lines, both from 0. */
export type CharacterPlace = { readonly line: number; readonly column: number };

/** Where words stand in lines, however they are folded; null where they are not written as they read, as with escapes. */
export function findQuote(
  lines: readonly string[],
  quote: string,
): { readonly first: CharacterPlace; readonly last: CharacterPlace } | null {
  let text = '';
  const places: CharacterPlace[] = [];
  for (const [line, content] of lines.entries()) {
    for (let column = 0; column <= content.length; column += 1) {
      const character = content[column] ?? '\n';
      const space = /\s/.test(character);
      if (space && (text === '' || text.endsWith(' '))) continue;
      text += space ? ' ' : character;
      places.push({ line, column });
    }
  }
  const start = text.indexOf(quote);
  const first = places[start];
  const last = places[start + quote.length - 1];
  return start === -1 || !first || !last ? null : { first, last };
}
