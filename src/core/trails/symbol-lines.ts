const decoder = new TextDecoder('utf-8');

/**
 * First and last line of a function or class by its name, bare or dotted, in a language that marks bodies by indentation or
 * braces. Null where it is not found, or found twice: a guess would put a person's reason beside the wrong code.
 */
export function symbolLines(
  path: string,
  bytes: Uint8Array,
  symbol: string,
): readonly [number, number] | null {
  const lines = decoder.decode(bytes).split(/\r?\n/);
  let range: readonly [number, number] = [1, lines.length];
  for (const name of symbol.split('.')) {
    const starts = definitions(lines, name, range);
    if (starts.length !== 1) return null;
    range = [starts[0] as number, bodyEnd(path, lines, starts[0] as number)];
  }
  return range;
}

function definitions(
  lines: readonly string[],
  name: string,
  [first, last]: readonly [number, number],
): readonly number[] {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const definition = new RegExp(
    `^\\s*(?:(?:export|default|public|private|protected|static|async|abstract)\\s+)*(?:def|class|function\\*?|func|fn|struct|interface|const|let|var)\\s+${escaped}(?![\\w$])|^\\s+(?:async\\s+)?${escaped}\\s*\\([^)]*\\)\\s*\\{`,
  );
  return lines.flatMap((line, index) =>
    index + 1 >= first && index + 1 <= last && definition.test(line) ? [index + 1] : [],
  );
}

function bodyEnd(path: string, lines: readonly string[], first: number): number {
  return /\.(py|pyi|ya?ml)$/.test(path) ? indentedEnd(lines, first) : braceEnd(lines, first);
}

function indentedEnd(lines: readonly string[], first: number): number {
  const indent = (line: string): number => line.length - line.trimStart().length;
  let last = first;
  for (let line = first + 1; line <= lines.length; line++) {
    const text = lines[line - 1] as string;
    if (text.trim() === '') continue;
    if (indent(text) <= indent(lines[first - 1] as string)) break;
    last = line;
  }
  return last;
}

/** Braces are counted as they stand; one inside a text can mislead it, and the state `changed` says that a person has to look. */
function braceEnd(lines: readonly string[], first: number): number {
  let depth = 0;
  for (let line = first; line <= lines.length; line++) {
    for (const character of lines[line - 1] as string) {
      if (character === '{') depth++;
      if (character === '}' && --depth === 0) return line;
    }
    if (depth === 0 && /;\s*$/.test(lines[line - 1] as string)) return line;
  }
  return first;
}
