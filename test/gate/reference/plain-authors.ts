import { bringsMode, type Carrying, carriedOver } from './plain-carried.ts';
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
} & Pick<Carrying, 'reader' | 'landing'>;

/** Who wrote a rule's part of a change, by what commits claim and, where that is asked for, by whose key they are signed with. */
export async function authorsOf(
  written: Written,
  terms: Terms,
  revoked: ReadonlySet<string>,
  now: Date,
): Promise<Authors> {
  const { policy } = terms;
  let unsigned = false;
  const persons = new Set<string>();
  const strangers = new Set<string>();
  for (const commit of await writersOf(written)) {
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

const isWord = (path: string): boolean =>
  isSignedName(path) || /^\.countersign\/reviews\/[^/]+\/[^/]+\.yaml$/.test(path);

/** The commits that wrote a rule's part of a change, under whichever names; all that did more than sign, where nobody can tell. */
async function writersOf(written: Written): Promise<readonly WrittenCommit[]> {
  const { rule, rules, part, commits, reader, landing } = written;
  if (part.length === 0) return [];
  const everybody = commits.filter(
    ({ did }) => did.length === 0 || !did.every(({ path }) => isWord(path)),
  );
  const direct = byName(written);
  const explained = part.every(
    ({ path }) =>
      commits.some(({ did }) => did.some((one) => one.path === path)) ||
      (landing?.parents.some((parent) => !parent.has(path)) && landing.tree.has(path)),
  );
  const carried = await carriedOver({
    reader,
    governed: (path) => governs(rule, rules, path) && !isWord(path),
    commits,
    direct,
    landing,
  });
  if (carried === null || !explained) return everybody.length > 0 ? everybody : commits;
  return [...new Set([...direct, ...carried])];
}

/** An empty file holds nobody's bytes. */
const nothing = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';

/** The commits that touch governed files, or made a content that lies in one of them, then or in the end. */
function byName({ rule, rules, part, commits }: Written): readonly WrittenCommit[] {
  const isNew = (one: Difference): boolean =>
    one.after !== null &&
    one.after.oid !== nothing &&
    (one.after.oid !== one.before?.oid || one.after.mode !== one.before.mode);
  const onTheWay = commits
    .filter(({ did }) => !did.every(({ path }) => isWord(path)))
    .flatMap(({ did }) => did)
    .filter((one) => isNew(one) && governs(rule, rules, one.path));
  const lies = (one: Difference, silent: boolean): boolean =>
    isNew(one) &&
    [...part, ...onTheWay].some(
      (there) =>
        there.after?.oid === one.after?.oid &&
        !(silent && isWord(there.path)) &&
        (one.after?.oid !== one.before?.oid || bringsMode(one, there)),
    );
  // Words alone make nobody an author, unless their bytes land as something else.
  return commits.filter(({ did }) => {
    const silent = did.every(({ path }) => isWord(path));
    return did.some((one) => (!silent && governs(rule, rules, one.path)) || lies(one, silent));
  });
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
  if (platforms.some(matches)) return 'platform';
  return agents.some(matches) ? 'agent' : 'stranger';
}
