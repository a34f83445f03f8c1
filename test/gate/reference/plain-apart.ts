import type { Change } from './plain-change.ts';
import { isOver, hasCome } from './plain-settled.ts';
import type { Word } from './plain-words.ts';
import { governs, type Terms, rulesOf } from './read-policy.ts';
import { digestOf } from './plain-digest.ts';

/** Words that would land before the change that they name, and exceptions under the name of another one. */
export async function apart(
  words: readonly Word[],
  change: Change,
  terms: Terms,
  next: Terms | null,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const word of words.filter(({ landed, payload }) => !landed && payload !== null)) {
    const isThere = words.some(({ landed, id }) => landed && id === word.id);
    if (isThere || word.worth === 'forged' || word.payload.target !== change.target) continue;
    if (!(await isInPlace(word, words, change, [terms, ...(next === null ? [] : [next])])))
      found.push(`apart ${word.path}`);
  }
  return found;
}

async function isInPlace(
  word: Word,
  words: readonly Word[],
  change: Change,
  policies: readonly Terms[],
): Promise<boolean> {
  const { payload, path } = word;
  let known = false;
  for (const { policy } of policies) {
    const rules = rulesOf(policy);
    const rule = rules.find(({ id }) => id === payload.rule);
    if (rule === undefined) continue;
    known = true;
    const part = change.entries.filter((entry) => governs(rule, rules, entry.path));
    if (part.length > 0 || (await digestOf(change.reader, part)) === payload.digest) return true;
  }
  if (path.includes('/exceptions/')) return false;
  if (
    payload.decision === 'withdraw' &&
    words.some(({ landed, id }) => landed && id === payload.replaces)
  )
    return true;
  if (
    !known &&
    payload.manifest !== null &&
    isOver(
      word,
      change.entries.map((entry) => entry.path),
    )
  )
    return true;
  return hasCome(word, change, policies[0] as Terms, null);
}

/** Exceptions that the change brings under a name which another one bore on the target. */
export async function reused(
  words: readonly Word[],
  { reader, tip }: Change,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const word of words) {
    if (word.landed || !word.path.includes('/exceptions/') || word.id === null) continue;
    if (words.some(({ landed, id }) => landed && id === word.id)) continue;
    for (const oid of await reader.ancestors(tip)) {
      const file = (await reader.tree(oid)).get(word.path);
      const text = file === undefined ? '' : (await reader.blob(file.oid)).toString('utf8');
      const json = /^ {2}(\{.*\})$/m.exec(text)?.[1];
      const own = JSON.stringify(word.payload);
      if (json !== undefined && word.payload !== null && JSON.stringify(JSON.parse(json)) !== own) {
        found.push(`used ${word.path}`);
        break;
      }
    }
  }
  return found;
}
