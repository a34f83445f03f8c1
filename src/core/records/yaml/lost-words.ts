import { isMap, isScalar, isSeq, type Pair, type ParsedNode } from 'yaml';
import { quotedYaml } from './write-yaml.ts';
import type { Refusal } from './yaml-refusals.ts';
import { keyText } from './yaml-value.ts';

/** Keys of what people write in sentences, whatever map they stand in. */
const prose: ReadonlySet<string> = new Set([
  'title',
  'body',
  'question',
  'method',
  'assumptions',
  'context',
  'decision',
  'consequences',
  'for',
  'against',
  'plan',
  'when',
  'lessons',
  'reason',
  'change',
  'ask',
  'note',
  'text',
]);

/** Whether a key is one under which people write sentences. */
export function isProse(key: string): boolean {
  return prose.has(key);
}

/** Files of nothing but such texts need no longer list. */
const listed = 50;

/** Whether a text may hold words that YAML takes for a comment: only then is it worth a look. */
export function mayLoseWords(text: string): boolean {
  return / #[^\s#]/.test(text);
}

/** Plain sentences that end at ` #12` or the like: a comment begins there, though hardly anybody means one without a blank behind its mark. */
export function lostWords(text: string, root: ParsedNode | null): readonly Refusal[] {
  const found: Refusal[] = [];
  const look = (node: unknown, inProse: boolean): void => {
    if (found.length >= listed) return;
    if (isMap(node))
      for (const pair of node.items) look(pair.value, isProse(keyText(pair as Pair)));
    else if (isSeq(node)) for (const item of node.items) look(item, inProse);
    else if (inProse && isScalar(node) && node.type === 'PLAIN' && node.range)
      found.push(...lostAfter(text, node.range[0], node.range[1]));
  };
  if (mayLoseWords(text)) look(root, false);
  return found;
}

function lostAfter(text: string, start: number, end: number): readonly Refusal[] {
  const lineEnd = text.indexOf('\n', end);
  const rest = text.slice(end, lineEnd === -1 ? text.length : lineEnd).trimEnd();
  if (start === end || !/^ +#[^\s#]/.test(rest)) return [];
  const whole = text.slice(start, end + rest.length);
  const fix = whole.includes('\n')
    ? 'write the text below |, each line indented'
    : `put it in quotes: ${quotedYaml(whole)}`;
  return [
    {
      code: 'record/lost-words',
      message: `" #" begins a comment, so the text ends before ${shown(rest.trim())}`,
      fix,
      start,
      end: end + rest.length,
    },
  ];
}

function shown(words: string): string {
  return words.length > 60 ? `${words.slice(0, 59)}…` : words;
}
