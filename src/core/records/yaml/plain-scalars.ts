/** A place in a text that ends with a line feed. */
export type Cursor = {
  readonly text: string;
  at: number;
  /** Whether the text ended with a line feed before one was added. */
  readonly ended: boolean;
  /** Where the value that was read last begins and ends; the same where nothing is written. */
  start: number;
  end: number;
  /** Where entries stand, by the list or map that holds them; null where nobody asked. */
  readonly places: Places | null;
};

/** Offsets of an entry: of its key, none in a list, and of its value. */
export type Place = { readonly key: Span | null; readonly value: Span };
export type Span = readonly [start: number, end: number];
export type Places = Map<object, Map<string | number, Place>>;

/** Notes where an entry stands whose value was just read. */
export function notePlace(
  cursor: Cursor,
  holder: object,
  step: string | number,
  key: Span | null,
): void {
  if (cursor.places === null) return;
  const entries = cursor.places.get(holder) ?? new Map<string | number, Place>();
  entries.set(step, { key, value: [cursor.start, cursor.end] });
  cursor.places.set(holder, entries);
}

/** Says that the value which was just read began there and ended here. */
export function endValue(cursor: Cursor, start: number): void {
  cursor.start = start;
  cursor.end = cursor.at;
}

/** Thrown where a text goes beyond the plain part of YAML; caught by the reader, never seen outside. */
export const notPlain = Symbol('not plain');

export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === 0x20) cursor.at += 1;
}

/** Begins like no indicator, holds neither a comment nor a key. To the end of the line, or to a bracket or comma. */
const inBlock = /(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-(?=[0-9]))[^\n]*/y;
const inFlow = /(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-(?=[0-9]))[^\n,[\]{}]*/y;

/** A text, number, boolean or null without quotes, on one line. */
function plainScalar(cursor: Cursor, flow: boolean): unknown {
  const form = flow ? inFlow : inBlock;
  form.lastIndex = cursor.at;
  const found = form.exec(cursor.text)?.[0];
  if (found === undefined) throw notPlain;
  const comment = found.indexOf(' #');
  if (comment !== -1 && flow) throw notPlain;
  const written = comment === -1 ? found : found.slice(0, comment);
  const source = withoutLastSpaces(written);
  if (source.includes(': ') || source.endsWith(':')) throw notPlain;
  cursor.at += source.length;
  return resolved(source);
}

function withoutLastSpaces(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0x20) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

const numberForm = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** The value of a plain text in the core schema. What is rare and dangerous (`.nan`, `0x1F`, long numbers) is left to the full reader. */
function resolved(source: string): unknown {
  if (/^[0-9.+~-]/.test(source)) return resolvedNumber(source);
  if (source.length > 5) return source;
  if (/^(?:[Tt]rue|TRUE)$/.test(source)) return true;
  if (/^(?:[Ff]alse|FALSE)$/.test(source)) return false;
  return /^(?:[Nn]ull|NULL)$/.test(source) ? null : source;
}

function resolvedNumber(source: string): unknown {
  if (source === '~') return null;
  if (!numberForm.test(source)) {
    if (/^(?:0[xo]|[-+]?\.[iInN])/.test(source)) throw notPlain;
    return source;
  }
  const value = Number(source);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw notPlain;
  return value;
}

const doubleQuoted = /"((?:[^"\\\n]|\\["\\/bfnrt]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4})*)"/y;
const singleQuoted = /'((?:[^'\n]|'')*)'/y;

/** A text in quotes, on one line, with the escapes that JSON has too. */
function quotedText(cursor: Cursor): string {
  const double = cursor.text[cursor.at] === '"';
  const form = double ? doubleQuoted : singleQuoted;
  form.lastIndex = cursor.at;
  const found = form.exec(cursor.text);
  if (found === null) throw notPlain;
  const [whole, inner = ''] = found;
  cursor.at += whole.length;
  if (double) return inner.includes('\\') ? (JSON.parse(whole) as string) : inner;
  return inner.includes("''") ? inner.replaceAll("''", "'") : inner;
}

/** Levels of brackets that are followed here. */
const deepestFlow = 32;

/** A list or map in brackets, on one line. The cursor is at the bracket. */
function plainFlow(cursor: Cursor, depth: number): object {
  if (depth > deepestFlow) throw notPlain;
  return cursor.text[cursor.at] === '[' ? flowList(cursor, depth) : flowMap(cursor, depth);
}

function flowList(cursor: Cursor, depth: number): readonly unknown[] {
  const items: unknown[] = [];
  if (opensEmpty(cursor, ']')) return items;
  do {
    items.push(flowValue(cursor, depth));
    notePlace(cursor, items, items.length - 1, null);
  } while (isContinued(cursor, ']'));
  return items;
}

function flowMap(cursor: Cursor, depth: number): object {
  const map: Record<string, unknown> = {};
  if (opensEmpty(cursor, '}')) return map;
  do {
    const start = cursor.at;
    const key = flowKey(cursor);
    if (Object.hasOwn(map, key)) throw notPlain;
    map[key] = flowValue(cursor, depth);
    notePlace(cursor, map, key, [start, start + key.length]);
  } while (isContinued(cursor, '}'));
  return map;
}

function opensEmpty(cursor: Cursor, close: string): boolean {
  cursor.at += 1;
  skipSpaces(cursor);
  if (cursor.text[cursor.at] !== close) return false;
  cursor.at += 1;
  return true;
}

/** After an entry: true after a comma, with the cursor at the next entry; false after the closing bracket. */
function isContinued(cursor: Cursor, close: string): boolean {
  skipSpaces(cursor);
  const character = cursor.text[cursor.at];
  if (character !== ',' && character !== close) throw notPlain;
  cursor.at += 1;
  if (character === ',') skipSpaces(cursor);
  return character === ',';
}

const flowKeyForm = /([A-Za-z0-9_][A-Za-z0-9_./-]{0,99}): +/y;

function flowKey(cursor: Cursor): string {
  flowKeyForm.lastIndex = cursor.at;
  const found = flowKeyForm.exec(cursor.text);
  if (found === null || found[1] === undefined || found[1] === '__proto__') throw notPlain;
  cursor.at += found[0].length;
  return found[1];
}

function flowValue(cursor: Cursor, depth: number): unknown {
  const start = cursor.at;
  const value = inlineValue(cursor, depth + 1, true);
  endValue(cursor, start);
  return value;
}

/** A value on one line: in brackets, in quotes or plain. */
export function inlineValue(cursor: Cursor, depth: number, flow: boolean): unknown {
  const character = cursor.text[cursor.at];
  if (character === '[' || character === '{') return plainFlow(cursor, depth);
  return character === '"' || character === "'" ? quotedText(cursor) : plainScalar(cursor, flow);
}
