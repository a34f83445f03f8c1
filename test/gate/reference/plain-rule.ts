import { unanswered } from './plain-answers.ts';
import { type Change, day, type Scope } from './plain-change.ts';
import { exceptionState } from './plain-exceptions.ts';
import { isOfCommit } from './plain-forge.ts';
import { oversightOf } from './plain-oversight.ts';
import { isOverdue } from './plain-promises.ts';
import { agrees, standing, type Word } from './plain-words.ts';
import { isOver } from './plain-settled.ts';
import { rulesOf, type Terms } from './read-policy.ts';

/** Whether it was signed before what it is for was taken off the target: it may have served there. */
const isServed = ({ payload }: Pick<Word, 'payload'>, { takenOff }: Scope): boolean =>
  takenOff !== null && Date.parse(payload.signed_at) <= takenOff;

/** What a rule says of its part of a change. */
export async function stateOf(
  scope: Scope,
  all: readonly Word[],
  change: Change,
  terms: Terms,
): Promise<string> {
  const { rule, digest, authors } = scope;
  const words = all.filter(({ path, binds }) => path.includes('/signoffs/') && binds !== null);
  const isOwn = ({ payload }: Word): boolean => payload.digest !== digest || agrees(payload, scope);
  const left = standing(words, (word) => word.frees !== null && isOwn(word));
  const serves = (one: Word): boolean =>
    !one.landed && !all.some((other) => other.landed && other.id === one.id);
  const isKnown = (id: string): boolean => rulesOf(terms.policy).some((other) => other.id === id);
  const rejects = (one: Word): boolean =>
    (one.payload.rule === rule.id && !one.settled) ||
    ((one.landed || all.some((other) => other.landed && other.id === one.id)) &&
      one.payload.digest === digest) ||
    (!isKnown(one.payload.rule) &&
      !one.settled &&
      isOver(
        one,
        scope.part.map(({ path }) => path),
      ));
  if (left.some((one) => one.payload.decision === 'reject' && rejects(one))) return 'rejected';
  const own = left.filter(({ payload }) => payload.rule === rule.id);
  const withdrew = (person: string): boolean =>
    own.some(
      (one) =>
        one.payload.decision === 'withdraw' &&
        !one.settled &&
        one.payload.person === person &&
        one.payload.digest === digest,
    );
  const isFresh = ({ payload }: Word): boolean =>
    rule.max_age_days === undefined ||
    change.now.getTime() - Date.parse(payload.signed_at) <= rule.max_age_days * day;
  const ripe = own.filter(
    (one) =>
      one.payload.decision === 'approve' &&
      !withdrew(one.payload.person) &&
      serves(one) &&
      one.worth === 'good' &&
      one.payload.digest === digest &&
      !isServed(one, scope) &&
      agrees(one.payload, scope) &&
      one.payload.checklist === (rule.builtIn ? null : terms.questionsDigest(rule.checklist)) &&
      isFresh(one),
  );
  const approvals: Word[] = [];
  for (const one of ripe)
    if (one.payload.via === undefined || (await isOfCommit(one, change, terms)))
      approvals.push(one);
  if (isOverdue(rule.id, words, approvals, change))
    change.why.push(`a condition of ${rule.id} is overdue`);
  const oversight = await oversightOf(scope, approvals, terms.policy, change);
  if (
    authors.unsigned ||
    ![...authors.strangers].every((email) => isVouched(email, scope, oversight.fitting)) ||
    unanswered(scope, approvals, terms, oversight.asksNobody)
  )
    return 'unmet';
  if (oversight.full && oversight.proven) return 'met';
  return isExcepted(scope, all, change, terms) ? 'excepted' : 'unmet';
}

function isVouched(
  email: string,
  { authors }: Scope,
  fitting: readonly Pick<Word, 'payload'>[],
): boolean {
  return fitting.some(
    ({ payload }) =>
      !authors.persons.has(payload.person) &&
      (payload.vouches ?? []).some((other: string) => other.toLowerCase() === email.toLowerCase()),
  );
}

function isExcepted(
  scope: Scope,
  all: readonly Word[],
  { target, now }: Change,
  { policy }: Terms,
): boolean {
  const { rule, digest, authors } = scope;
  if (rule.builtIn === true) return false;
  const promises = all.filter(
    ({ path, payload, landed }) =>
      path.includes('/exceptions/') && payload !== null && !landed && !isServed({ payload }, scope),
  );
  const good = promises.filter(
    ({ payload, worth, principal, id }) =>
      worth === 'good' &&
      !all.some((other) => other.landed && other.id === id) &&
      exceptionState(payload, principal, policy, { target, now }) === 'good' &&
      payload.rule === rule.id &&
      payload.digest === digest &&
      !authors.persons.has(payload.person),
  );
  return (
    good.length > 0 &&
    new Set(good.map(({ payload }) => payload.person)).size >= (policy.exceptions?.count ?? 1)
  );
}
