/** Where in a YAML text something is being typed: the keys on the way down, and whether a key or a value is expected. */
export type YamlPlace = {
  /** Keys from the top, the one whose value is typed last; list items have none of their own. */
  readonly keys: readonly string[];
  readonly expects: 'key' | 'value';
  /** What stands there already, up to the cursor. */
  readonly typed: string;
};

/**
 * Finds the place from the lines above and the text before the cursor. Half-typed YAML is no YAML, so nothing is parsed:
 * indentation says what belongs to what, as it does for a reader.
 *
 * @param lines the text up to the cursor; its last line ends there
 */
export function yamlPlace(lines: readonly string[]): YamlPlace | null {
  const current = lines.at(-1) ?? '';
  const [, before = '', content = ''] = /^([ ]*(?:- +)*)(.*)$/.exec(current) ?? [];
  if (content.startsWith('#') || /\s#/.test(content)) return null;
  const inFlow = flowPlace(content);
  const own = inFlow ?? blockPlace(content, before.includes('-'));
  // A list item of a block belongs to the key above its dash, everything else to the key above its own column.
  const column =
    own.keys.length === 0 && own.expects === 'value' ? before.indexOf('-') : before.length;
  return { ...own, keys: [...parentsOf(lines.slice(0, -1), column, before), ...own.keys] };
}

type OwnPlace = {
  readonly keys: readonly string[];
  readonly expects: 'key' | 'value';
  readonly typed: string;
};

/** `key: value`, a bare item of a list, or a key that is being typed. */
function blockPlace(content: string, isItem: boolean): OwnPlace {
  const pair = /^["']?([\w.-]+)["']?:\s+(.*)$/.exec(content);
  if (pair) return { keys: [pair[1] ?? ''], expects: 'value', typed: unquoted(pair[2] ?? '') };
  return { keys: [], expects: isItem ? 'value' : 'key', typed: unquoted(content) };
}

/** Inside `{…}` or `[…]` on one line: the innermost bracket that is still open decides. */
function flowPlace(content: string): OwnPlace | null {
  const open: { readonly bracket: string; readonly keys: readonly string[] }[] = [];
  let keys: readonly string[] = [];
  let typed = '';
  for (const character of content) {
    if (character === '{' || character === '[') {
      open.push({ bracket: character, keys });
      typed = '';
    } else if (character === '}' || character === ']') {
      open.pop();
      typed = '';
    } else if (character === ',') {
      keys = open.at(-1)?.keys ?? [];
      typed = '';
    } else if (character === ':') {
      keys = [...(open.at(-1)?.keys ?? []), typed.trim().replace(/["']/g, '')];
      typed = '';
    } else typed += character;
  }
  const inner = open.at(-1);
  if (!inner) return null;
  return {
    keys,
    expects: inner.bracket === '{' && keys.length === inner.keys.length ? 'key' : 'value',
    typed: unquoted(typed.trimStart()),
  };
}

function unquoted(text: string): string {
  return text.replace(/^["']/, '');
}

/** The keys of the lines above that the column hangs on, from the top. */
function parentsOf(above: readonly string[], column: number, before: string): readonly string[] {
  const keys: string[] = [];
  let limit = column;
  // `- ` may stand in the very column of its key.
  let mayBeLevel = before.includes('-') && column === before.indexOf('-');
  for (const line of above.toReversed()) {
    const [, indent = '', key, rest = ''] =
      /^([ ]*(?:- +)*)["']?([\w.-]+)["']?:(?:\s+(.*))?$/.exec(line) ?? [];
    if (key === undefined || rest.startsWith('#')) continue;
    const at = indent.length;
    const isParent = at < limit || (mayBeLevel && at === limit && !indent.includes('-'));
    if (!isParent) continue;
    keys.unshift(key);
    const dash = indent.indexOf('-');
    limit = dash >= 0 ? dash : at;
    mayBeLevel = dash >= 0;
    if (limit === 0 && !mayBeLevel) break;
  }
  return keys;
}
