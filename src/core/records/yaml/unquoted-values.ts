import { quotedYaml } from './write-yaml.ts';

/** A plain text that YAML reads otherwise than whoever typed it: where it stands, and what to put there. */
export type UnquotedValue = {
  readonly start: number;
  readonly end: number;
  readonly written: string;
  readonly quoted: string;
};

const lineForm = /^(\s*(?:- +)*)((?:[A-Za-z0-9_][\w./-]*|"[^"]*"|'[^']*'): +)?(.*?)\s*$/;

/**
 * The values on a line that quotes might mend, the likeliest first. Whether they do, reading the mended text shows.
 *
 * @param start offset of the line in the text
 * @param line without its ending
 */
export function unquotedValues(start: number, line: string): readonly UnquotedValue[] {
  const [, indent = '', key = '', value = ''] = lineForm.exec(line) ?? [];
  if (value === '' || value.startsWith('#')) return [];
  const at = start + indent.length + key.length;
  const body = withoutComment(value);
  const inFlow = flowItems(value).map(({ from, written }) => unquoted(at + from, written));
  if (/^[[{]/.test(value)) return [...inFlow, ...(goesOn(value) ? [unquoted(at, body)] : [])];
  // A line alone is no value: it goes on from the one before, or stands inside brackets.
  if (indent.trim() === '' && key === '') return indent === '' ? [] : inFlow;
  const isOpen = /^"/.test(value) && !goesOn(value);
  return [...(isOpen ? [] : [unquoted(at, body)]), ...(/[,\]}]$/.test(value) ? inFlow : [])];
}

function unquoted(start: number, written: string): UnquotedValue {
  return { start, end: start + written.length, written, quoted: quotedYaml(written) };
}

/** A comment begins with ` # `; ` #12` and the like are words. */
function withoutComment(value: string): string {
  return value.replace(/\s+#(?:\s.*)?$/, '');
}

/** Whether text follows where the bracket or quote with which a value begins is closed. */
function goesOn(value: string): boolean {
  const end = closing(value, 0);
  return end !== null && !/^\s*(?:#\s.*)?$/.test(value.slice(end + 1));
}

/** Where what opens at a place is closed on the same line; null where it is not. */
function closing(value: string, from: number): number | null {
  const open = value[from] ?? '';
  if (open === '"' || open === "'") {
    for (let at = from + 1; at < value.length; at += 1) {
      if (open === '"' && value[at] === '\\') at += 1;
      else if (value[at] === open && open === "'" && value[at + 1] === open) at += 1;
      else if (value[at] === open) return at;
    }
    return null;
  }
  let depth = 0;
  for (let at = from; at < value.length; at += 1) {
    const character = value[at] ?? '';
    if ('[{'.includes(character)) depth += 1;
    if (']}'.includes(character)) depth -= 1;
    if (depth === 0) return at;
  }
  return null;
}

type Item = { readonly from: number; readonly written: string };

/** Plain entries of the lists and maps in brackets on a line that begin or go on as no plain text may. */
function flowItems(value: string): readonly Item[] {
  const items: Item[] = [];
  let at = 0;
  while (at < value.length) {
    const character = value[at] ?? '';
    if (' [{]},'.includes(character)) {
      at += 1;
      continue;
    }
    const key = /^(?:[A-Za-z0-9_][\w./-]*|"[^"]*"|'[^']*'): +/.exec(value.slice(at))?.[0];
    if (key !== undefined && /[{,]\s*$/.test(value.slice(0, at))) {
      at += key.length;
      continue;
    }
    const written = flowItem(value, at);
    if (isUnsafe(written)) items.push({ from: at, written });
    at += Math.max(written.length, 1);
  }
  return items;
}

/** An entry to its comma or closing bracket; brackets that open inside it are its own. */
function flowItem(value: string, from: number): string {
  const first = value[from] ?? '';
  const quoteEnd = first === '"' || first === "'" ? closing(value, from) : null;
  let depth = 0;
  let at = quoteEnd === null ? from : quoteEnd + 1;
  for (; at < value.length; at += 1) {
    const character = value[at] ?? '';
    if (depth === 0 && ',]}'.includes(character)) break;
    if ('[{'.includes(character)) depth += 1;
    if (']}'.includes(character)) depth -= 1;
  }
  return value.slice(from, at).trimEnd();
}

function isUnsafe(written: string): boolean {
  if (/^["']/.test(written)) return goesOn(written);
  return /^[*&!@`%|>]|^[?-](?: |$)|: | #|[[\]{}]/.test(written);
}
