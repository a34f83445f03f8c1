import {
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { isProse } from './lost-words.ts';
import { quotedYaml } from './write-yaml.ts';
import type { Refusal } from './yaml-refusals.ts';
import { keyText } from './yaml-value.ts';

/** Files of nothing but such values need no longer list. */
const listed = 50;

/**
 * Values in braces that a comma ends before their author did: of `{confidence: 0,8}` YAML makes the number 0 and a key 8 without
 * a value. Such a key alone is refused that follows a plain value on its line.
 */
export function splitValues(text: string, root: ParsedNode | null): readonly Refusal[] {
  const found: Refusal[] = [];
  const look = (node: unknown): void => {
    if (found.length >= listed) return;
    if (isMap(node)) {
      if (node.flow) found.push(...splitIn(text, node));
      for (const pair of node.items) look(pair.value);
    } else if (isSeq(node)) for (const item of node.items) look(item);
  };
  look(root);
  return found;
}

type Open = { readonly key: string; readonly start: number; end: number };

function splitIn(text: string, map: YAMLMap): readonly Refusal[] {
  const found: Open[] = [];
  let open: Open | null = null;
  let isLonger = false;
  for (const pair of map.items as Pair<unknown, unknown>[]) {
    const [start, end] = rangeOf(pair.key);
    if (open !== null && isAlone(text, pair)) {
      open.end = end;
      if (!isLonger) found.push(open);
      isLonger = true;
      continue;
    }
    isLonger = false;
    const value = pair.value as Scalar.Parsed | null;
    const isPlain = isScalar(value) && value.type === 'PLAIN' && rangeOf(value)[0] > start;
    open = isPlain
      ? { key: keyText(pair as Pair), start: rangeOf(value)[0], end: rangeOf(value)[1] }
      : null;
    if (open !== null && open.start === open.end) open = null;
  }
  return found.flatMap((split) => refusal(text, split) ?? []);
}

function rangeOf(node: unknown): readonly [start: number, end: number] {
  const [start, end] = (node as { readonly range?: readonly number[] } | null)?.range ?? [0, 0];
  return [start ?? 0, end ?? 0];
}

/** Whether an entry is a plain word without a colon. A team's own key may be a mark that has no value. */
function isAlone(text: string, { key, value }: Pair<unknown, unknown>): boolean {
  const [from, to] = rangeOf(value);
  return (
    isScalar(key) &&
    key.type === 'PLAIN' &&
    from === to &&
    !/^\s*:/.test(text.slice(rangeOf(key)[1])) &&
    !String(key.value).startsWith('x-')
  );
}

function refusal(text: string, { key, start, end }: Open): Refusal | null {
  const written = text.slice(start, end);
  if (/[\r\n]/.test(written)) return null;
  const [first = '', ...rest] = written.split(',').map((part) => part.trim());
  return {
    code: 'record/split-value',
    message: `a comma ends a value in braces, so ${written} is read as ${first} and ${rest.length === 1 ? `a key ${rest[0]}` : `the keys ${rest.join(', ')}`}`,
    fix: fixOf(key, written),
    start,
    end,
  };
}

function fixOf(key: string, written: string): string {
  const [, whole, part, percent] = /^([-+]?\d+),(\d+)\s*(%?)$/.exec(written) ?? [];
  if (whole !== undefined && key !== 'lines') {
    const value = Number(`${whole}.${part}`);
    return `write ${percent === '%' ? Number((value / 100).toPrecision(12)) : `${whole}.${part}`}`;
  }
  // Words with blanks are a sentence or a name, single ones a list.
  return isProse(key) || (/[^\s,]\s+[^\s,]/.test(written) && key !== 'lines')
    ? `put it in quotes: ${quotedYaml(written)}`
    : `put it in brackets: [${written.split(/\s*,\s*/).join(', ')}]`;
}
