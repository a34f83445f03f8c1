import type { Definition } from './definition.ts';

/** A statement's head: the lines that it takes, its indentation, and the text of its first line. */
type Statement = {
  readonly first: number;
  readonly last: number;
  readonly indent: number;
  readonly text: string;
};

/**
 * The functions and classes of a Python text. Statements are told apart as Python does it: brackets, texts over several lines
 * and backslashes go on, and neither comments nor blank lines end a body.
 */
export function pythonDefinitions(text: string): readonly Definition[] {
  const all = statements(text.split('\n'));
  return all.flatMap((head, at): readonly Definition[] => {
    const name = /^\s*(?:async\s+)?(?:def|class)\s+([\p{L}_][\p{L}\p{N}_]*)/u.exec(head.text)?.[1];
    if (name === undefined) return [];
    let decorator = at;
    while (isDecorator(all[decorator - 1], head)) decorator--;
    let last = head.last;
    for (const next of all.slice(at + 1)) {
      if (next.indent <= head.indent) break;
      last = next.last;
    }
    return [{ name, first: (all[decorator] ?? head).first, last, body: true }];
  });
}

function isDecorator(statement: Statement | undefined, head: Statement): boolean {
  return statement?.indent === head.indent && statement.text.trimStart().startsWith('@');
}

function statements(lines: readonly string[]): readonly Statement[] {
  const found: Statement[] = [];
  let open: Reading = { quote: null, depth: 0, goesOn: false };
  let first = 0;
  for (const [index, line] of lines.entries()) {
    const inside = open.quote !== null || open.depth > 0 || open.goesOn;
    if (!inside) {
      if (/^\s*(?:#|$)/.test(line)) continue;
      first = index;
    }
    open = readLine(line, open);
    if (open.quote !== null || open.depth > 0 || open.goesOn) continue;
    const head = lines[first] as string;
    found.push({ first: first + 1, last: index + 1, indent: indentOf(head), text: head });
  }
  return found;
}

/** What a line leaves open: a text, brackets, or a backslash at its end. */
type Reading = {
  readonly quote: string | null;
  readonly depth: number;
  readonly goesOn: boolean;
};

function readLine(line: string, before: Reading): Reading {
  let { quote, depth } = before;
  let goesOn = false;
  let at = 0;
  while (at < line.length) {
    const character = line[at] as string;
    if (quote !== null) {
      if (character === '\\') {
        goesOn = isLast(line, at);
        at++;
      } else if (line.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = null;
      }
    } else if (character === '#') break;
    else if (character === '\\') goesOn = isLast(line, at);
    else if (character === '"' || character === "'") {
      quote = line.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
      at += quote.length - 1;
    } else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
    at++;
  }
  // A text of one line that nobody closed ends with it, whatever Python would say.
  return { quote: quote?.length === 1 && !goesOn ? null : quote, depth, goesOn };
}

function isLast(line: string, at: number): boolean {
  return line.slice(at + 1).trim() === '';
}

function indentOf(line: string): number {
  let width = 0;
  for (const character of line) {
    if (character === '\t') width += 8 - (width % 8);
    else if (character === ' ') width++;
    else break;
  }
  return width;
}
