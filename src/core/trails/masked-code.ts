/** What a language writes texts and comments with. */
export type Quoting = {
  /** Whether `${…}` in backquotes is code, and a slash may begin a pattern. */
  readonly script: boolean;
  /** Whether a lone quote may be a lifetime instead of a character. */
  readonly lifetimes: boolean;
};

const before =
  /(?:^|[(,=:[!&|?{};+\-*%~^<>\n]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield))\s*$/;

/** A source text in which every character of a text, a pattern or a comment is a blank; line feeds stay, so that places do. */
export function maskedCode(text: string, quoting: Quoting): string {
  const pieces: string[] = [];
  let at = 0;
  let start = 0;
  while (at < text.length) {
    const end = endOfQuoted(text, at, quoting);
    if (end === at) {
      at++;
      continue;
    }
    pieces.push(text.slice(start, at), text.slice(at, end).replace(/[^\n]/g, ' '));
    at = end;
    start = end;
  }
  pieces.push(text.slice(start));
  return pieces.join('');
}

/** Where the text, pattern or comment that begins here ends; the same place where none begins. */
function endOfQuoted(text: string, at: number, quoting: Quoting): number {
  const character = text[at] as string;
  const next = text[at + 1];
  if (character === '/' && next === '/') return endOr(text.indexOf('\n', at), text.length);
  if (character === '/' && next === '*') return endOr(text.indexOf('*/', at + 2) + 2, text.length);
  if (character === '`') return quoting.lifetimes ? at : templateEnd(text, at, quoting);
  if (character === "'" && quoting.lifetimes) {
    const literal = /^'(?:\\.[^']*|[^\\'\n])'/u.exec(text.slice(at, at + 16));
    return at + (literal?.[0].length ?? 0);
  }
  if (character === '"' || character === "'") return stringEnd(text, at, quoting.lifetimes);
  if (character === '/' && quoting.script && before.test(text.slice(Math.max(0, at - 24), at)))
    return patternEnd(text, at);
  return at;
}

function endOr(found: number, otherwise: number): number {
  return found <= 1 ? otherwise : found;
}

/** A text ends at its quote, else with its line, unless the language lets it go on. */
function stringEnd(text: string, at: number, long: boolean): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++;
    else if (text[end] === text[at]) return end + 1;
    else if (text[end] === '\n' && !long) return end;
  }
  return text.length;
}

function templateEnd(text: string, at: number, quoting: Quoting): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '`') return end + 1;
    if (!quoting.script) continue;
    if (text[end] === '\\') end++;
    else if (text[end] === '$' && text[end + 1] === '{') end = codeEnd(text, end + 2, quoting) - 1;
  }
  return text.length;
}

/** The end of the code in a template: behind its closing brace. */
function codeEnd(text: string, at: number, quoting: Quoting): number {
  let depth = 1;
  let end = at;
  while (end < text.length) {
    const after = endOfQuoted(text, end, quoting);
    if (after > end) {
      end = after;
      continue;
    }
    if (text[end] === '{') depth++;
    if (text[end] === '}' && --depth === 0) return end + 1;
    end++;
  }
  return text.length;
}

function patternEnd(text: string, at: number): number {
  let group = false;
  for (let end = at + 1; end < text.length && text[end] !== '\n'; end++) {
    if (text[end] === '\\') end++;
    else if (text[end] === '[') group = true;
    else if (text[end] === ']') group = false;
    else if (text[end] === '/' && !group) return end + 1;
  }
  return at;
}
