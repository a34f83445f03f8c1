import { signerOf } from './plain-identity.ts';
import type { Difference, WrittenCommit } from './read-history.ts';
import {
  governs,
  isSignedName,
  type PlainPolicy,
  type PlainRule,
  type Terms,
} from './read-policy.ts';

export type Authors = {
  readonly persons: ReadonlySet<string>;
  readonly strangers: ReadonlySet<string>;
  readonly unsigned: boolean;
};

type Written = {
  readonly rule: PlainRule;
  readonly rules: readonly PlainRule[];
  readonly part: readonly Difference[];
  readonly commits: readonly WrittenCommit[];
};

/** Who wrote a rule's part of a change, by what commits claim and, where that is asked for, by whose key they are signed with. */
export async function authorsOf(
  { rule, rules, part, commits }: Written,
  terms: Terms,
  revoked: ReadonlySet<string>,
  now: Date,
): Promise<Authors> {
  const { policy } = terms;
  let unsigned = false;
  const isWord = (path: string): boolean =>
    isSignedName(path) || /^\.countersign\/reviews\/[^/]+\/[^/]+\.yaml$/.test(path);
  const takes = (one: Difference, over: readonly Difference[]): boolean =>
    one.after !== null &&
    one.after.oid !== one.before?.oid &&
    over.some(({ after }) => after?.oid === one.after?.oid);
  // Words alone make nobody an author, unless their bytes land as something else.
  const wrote = ({ did }: WrittenCommit): boolean =>
    did.every(({ path }) => isWord(path))
      ? did.some((one) =>
          takes(
            one,
            part.filter(({ path }) => !isWord(path)),
          ),
        )
      : did.some((one) => governs(rule, rules, one.path) || takes(one, part));
  const explained = part.every(({ path }) =>
    commits.some(({ did }) => did.some((one) => one.path === path)),
  );
  const persons = new Set<string>();
  const strangers = new Set<string>();
  for (const commit of explained ? commits.filter(wrote) : commits) {
    const known = commit.emails
      .map((email) => ({ email, who: whose(email, policy) }))
      .filter(({ who }) => who !== 'platform');
    if (known.length === 0) strangers.add(commit.emails[0] ?? '');
    if (policy.identity === 'signed') {
      const signer = await signerOf(commit, terms, revoked, now);
      if (signer === null) unsigned = true;
      else persons.add(signer);
    }
    for (const { email, who } of known)
      if (who === 'stranger') strangers.add(email);
      else if (who !== 'agent') persons.add(who.slice('person '.length));
  }
  return { persons, strangers, unsigned };
}

function whose(
  email: string,
  { people, agents = [], platforms = [] }: PlainPolicy,
): 'agent' | 'platform' | 'stranger' | `person ${string}` {
  const low = email.toLowerCase();
  const matches = (pattern: string): boolean =>
    new RegExp(
      `^${pattern
        .toLowerCase()
        .split('*')
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('.*')}$`,
    ).test(low);
  const person = Object.entries(people).find(([, { emails }]) =>
    emails.some((other) => other.toLowerCase() === low),
  );
  if (person) return `person ${person[0]}`;
  return platforms.some(matches) ? 'platform' : agents.some(matches) ? 'agent' : 'stranger';
}
