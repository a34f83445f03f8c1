import { quotedYaml } from './write-yaml.ts';

/** A line that no quotes mend: what stands from `start` to `end`, and what was meant there. */
export type LineSlip = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly message: string;
};

/**
 * What somebody most likely meant by a line that keeps a text from being YAML: a blank that YAML does not know, a colon without
 * one, an equals sign, a quote or bracket that nobody closed. Whether it was meant so, reading the mended text shows.
 *
 * @param at offset of the line in the text
 * @param line without its ending
 */
export function lineSlips(at: number, line: string): readonly LineSlip[] {
  const from = line.search(/[^ ]/);
  if (from < 0 || line[from] === '#') return [];
  const start = at + from;
  const end = at + line.trimEnd().length;
  const words = line.slice(from).trimEnd();
  const slip = (text: string, message: string): LineSlip => ({ start, end, text, message });
  const [, key, sign = '', rest = ''] =
    /^((?:- +)*[A-Za-z_][\w-]*)(:|\s*=\s*)(\S.*)$/.exec(words) ?? [];
  return [
    ...(hidden.test(words) ? [slip(plainBlanks(words), `holds ${hiddenName(words)}`)] : []),
    ...(key === undefined
      ? []
      : [
          slip(
            `${key}: ${rest}`,
            sign === ':'
              ? `${shown(words)} has no blank after its colon, so it is not read as a key and its value`
              : `${shown(words)} has an equals sign where a colon and a blank have to stand`,
          ),
        ]),
    ...openQuotes(start, words),
    ...openBrackets(words).map((text) =>
      slip(text, `${shown(words)} does not close each bracket that it opens`),
    ),
  ];
}

/** Characters that look like a blank, or like nothing, and are no blank of YAML's. */
const hidden = /[\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]/;

/** A text with the blanks that YAML knows in place of those that it does not. */
export function plainBlanks(text: string): string {
  return text
    .replaceAll(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replaceAll(new RegExp(hidden, 'g'), ' ');
}

/** The first blank of a text that YAML does not know, in words; null where there is none. */
export function hiddenName(text: string): string | null {
  const found = hidden.exec(text)?.[0];
  if (found === undefined) return null;
  const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `${found === '\u00a0' ? 'a no-break space' : 'a character that does not show'} (U+${code})`;
}

/** `"text`, and `"C:\data"`, whose escapes nobody meant. */
function openQuotes(start: number, words: string): readonly LineSlip[] {
  const [, before = '', written = ''] =
    /^((?:- +)*(?:[A-Za-z_][\w-]*: +)?)(".*)$/.exec(words) ?? [];
  const closed = /^"((?:[^"\\]|\\.)*)"$/.exec(written)?.[1];
  const isOpen = /^"(?:[^"\\]|\\.)*$/.test(written);
  if (!isOpen && closed === undefined) return [];
  if (closed !== undefined && !closed.includes('\\')) return [];
  const message = isOpen
    ? `${shown(written)} begins with ", which is closed nowhere on its line`
    : `${shown(written)} holds \\, which begins an escape between double quotes`;
  return [
    {
      start: start + before.length,
      end: start + words.length,
      text: quotedYaml(closed ?? written.slice(1)),
      message,
    },
  ];
}

/** The line with each bracket closed by its own kind; nothing where that is so already, or where quotes might hide some. */
function openBrackets(words: string): readonly string[] {
  if (/["']/.test(words)) return [];
  const open: string[] = [];
  let text = '';
  for (const character of words) {
    if (character === '[') open.push(']');
    if (character === '{') open.push('}');
    if (']}'.includes(character)) {
      while (open.length > 0 && open.at(-1) !== character) text += open.pop();
      open.pop();
    }
    text += character;
  }
  const whole = text + open.reverse().join('');
  return whole === words ? [] : [whole];
}

function shown(written: string): string {
  return written.length > 60 ? `${written.slice(0, 59)}…` : written;
}
