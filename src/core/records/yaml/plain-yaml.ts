import {
  type Cursor,
  endValue,
  inlineValue,
  notePlace,
  notPlain,
  type Places,
  skipSpaces,
} from './plain-scalars.ts';

/** Levels that this reader follows; deeper texts are for the full reader. */
const deepest = 32;

/**
 * Reads the plain part of YAML in which nearly every record is written, an order of magnitude faster than the full
 * reader: block maps and lists, brackets on one line, plain and quoted texts on one line, literal blocks.
 *
 * @returns the value, the same that the full reader gives, or undefined where anything in the text is beyond that part:
 *   then only the full reader can tell. It never guesses.
 */
export function plainYaml(text: string): object | undefined {
  return readPlain(text, null)?.value;
}

/** A text read by `plainYaml`, with the offset of its first key. */
export type PlainText = { readonly value: object; readonly start: number; readonly cursor: Cursor };

/** Reads as `plainYaml` does and notes where entries stand, where it is given a book for that. */
export function readPlain(text: string, places: Places | null): PlainText | undefined {
  const lines = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  if (lines.includes('\t')) return undefined;
  const ended = lines.endsWith('\n');
  const cursor: Cursor = {
    text: ended ? lines : `${lines}\n`,
    at: 0,
    ended,
    start: 0,
    end: 0,
    places,
  };
  try {
    if (nextLine(cursor) !== 0 || isDash(cursor)) return undefined;
    const start = cursor.at;
    const value = blockMap(cursor, 0, 0);
    return cursor.at >= cursor.text.length ? { value, start, cursor } : undefined;
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

/** Goes to the next line that says something. Gives its indentation, with the cursor after it; -1 at the end of the text. */
function nextLine(cursor: Cursor): number {
  const { text } = cursor;
  for (;;) {
    const start = cursor.at;
    skipSpaces(cursor);
    if (cursor.at >= text.length) return -1;
    const character = text[cursor.at];
    if (character !== '\n' && character !== '#') return cursor.at - start;
    cursor.at = text.indexOf('\n', cursor.at) + 1;
  }
}

/** Looks at the indentation of the next line that says something, and goes to its start. */
function peekLine(cursor: Cursor): number {
  const indent = nextLine(cursor);
  if (indent > 0) cursor.at -= indent;
  return indent;
}

function isDash({ text, at }: Cursor): boolean {
  return text[at] === '-' && (text[at + 1] === ' ' || text[at + 1] === '\n');
}

/** A block map whose keys stand at a column. The cursor is at its first key. */
function blockMap(cursor: Cursor, indent: number, depth: number): object {
  if (depth > deepest) throw notPlain;
  const map: Record<string, unknown> = {};
  for (;;) {
    const start = cursor.at;
    const key = blockKey(cursor);
    if (Object.hasOwn(map, key)) throw notPlain;
    map[key] = blockValue(cursor, indent, depth, true);
    notePlace(cursor, map, key, [start, start + key.length]);
    const next = peekLine(cursor);
    if (next < indent) return map;
    cursor.at += next;
    if (next > indent || isDash(cursor)) throw notPlain;
  }
}

const keyForm = /([A-Za-z0-9_][A-Za-z0-9_./-]{0,99}):(?=[ \n])/y;

function blockKey(cursor: Cursor): string {
  keyForm.lastIndex = cursor.at;
  const found = keyForm.exec(cursor.text)?.[1];
  if (found === undefined || found === '__proto__') throw notPlain;
  cursor.at += found.length + 1;
  return found;
}

/** A block list whose dashes stand at a column. The cursor is at its first dash. */
function blockList(cursor: Cursor, indent: number, depth: number): readonly unknown[] {
  if (depth > deepest) throw notPlain;
  const items: unknown[] = [];
  for (;;) {
    cursor.at += 1;
    items.push(blockItem(cursor, indent, depth));
    if (cursor.start < cursor.end) notePlace(cursor, items, items.length - 1, null);
    const next = peekLine(cursor);
    if (next < indent) return items;
    cursor.at += next;
    if (next > indent) throw notPlain;
    if (isDash(cursor)) continue;
    cursor.at -= next;
    return items;
  }
}

function blockItem(cursor: Cursor, indent: number, depth: number): unknown {
  const before = cursor.at;
  skipSpaces(cursor);
  const column = indent + 1 + cursor.at - before;
  if (isDash(cursor)) throw notPlain;
  keyForm.lastIndex = cursor.at;
  if (!keyForm.test(cursor.text)) return blockValue(cursor, indent, depth, false);
  const start = cursor.at;
  const map = blockMap(cursor, column, depth + 1);
  cursor.start = start;
  return map;
}

/** What stands after a key or dash, to the end of its lines. */
function blockValue(cursor: Cursor, indent: number, depth: number, ofMap: boolean): unknown {
  const { text, at } = cursor;
  skipSpaces(cursor);
  const start = cursor.at;
  const character = text[start];
  if (character === '\n' || (character === '#' && text[start - 1] === ' '))
    return valueBelow(cursor, indent, depth, ofMap ? at - 1 : at);
  if (character === '|') return literalBlock(cursor, indent);
  const value = inlineValue(cursor, depth, false);
  endValue(cursor, start);
  endLine(cursor);
  return value;
}

/** A block list or map in the lines below, or null. Where it is null, it stands nowhere, at `unwritten`: the end of its key, or behind its dash. */
function valueBelow(cursor: Cursor, indent: number, depth: number, unwritten: number): unknown {
  const ofMap = cursor.text[unwritten] === ':';
  endLine(cursor);
  const next = nextLine(cursor);
  if (next > indent || (ofMap && next === indent && isDash(cursor)))
    return blockBelow(cursor, next, depth + 1);
  if (next > 0) cursor.at -= next;
  cursor.start = unwritten;
  cursor.end = unwritten;
  return null;
}

function blockBelow(cursor: Cursor, indent: number, depth: number): object {
  const start = cursor.at;
  const value = isDash(cursor) ? blockList(cursor, indent, depth) : blockMap(cursor, indent, depth);
  // The end is that of the last entry, which was noted on the way.
  cursor.start = start;
  return value;
}

/** Nothing but spaces and a comment may follow on the line. Goes to the start of the next one. */
function endLine(cursor: Cursor): void {
  const before = cursor.at;
  skipSpaces(cursor);
  const character = cursor.text[cursor.at];
  if (
    character !== '\n' &&
    !(character === '#' && (cursor.at > before || cursor.text[cursor.at - 1] === ' '))
  )
    throw notPlain;
  cursor.at = cursor.text.indexOf('\n', cursor.at) + 1;
}

/** A literal block, `|` or `|-`, whose lines hold more than spaces or are empty. */
function literalBlock(cursor: Cursor, indent: number): string {
  const { text } = cursor;
  const start = cursor.at;
  const strip = text[cursor.at + 1] === '-';
  cursor.at += strip ? 2 : 1;
  if (text[cursor.at] !== '\n') throw notPlain;
  cursor.at += 1;
  const lines = literalLines(cursor, indent);
  while (lines.at(-1) === '') lines.pop();
  if (lines.length === 0 || (cursor.at >= text.length && !cursor.ended)) throw notPlain;
  cursor.start = start;
  cursor.end = cursor.at - 1;
  while (text[cursor.end - 1] === '\n') cursor.end -= 1;
  return strip ? lines.join('\n') : `${lines.join('\n')}\n`;
}

function literalLines(cursor: Cursor, indent: number): string[] {
  const { text } = cursor;
  const lines: string[] = [];
  let inner = -1;
  while (cursor.at < text.length) {
    const start = cursor.at;
    const end = text.indexOf('\n', start);
    skipSpaces(cursor);
    const spaces = cursor.at - start;
    if (cursor.at === end) {
      if (spaces > 0) throw notPlain;
    } else if (inner === -1 ? spaces <= indent : spaces < inner) {
      cursor.at = start;
      return lines;
    } else if (inner === -1) inner = spaces;
    lines.push(text.slice(Math.min(start + Math.max(inner, 0), end), end));
    cursor.at = end + 1;
  }
  return lines;
}
