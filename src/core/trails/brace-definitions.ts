import type { Definition } from './definition.ts';
import { maskedCode } from './masked-code.ts';

export type BraceLanguage = 'script' | 'go' | 'rust';

const modifiers =
  '(?:(?:export|default|declare|public|private|protected|static|async|abstract|override|readonly|accessor|get|set)\\s+)*';

/** Heads of what has a body in braces; the name is the first group. */
const headed: Readonly<Record<BraceLanguage, readonly RegExp[]>> = {
  script: [
    /(?<![\w$.#])(?:function\b\s*\*?|class|interface|enum|namespace)\s+([\p{L}_$][\p{L}\p{N}_$]*)/gu,
    new RegExp(
      `^[ \\t]*${modifiers}\\*?\\s*#?([\\p{L}_$][\\p{L}\\p{N}_$]*)\\??\\s*(?=[(<])`,
      'gmu',
    ),
  ],
  go: [/^func\s+(?:\([^)]*\)\s*)?([\p{L}_][\p{L}\p{N}_]*)/gmu],
  rust: [/(?<!\w)(?:fn|struct|enum|trait|mod|union)\s+([\p{L}_][\p{L}\p{N}_]*)/gu],
};

/** Heads of what ends where its statement does. */
const stated: Readonly<Record<BraceLanguage, readonly RegExp[]>> = {
  script: [
    /(?<![\w$.#])(?:const|let|var|type)\s+([\p{L}_$][\p{L}\p{N}_$]*)(?=\s*[=:<;]|\s*$)/gmu,
    new RegExp(
      `^[ \\t]*${modifiers}#?([\\p{L}_$][\\p{L}\\p{N}_$]*)\\s*(?::[^=;\\n]+)?=\\s*(?:async\\s*)?(?=\\([^)]*\\)[^=;\\n]*=>|[\\p{L}_$][\\w$]*\\s*=>|function\\b)`,
      'gmu',
    ),
  ],
  go: [/^(?:type|const|var)\s+([\p{L}_][\p{L}\p{N}_]*)/gmu],
  rust: [/(?<!\w)(?:const|static|type)\s+(?:mut\s+)?([\p{L}_][\p{L}\p{N}_]*)(?=\s*[:=<])/gu],
};

const noNames: ReadonlySet<string> = new Set(
  'if for while switch catch return with function new await typeof super import do else in of yield throw delete void'.split(
    ' ',
  ),
);

/** The named things of a text whose bodies stand in braces. Texts, patterns and comments are looked through first. */
export function braceDefinitions(text: string, language: BraceLanguage): readonly Definition[] {
  const code = maskedCode(text, {
    script: language === 'script',
    lifetimes: language === 'rust',
  });
  const place = lineOf(code);
  const made = (head: RegExpMatchArray, end: (from: number) => Ending | null): Definition[] => {
    const name = head[1] as string;
    const from = (head.index ?? 0) + head[0].length;
    const ending = noNames.has(name) ? null : end(from);
    if (ending === null) return [];
    const written = (head.index ?? 0) + head[0].search(/\S/);
    return [
      {
        name,
        first: firstLine(code, place(written)),
        last: place(ending.at - 1),
        body: ending.body,
      },
    ];
  };
  const [words, methods] = headed[language];
  const heads = (pattern: RegExp | undefined): readonly RegExpMatchArray[] =>
    pattern === undefined ? [] : [...code.matchAll(pattern)];
  const all = [
    ...heads(words).flatMap((head) => made(head, (from) => bodyEnd(code, from))),
    ...heads(methods).flatMap((head) => made(head, (from) => methodEnd(code, from))),
    ...stated[language]
      .flatMap(heads)
      .flatMap((head) => made(head, (from) => ({ at: statementEnd(code, from), body: true }))),
  ];
  const seen = new Map(all.map((item) => [`${item.name}:${item.first}:${item.last}`, item]));
  return [...seen.values()].sort((a, b) => a.first - b.first || b.last - a.last);
}

type Ending = { readonly at: number; readonly body: boolean };

function lineOf(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

/** The line of a head, or that of the first decorator or attribute above it. */
function firstLine(code: string, line: number): number {
  const lines = code.split('\n', line);
  let first = line;
  while (/^\s*(?:@|#\[)/.test(lines[first - 2] ?? '')) first--;
  return first;
}

/** Behind the body that follows a head, past its parameters and its type; behind a semicolon where it has none. */
function bodyEnd(code: string, from: number): Ending | null {
  let at = from;
  let type = false;
  while (at < code.length) {
    const character = code[at] as string;
    if (character === ';') return { at: at + 1, body: false };
    if (character === '}') return null;
    if (character === '(' || character === '[' || (character === '{' && type)) {
      at = pairEnd(code, at);
      type = false;
      continue;
    }
    if (character === '{') return { at: pairEnd(code, at), body: true };
    // Behind these a brace is part of a type.
    if (/\S/.test(character)) type = /[:|&<,=]/.test(character) || endsArrow(code, at);
    at++;
  }
  return null;
}

function endsArrow(code: string, at: number): boolean {
  return code[at] === '>' && code[at - 1] === '=';
}

/** As for any body; but what follows the parameters of a call is no type and no brace. */
function methodEnd(code: string, from: number): Ending | null {
  const open = code[from] === '<' ? code.indexOf('(', from) : from;
  if (open === -1) return null;
  const after = pairEnd(code, open);
  const next = /\S/.exec(code.slice(after, after + 200))?.[0];
  if (next !== '{' && next !== ':') return null;
  const found = bodyEnd(code, after);
  return found?.body === false && next !== ':' ? null : found;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Behind the bracket that closes the one at a place. */
function pairEnd(code: string, from: number): number {
  const open = code[from] as string;
  const close = closing[open];
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    if (code[at] === open) depth++;
    if (code[at] === close && --depth === 0) return at + 1;
  }
  return code.length;
}

/** Behind a statement without a body of its own: its semicolon, or the end of a line after which nothing of it goes on. */
function statementEnd(code: string, from: number): number {
  let at = from;
  while (at < code.length) {
    const character = code[at] as string;
    if (character === ';') return at + 1;
    if (character in closing) {
      at = pairEnd(code, at);
      continue;
    }
    if (character === ')' || character === ']' || character === '}') return at;
    if (character === '\n' && ends(code, at)) return at;
    at++;
  }
  return code.length;
}

function ends(code: string, at: number): boolean {
  return (
    !/[=>+\-*/%&|?:,.(<]\s*$/.test(code.slice(Math.max(0, at - 80), at)) &&
    !/^\s*(?:[.+\-*/%&|?:,=)\]]|=>)/.test(code.slice(at, at + 200))
  );
}
