import type { Difference, WrittenCommit } from './read-history.ts';
import { governs, isSignedName, type PlainPolicy, type PlainRule } from './read-policy.ts';

export type Authors = { readonly persons: ReadonlySet<string>; readonly strangers: ReadonlySet<string> };

/** Who wrote a rule's part of a change, by what commits claim. */
export function authorsOf(rule: PlainRule, rules: readonly PlainRule[], part: readonly Difference[], commits: readonly WrittenCommit[], policy: PlainPolicy): Authors {
  const isWord = (path: string): boolean => isSignedName(path) || /^\.countersign\/reviews\/[^/]+\/[^/]+\.yaml$/.test(path);
  const takes = (one: Difference, over: readonly Difference[]): boolean => one.after !== null && one.after.oid !== one.before?.oid && over.some(({ after }) => after?.oid === one.after?.oid);
  // Words alone make nobody an author, unless their bytes land as something else.
  const wrote = ({ did }: WrittenCommit): boolean => (did.every(({ path }) => isWord(path)) ? did.some((one) => takes(one, part.filter(({ path }) => !isWord(path)))) : did.some((one) => governs(rule, rules, one.path) || takes(one, part)));
  const explained = part.every(({ path }) => commits.some(({ did }) => did.some((one) => one.path === path)));
  const persons = new Set<string>();
  const strangers = new Set<string>();
  for (const commit of explained ? commits.filter(wrote) : commits) {
    const known = commit.emails.map((email) => ({ email, who: whose(email, policy) })).filter(({ who }) => who !== 'platform');
    if (known.length === 0) strangers.add(commit.emails[0] ?? '');
    for (const { email, who } of known) if (who === 'stranger') strangers.add(email); else if (who !== 'agent') persons.add(who.slice('person '.length));
  }
  return { persons, strangers };
}

function whose(email: string, { people, agents = [], platforms = [] }: PlainPolicy): 'agent' | 'platform' | 'stranger' | `person ${string}` {
  const low = email.toLowerCase();
  const matches = (pattern: string): boolean => new RegExp(`^${pattern.toLowerCase().split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(low);
  const person = Object.entries(people).find(([, { emails }]) => emails.some((other) => other.toLowerCase() === low));
  if (person) return `person ${person[0]}`;
  return platforms.some(matches) ? 'platform' : agents.some(matches) ? 'agent' : 'stranger';
}
