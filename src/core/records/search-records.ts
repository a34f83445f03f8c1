import { comparableText } from '../comparable-text.ts';
import { editDistance } from './schema/nearest-name.ts';
import { valuesAt } from './values-at.ts';

/** Keys of what people wrote and whom they named, with how much a word there says of the record. */
const fields: readonly (readonly [key: string, weight: number])[] = [
  ['id', 4],
  ['title', 4],
  ['classification.component', 3],
  ['classification.category', 3],
  ...[
    'body',
    'question',
    'context',
    'decision',
    'consequences',
    'options.title',
    'options.for',
    'options.against',
    'rollback.plan',
    'escalation.when',
    'outcome.lessons',
    'assumptions',
    'method',
    'classification.reason',
    'owner',
    'assignee',
    'rollback.owner',
    'escalation.to',
    'rater.pseudonym',
    'contributors.name',
    'history.by',
    'history.change',
    'feedback',
    'evaluations',
    'supersedes',
    'duplicate_of',
    'slices',
    'table',
    'where',
  ].map((key) => [key, 1] as const),
];

/** Letters that a word needs before one slip in it is forgiven, or before it is looked for inside of others. */
const longEnough = 4;

/**
 * How well a record answers a search, above 0 where every word of it is found in what people wrote: the whole word best, then
 * its beginning, a part, and last with one slip behind its first letter (one too many, too few, another, or two swapped). Case and Unicode forms
 * do not matter. A word with marks in it, such as `C:\data`, is looked for as it stands.
 */
export function searchScore(record: unknown, search: string): number {
  const words = comparableText(search)
    .split(' ')
    .filter((word) => word !== '');
  const texts = fields.flatMap(([key, weight]) =>
    valuesAt(record, key).map((value) => textOf(comparableText(String(value)), weight)),
  );
  const scores = words.map((word) =>
    Math.max(0, ...texts.map((text) => text.weight * wordScore(word, text))),
  );
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}

type Text = { readonly whole: string; readonly words: readonly string[]; readonly weight: number };

function textOf(whole: string, weight: number): Text {
  return { whole, words: whole.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [], weight };
}

function wordScore(word: string, { whole, words }: Text): number {
  if (!/^[\p{L}\p{M}\p{N}]+$/u.test(word)) return whole.includes(word) ? 4 : 0;
  if (words.includes(word)) return 4;
  if (words.some((known) => known.startsWith(word))) return 3;
  if (word.length < longEnough) return 0;
  if (whole.includes(word)) return 2;
  const isSlip = (known: string): boolean =>
    known[0] === word[0] &&
    Math.abs(known.length - word.length) <= 1 &&
    editDistance(known, word) === 1;
  return words.some(isSlip) ? 1 : 0;
}
