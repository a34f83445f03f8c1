import { day, type Change, type Scope, changeOf, scopesOf } from './plain-change.ts';
import { digestOf } from './plain-digest.ts';
import { mayExcept } from './plain-exceptions.ts';
import { isOfCommit } from './plain-forge.ts';
import type { Point } from './plain-landed.ts';
import { oversightOf } from './plain-oversight.ts';
import { agrees, standing, type Word } from './plain-words.ts';
import { differences } from './read-history.ts';
import { governs, isSignedName, rulesOf, type Terms, termsOf } from './read-policy.ts';

/** Whether a day is over. */
const isOver = (date: string, now: Date): boolean =>
  Date.parse(`${date}T00:00:00Z`) + day <= now.getTime();

/** Whether a condition of an approval that has landed or counts is overdue, and nobody who may has said that it is met. */
export function isOverdue(
  rule: string,
  words: readonly Word[],
  counted: readonly Word[],
  { now }: Change,
): boolean {
  const setting = words.filter(
    (word) =>
      word.binds !== null &&
      word.payload.rule === rule &&
      word.payload.decision === 'approve' &&
      (word.landed || counted.includes(word)),
  );
  return setting.some((word) =>
    (word.payload.conditions ?? []).some(
      ({ due }: { due: string }, index: number) =>
        isOver(due, now) &&
        !words.some((other) => meets(other, word, index) && !isTakenBack(other, words)),
    ),
  );
}

function meets({ frees, payload }: Word, one: Word, index: number): boolean {
  if (
    frees === null ||
    !(payload.meets ?? []).some(
      (met: { payload: string; condition: number }) =>
        met.payload === one.id && met.condition === index,
    )
  )
    return false;
  return (
    payload.person === one.payload.person ||
    frees.policy.roles[one.payload.role]?.includes(payload.person) === true
  );
}

/** Whether its signer rejected or withdrew since, before it landed. */
function isTakenBack(
  { id, landed, payload: { person, rule, target } }: Word,
  words: readonly Word[],
): boolean {
  const same = words.filter(
    ({ payload }) =>
      payload !== null &&
      payload.person === person &&
      payload.rule === rule &&
      payload.target === target,
  );
  const reaches = (word: Word | undefined): boolean =>
    word !== undefined &&
    word.payload.replaces !== null &&
    (word.payload.replaces === id ||
      reaches(same.find((earlier) => earlier.id === word.payload.replaces)));
  return (
    !landed &&
    same.some((word) => word.frees !== null && word.payload.decision !== 'approve' && reaches(word))
  );
}

/** Exceptions that landed, are overdue, and were not followed by the approvals that were asked for when they landed. */
export async function broken(
  words: readonly Word[],
  terms: Terms,
  change: Change,
  trusted: ReadonlySet<number>,
): Promise<readonly string[]> {
  const line = await change.reader.line(change.tip);
  const owed = words.filter(
    ({ path, landed, payload }) =>
      landed &&
      path.includes('/exceptions/') &&
      payload !== null &&
      isOver(payload.follow_up_by, change.now),
  );
  const open: string[] = [];
  for (const exception of owed)
    if (await isOwed(exception, words, { terms, change, trusted, line }))
      open.push(`overdue ${exception.path}`);
    else if (await isForgotten(exception, terms, change, line))
      open.push(`forgotten ${exception.path}`);
  return open;
}

/** Whether it landed by the policy before it, of whose rule today's knows nothing, and the change touches what that rule governed. */
async function isForgotten(
  exception: Word,
  terms: Terms,
  change: Change,
  line: readonly Point[],
): Promise<boolean> {
  const at = exception.since as number;
  const { reader, entries } = change;
  const before = line[at + 1];
  const then = before === undefined ? null : await termsOf(reader, await reader.tree(before.oid));
  if (then === null || before === undefined) return false;
  const rules = rulesOf(then.policy);
  const rule = rules.find(({ id, builtIn }) => id === exception.payload.rule && builtIn !== true);
  const policy = rulesOf(terms.policy).find(({ id }) => id === 'policy-change');
  const isWord = (path: string): boolean =>
    isSignedName(path) ||
    /^\.countersign\/reviews\/[^/]+\/[^/]+\.yaml$/.test(path) ||
    (policy !== undefined && governs(policy, [], path));
  if (
    rule === undefined ||
    entries.every(({ path }) => isWord(path)) ||
    !entries.some(({ path }) => governs(rule, rules, path))
  )
    return false;
  for (let to = at; to >= 0; to--) {
    const ends: readonly [Point, Point] = [before, line[to] as Point];
    if (await hasDigest(exception, terms, change, ends)) return false;
    if (await hasDigest(exception, then, change, ends)) return true;
  }
  return false;
}

