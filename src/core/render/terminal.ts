/**
 * Text from records made safe for a terminal, for one line of output and for the log of a CI job: control characters,
 * escape sequences, line separators, characters that turn the direction of writing, and what a forge's runner would
 * take for a command (`::error` at the beginning, `##[…]` and its kin anywhere) are shown as `\u{…}`, never sent.
 */
export function escapeTerminal(text: string): string {
  return text
    .replace(unsafe, (character) => (character === '\t' ? ' ' : shown(character)))
    .replace(/^(\s*):(?=:)/, `$1${shown(':')}`)
    .replace(/##(?=[a-z]*\[)/gi, `#${shown('#')}`);
}

function shown(character: string): string {
  return `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
