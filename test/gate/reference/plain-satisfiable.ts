import { type Need, type PlainRule, rulesOf, type Terms } from './read-policy.ts';

/** Whether somebody could fill a place: they have the role, and a key that is good or will be, or a login that a job may speak for. Where no time is given any key will do. */
function couldFill(
  person: string,
  { role, accept = ['key'], presence }: Need,
  { policy, keys, revoked }: Terms,
  now: Date | null,
): boolean {
  if (policy.roles[role]?.includes(person) !== true) return false;
  const good = (principals: readonly string[], hardware: boolean): boolean =>
    [...keys].some(
      ([blob, key]) =>
        principals.includes(key.principal) &&
        key.namespaces.includes('model-signoff') &&
        (now === null || (!revoked.has(blob) && now.getTime() <= key.before)) &&
        (!hardware || Buffer.from(blob, 'base64').toString('latin1', 4, 7) === 'sk-'),
    );
  if (
    accept.includes('key') &&
    good(policy.people[person]?.principals ?? [], presence !== undefined)
  )
    return true;
  return (
    accept.includes('forge') &&
    presence === undefined &&
    (policy.attestors ?? []).some(
      ({ forge, principal }) =>
        policy.people[person]?.forge?.[forge] !== undefined && good([principal], false),
    )
  );
}

/** Whether all places of a rule could be filled at once, by as many persons. */
function canBeMet({ require }: PlainRule, terms: Terms, now: Date | null): boolean {
  const places = require.flatMap((need) => Array.from({ length: need.count ?? 1 }, () => need));
  const fill = (rest: readonly Need[], taken: readonly string[]): boolean => {
    const [need, ...others] = rest;
    if (need === undefined) return true;
    return Object.keys(terms.policy.people).some(
      (person) =>
        !taken.includes(person) &&
        couldFill(person, need, terms, now) &&
        fill(others, [...taken, person]),
    );
  };
  return fill(places, []);
}

/** Whether a policy asks for what nobody could give at any time: then it is none that could be judged by. */
export const isImpossible = (terms: Terms): boolean =>
  rulesOf(terms.policy).some((rule) => !canBeMet(rule, terms, null));

/** Rules of the policy that a change brings which nobody could meet, unless that had come to pass before. */
export function lockedOut(terms: Terms, next: Terms, now: Date): readonly string[] {
  const before = rulesOf(terms.policy)
    .filter((rule) => !canBeMet(rule, terms, now))
    .map(({ id }) => id);
  return rulesOf(next.policy)
    .filter((rule) => !canBeMet(rule, next, now) && !before.includes(rule.id))
    .map(({ id }) => `nobody could meet ${id}`);
}
