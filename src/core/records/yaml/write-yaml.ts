/** How values are laid out: the line ending of the file around them. */
export type Layout = { readonly lineEnding: '\n' | '\r\n' };

/** Longest list or map that is written on one line when it could take several, in characters. */
const shortLine = 100;

/**
 * A value on one line: plain where that is safe, else in double quotes; lists and maps in brackets.
 *
 * @throws RangeError for a number that is not finite: no record may hold one
 */
export function inlineYaml(value: unknown): string {
  if (typeof value === 'string') return isPlainInFlow(value) ? value : quotedYaml(value);
  if (typeof value === 'number') return numeral(value);
  if (Array.isArray(value)) return `[${value.map(inlineYaml).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${entriesOf(value)
      .map(([key, inner]) => `${keyYaml(key)}: ${inlineYaml(inner)}`)
      .join(', ')}}`;
  return typeof value === 'boolean' ? String(value) : 'null';
}

/**
 * What stands after `key:` for a value, its space or line break included. Texts of several lines become literal
 * blocks, lists and maps blocks of their own unless they are short.
 *
 * @param indent spaces before the key
 */
export function valueYaml(value: unknown, indent: number, layout: Layout): string {
  if (typeof value === 'string')
    return ` ${isLiteral(value) ? literal(value, indent + 2, layout) : scalarText(value)}`;
  if (typeof value !== 'object' || value === null) return ` ${inlineYaml(value)}`;
  const inline = inlineYaml(value);
  if (inline.length <= shortLine && isShallow(value)) return ` ${inline}`;
  return `${layout.lineEnding}${blockYaml(value, indent + 2, layout)}`;
}

/** A list or map in lines of its own, each indented, without an ending after the last. */
export function blockYaml(value: object, indent: number, layout: Layout): string {
  const lines = Array.isArray(value)
    ? value.map((item) => itemYaml(item, indent, layout))
    : entriesOf(value).map(
        ([key, inner]) =>
          `${' '.repeat(indent)}${keyYaml(key)}:${valueYaml(inner, indent, layout)}`,
      );
  return lines.length > 0
    ? lines.join(layout.lineEnding)
    : `${' '.repeat(indent)}${inlineYaml(value)}`;
}

/** One item of a list, indented, without an ending. The first key of a map stands on the line of the dash. */
export function itemYaml(item: unknown, indent: number, layout: Layout): string {
  const dash = `${' '.repeat(indent)}-`;
  const rendered = valueYaml(item, indent, layout);
  const broken = rendered.startsWith(layout.lineEnding);
  return broken
    ? `${dash} ${rendered.slice(layout.lineEnding.length + indent + 2)}`
    : `${dash}${rendered}`;
}

/** A list with each item on a line of its own, whatever its length, so that a merge of two branches sees items and not one line. */
export function entriesYaml(
  items: readonly unknown[],
  indent: number,
  { lineEnding }: Layout,
): string {
  return items.map((item) => `${' '.repeat(indent)}- ${inlineYaml(item)}`).join(lineEnding);
}

/** A key. Always plain or quoted text, on one line. */
export function keyYaml(key: string): string {
  return inlineYaml(key);
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, inner]) => inner !== undefined);
}

/** A list or map of single values, or a list of such: it reads well on one line. */
function isShallow(value: object, depth = 0): boolean {
  return Object.values(value).every(
    (inner) =>
      typeof inner !== 'object' || inner === null || (depth === 0 && isShallow(inner as object, 1)),
  );
}

function numeral(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('a record holds finite numbers only');
  return Object.is(value, -0) ? '-0.0' : String(value);
}

function scalarText(value: string): string {
  return isPlain(value) ? value : quotedYaml(value);
}

/** Texts that YAML's core schema reads as something else. */
const otherMeaning =
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|<<|=)$/;

/** Begins with no indicator, holds no character that could be mistaken, ends with no space. */
const plainForm =
  /^[\p{L}\p{N}_./+(@$^;~](?:[\p{L}\p{M}\p{N}\p{P}\p{S} ]*[\p{L}\p{M}\p{N}\p{P}\p{S}])?$/u;

function isPlain(value: string): boolean {
  return plainForm.test(value) && !/^@|: |:$| #|^\.\.\./.test(value) && !otherMeaning.test(value);
}

function isPlainInFlow(value: string): boolean {
  return isPlain(value) && !/[,[\]{}]|:["'\s]/.test(value) && value.length <= 1000;
}

/** Characters that JSON leaves as they are and YAML or an editor does not. */
const unsafe =
  /[\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g;

/** In double quotes, as JSON writes it, with everything escaped that does not print. A lone surrogate, which no file can hold, becomes U+FFFD. */
export function quotedYaml(value: string): string {
  const whole = value.replace(/\p{Surrogate}/gu, '\ufffd');
  return JSON.stringify(whole).replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whether a text keeps all its characters as a literal block: several lines, none of which is blank but for spaces. */
function isLiteral(value: string): boolean {
  if (!value.includes('\n') || !/^\S/.test(value) || /\n\n$/.test(value)) return false;
  return (
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for.
    !/[\0-\x08\x0b-\x1f]|^[ \t]+$|^\t|[^\n]\t/m.test(value) &&
    value.search(unsafe) === -1 &&
    !/\p{Surrogate}/u.test(value)
  );
}

function literal(value: string, indent: number, { lineEnding }: Layout): string {
  const ended = value.endsWith('\n');
  const lines = (ended ? value.slice(0, -1) : value)
    .split('\n')
    .map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`));
  return `${ended ? '|' : '|-'}${lineEnding}${lines.join(lineEnding)}`;
}
