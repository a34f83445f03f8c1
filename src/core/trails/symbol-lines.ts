import { type BraceLanguage, braceDefinitions } from './brace-definitions.ts';
import type { Definition } from './definition.ts';
import { pythonDefinitions } from './python-definitions.ts';

/** Where a symbol is: its lines, that nothing or more than one thing has this name, or that nobody here reads the language. */
export type SymbolPlace =
  | { readonly kind: 'found'; readonly lines: readonly [number, number] }
  | { readonly kind: 'absent' | 'twice' }
  | { readonly kind: 'not-understood'; readonly language: string };

const scripts: readonly string[] = ['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'];
const languages: ReadonlyMap<string, 'python' | BraceLanguage> = new Map([
  ['py', 'python'],
  ['pyi', 'python'],
  ['go', 'go'],
  ['rs', 'rust'],
  ...scripts.map((name) => [name, 'script'] as const),
]);

/** The functions, classes and named values of a text; null where its language is none of Python, JavaScript, TypeScript, Go and Rust. */
export function definitionsOf(path: string, text: string): readonly Definition[] | null {
  const language = languages.get(extension(path));
  if (language === undefined) return null;
  return language === 'python' ? pythonDefinitions(text) : braceDefinitions(text, language);
}

/**
 * First and last line of a function or class by its name, bare or dotted. What is found twice is not found: a guess would put a
 * person's reason beside the wrong code.
 */
export function findSymbol(path: string, text: string, symbol: string): SymbolPlace {
  const all = definitionsOf(path, text);
  if (all === null) return { kind: 'not-understood', language: languageName(path) };
  let range: readonly [number, number] = [1, Number.MAX_SAFE_INTEGER];
  for (const name of symbol.split('.')) {
    const named = all.filter(
      (item) => item.name === name && item.first >= range[0] && item.last <= range[1],
    );
    const bodies = named.filter(({ body }) => body);
    const [found, ...others] = bodies.length > 0 ? bodies : named;
    if (!found) return { kind: 'absent' };
    if (others.length > 0) return { kind: 'twice' };
    range = [found.first, found.last];
  }
  return { kind: 'found', lines: range };
}

/** Whether some lines and a symbol have a line in common: a block may begin with a comment above it, or end with the blank lines below. */
export function overlaps(
  [first, last]: readonly [number, number],
  symbol: readonly [number, number],
): boolean {
  return first <= symbol[1] && symbol[0] <= last;
}

/** Dotted name of the innermost thing that holds some lines; null at the top of a file. */
export function enclosingSymbol(
  all: readonly Definition[],
  [first, last]: readonly [number, number],
): string | null {
  const holding = all
    .filter((item) => item.first <= first && item.last >= last)
    .sort((a, b) => b.last - b.first - (a.last - a.first));
  return holding.length === 0 ? null : holding.map(({ name }) => name).join('.');
}

/** How a language is called in a sentence: by the ending of its files. */
function languageName(path: string): string {
  const ending = extension(path);
  return ending === '' ? 'a file without an ending' : `.${ending}`;
}

function extension(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
}
