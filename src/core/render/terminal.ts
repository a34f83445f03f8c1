/**
 * Text from records made safe for a terminal and for one line of output: control characters, escape sequences, line
 * separators and characters that turn the direction of writing are shown as `\u{…}`, never sent.
 */
export function escapeTerminal(text: string): string {
  return text.replace(unsafe, (character) => (character === '\t' ? ' ' : `\\u{${(character.codePointAt(0) as number).toString(16)}}`));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
