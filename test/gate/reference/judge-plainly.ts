import { HistoryReader } from './read-history.ts';
import { altered, type Change, changeOf, misplaced, scopesOf } from './plain-change.ts';
import { apart, reused } from './plain-apart.ts';
import { exceptionState, mayExcept } from './plain-exceptions.ts';
import { leftOpen } from './plain-left.ts';
import { strayLinks } from './plain-links.ts';
import { broken } from './plain-promises.ts';
import { isImpossible, lockedOut } from './plain-satisfiable.ts';
import { stateOf } from './plain-rule.ts';
import { trustedPoints } from './plain-landed.ts';
import { type Word, wordsOf } from './plain-words.ts';
import { governs, type PlainRule, rulesOf, type Terms, termsOf } from './read-policy.ts';

type States = Readonly<Record<string, { readonly digest: string; readonly state: string }>>;

export type PlainVerdict = {
  readonly verdict: 'pass' | 'pass-with-exception' | 'fail' | 'undecidable';
  readonly rules: States;
  readonly why: readonly string[];
};

/** Repositories that were asked before: the same objects need not be read again. */
const readers = new Map<string, HistoryReader>();

/** Judges what a head would bring to a tip by the letter of the gate's page: slowly, and with nothing of the gate's own code. */
export async function judgePlainly(
  dir: string,
  question: {
    readonly tip: string;
    readonly head: string;
    readonly target: string;
    readonly now: Date;
  },
): Promise<PlainVerdict> {
  const reader = readers.get(dir) ?? new HistoryReader(dir);
  readers.set(dir, reader);
  const change = await changeOf(reader, {
    ...question,
    tip: await reader.oid(question.tip),
    head: await reader.oid(question.head),
  });
  const { why } = change;
  why.push(...misplaced(change), ...altered(change));
  const terms = await termsOf(reader, change.before);
  if (terms === null) throw new Error('the plain reading knows repositories with a policy only');
  if (isImpossible(terms))
    return { verdict: 'undecidable', rules: {}, why: ['nobody could meet the policy'] };
  const next = await termsOf(reader, change.after);
  if (next === null) why.push('the policy is deleted');
  const trusted = await trustedPoints(reader, await reader.line(change.tip), terms);
  const judged = await judgeBy(terms, next, change, trusted);
  const all = await wordsOf(terms, next, change, trusted);
  why.push(...(await broken(all, terms, change, trusted)));
  const own = Object.fromEntries(
    Object.entries(judged).map(([id, { digest, state }]) => [
      id,
      { digest, state: why.includes('conflict') && state !== 'rejected' ? 'unmet' : state },
    ]),
  );
  const changesPolicy = change.entries.some(({ path }) =>
    governs(rulesOf(terms.policy).find(({ id }) => id === 'policy-change') as PlainRule, [], path),
  );
  if (changesPolicy && next !== null) why.push(...lockedOut(terms, next, question.now));
  const byNext = changesPolicy && next !== null ? await judgeBy(next, next, change, trusted) : {};
  why.push(
    ...(await apart(all, change, terms, changesPolicy ? next : null)),
    ...(await reused(all, change)),
    ...(await leftOpen(change, terms)),
  );
  const states = [...Object.values(own), ...Object.values(byNext)].map(({ state }) => state);
  if (states.some((state) => state !== 'met' && state !== 'excepted')) why.push('a rule is open');
  const excepted = Object.values(own).some(({ state }) => state === 'excepted');
  const passed = excepted ? 'pass-with-exception' : 'pass';
  return { verdict: why.length > 0 ? 'fail' : passed, rules: own, why };
}

async function judgeBy(
  terms: Terms,
  next: Terms | null,
  change: Change,
  trusted: ReadonlySet<number>,
): Promise<States> {
  const words = await wordsOf(terms, next, change, trusted);
  complain(words, change, terms);
  const result: Record<string, { digest: string; state: string }> = {};
  change.why.push(...(await strayLinks(change, terms)), ...toSquash(change, terms));
  for (const scope of await scopesOf(change, terms, next?.revoked ?? new Set())) {
    if (scope.part.length === 0) continue;
    if (scope.rule.up_to_date === true && change.behind)
      change.why.push(`${scope.rule.id} wants the target taken in`);
    result[scope.rule.id] = {
      digest: scope.digest,
      state: await stateOf(scope, words, change, terms),
    };
  }
  return result;
}

/** Where commits land one by one, what they do to governed files and undo again would land too. */
function toSquash({ commits, entries }: Change, { policy }: Terms): readonly string[] {
  const rules = rulesOf(policy);
  const undone = commits
    .flatMap(({ did }) => did)
    .filter(
      ({ path }) =>
        !entries.some((entry) => entry.path === path) &&
        rules.some((rule) => governs(rule, rules, path)),
    );
  return policy.landing === 'rebase' ? undone.map(({ path }) => `squash ${path}`) : [];
}

/** What is wrong with signed files whatever rule they are for. */
function complain(words: readonly Word[], change: Change, terms: Terms): void {
  const seen = new Map(words.filter(({ landed }) => landed).map(({ id, path }) => [id, path]));
  for (const file of words.filter(({ landed }) => !landed)) {
    if (file.worth === 'forged') change.why.push(`forged ${file.path}`);
    if (file.id !== null && seen.has(file.id) && seen.get(file.id) !== file.path)
      change.why.push(`copy ${file.path}`);
    if (file.id !== null) seen.set(file.id, seen.get(file.id) ?? file.path);
    if (file.path.includes('/exceptions/') ? isNoException(file, change, terms) : isMisnamed(file))
      change.why.push(`not what it says ${file.path}`);
  }
}

function isMisnamed({ path, payload }: Word): boolean {
  return (
    payload !== null &&
    path !==
      `.countersign/signoffs/${payload.rule}/${payload.person}.${payload.digest.slice(3, 15)}.${payload.nonce.slice(0, 4)}.yaml`
  );
}

function isNoException(
  { payload, worth, principal }: Word,
  { target, now }: Change,
  { policy }: Terms,
): boolean {
  if (payload === null) return worth === 'stranger';
  return worth === 'good'
    ? exceptionState(payload, principal, policy, { target, now }) === 'never'
    : !mayExcept(payload, principal, policy, target);
}