type Past = {
  readonly terms: Terms;
  readonly change: Change;
  readonly trusted: ReadonlySet<number>;
  readonly line: readonly Point[];
};

async function isOwed(
  exception: Word,
  words: readonly Word[],
  { terms, change, trusted, line }: Past,
): Promise<boolean> {
  const at = exception.since as number;
  let landed = false;
  for (let from = at + 1; from < line.length; from++) {
    const then = await termsOf(change.reader, await change.reader.tree((line[from] as Point).oid));
    if (
      then === null ||
      !(
        mayExcept(exception.payload, exception.principal, then.policy, change.target) ||
        mayExcept(exception.payload, exception.principal, terms.policy, change.target)
      )
    )
      continue;
    const by = trusted.has(from) ? then : terms;
    for (let to = at; to >= 0; to--) {
      if (!(await hasDigest(exception, by, change, [line[from] as Point, line[to] as Point])))
        continue;
      const stretch = await changeOf(change.reader, {
        tip: (line[from] as Point).oid,
        head: (line[to] as Point).oid,
        target: change.target,
        now: change.now,
      });
      const scope = (await scopesOf(stretch, by, new Set())).find(
        ({ rule, digest }) =>
          rule.id === exception.payload.rule && digest === exception.payload.digest,
      );
      if (scope === undefined || scope.rule.builtIn === true) continue;
      landed = true;
      if (await isFollowed(scope, by, stretch, { words, exception })) return false;
    }
  }
  return landed;
}

/** Whether what lies between two points is what an exception is for; authors are asked for only then. */
async function hasDigest(
  { payload }: Word,
  { policy }: Terms,
  { reader }: Change,
  [from, to]: readonly [Point, Point],
): Promise<boolean> {
  const rules = rulesOf(policy);
  const rule = rules.find(({ id }) => id === payload.rule);
  const entries = differences(await reader.tree(from.oid), await reader.tree(to.oid));
  return (
    rule !== undefined &&
    (await digestOf(
      reader,
      entries.filter(({ path }) => governs(rule, rules, path)),
    )) === payload.digest
  );
}

/** Whether approvals of before or after the landing fill all places. */
async function isFollowed(
  scope: Scope,
  by: Terms,
  stretch: Change,
  { words, exception }: { readonly words: readonly Word[]; readonly exception: Word },
): Promise<boolean> {
  const own = words.filter(
    ({ path, payload }) =>
      path.includes('/signoffs/') &&
      payload?.rule === scope.rule.id &&
      payload.digest === scope.digest,
  );
  const left = standing(
    own.filter(({ binds }) => binds !== null),
    ({ frees, payload }) => frees !== null && agrees(payload, scope),
  );
  if (left.some(({ payload }) => payload.decision === 'reject')) return false;
  const gone = left
    .filter(({ path, payload }) => payload.decision === 'withdraw' && !stretch.before.has(path))
    .map(({ payload }) => payload.person);
  // Spent on an earlier landing, or signed before the exception was, it pays for nothing.
  const inTime = ({ path, payload }: Word): boolean =>
    stretch.after.has(path)
      ? scope.takenOff === null || Date.parse(payload.signed_at) > scope.takenOff
      : Date.parse(payload.signed_at) >= Date.parse(exception.payload.signed_at);
  const ripe = left.filter(
    (word) =>
      word.frees !== null &&
      word.payload.decision === 'approve' &&
      agrees(word.payload, scope) &&
      !stretch.before.has(word.path) &&
      !gone.includes(word.payload.person) &&
      inTime(word),
  );
  const approvals: Word[] = [];
  for (const one of ripe)
    if (one.payload.via === undefined || (await isOfCommit(one, stretch, by))) approvals.push(one);
  return (await oversightOf(scope, approvals, by.policy, stretch)).full;
}
