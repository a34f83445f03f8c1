import type { ChangeEntry } from '../core/gate/change-digest.ts';
import { signedEntries, standsAfter } from '../core/gate/landed-change.ts';
import type { SignoffPayload } from '../core/gate/payload.ts';
import { broughtBy, firstParents } from './brought-by.ts';
import { entryHasher } from './hashed-entries.ts';
import { landingOf } from './landing-of.ts';
import type { Git } from './ports.ts';
import { stepsOf } from './stood-before.ts';
import { type Part, scopesOf } from './ruled-change.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';

/** A sign-off of which is asked whether the change that it names has landed. */
export type NamedChange = {
  readonly file: string;
  readonly payload: Pick<SignoffPayload, 'manifest' | 'digest' | 'rule'>;
};

/** Among so many commits that touch its files is looked; of so many files. What is longer ago counts as not landed. */
const [mostCommits, mostPaths] = [500, 100];

/** Commits of the target that touch the files of a change, oldest first, and after which of them it stands there. */
type Standing = { readonly oids: readonly string[]; readonly stands: readonly boolean[] };

/** Whether a change has ever landed on a target. */
export async function hasLanded(
  git: Git,
  tip: string,
  named: NamedChange,
  policy: GatePolicy,
): Promise<boolean> {
  const standing = await standingOf(git, tip, named.payload);
  return standing === null
    ? landedAround(git, tip, named, policy)
    : standing.stands.some((stands) => stands);
}

/**
 * Whether a landed word is about what had landed when it came, or has landed since. One that came while its change was
 * still open, or after it had been taken back, is not: it goes on holding back.
 */
export async function isSettled(
  git: Git,
  tip: string,
  named: NamedChange,
  policy: GatePolicy,
): Promise<boolean> {
  const standing = await standingOf(git, tip, named.payload);
  if (standing === null) return landedAround(git, tip, named, policy);
  const [brought] = (await broughtBy(git, tip, named.file)).slice(-1);
  if (brought === undefined) return false;
  const before = new Set(await firstParents(git, [brought]));
  const first = standing.oids.findLastIndex((oid) => before.has(oid));
  return standing.stands.slice(Math.max(0, first)).some((stands) => stands);
}

async function standingOf(
  git: Git,
  tip: string,
  payload: NamedChange['payload'],
): Promise<Standing | null> {
  const entries = signedEntries(payload);
  if (entries === null) return null;
  const key = `stands ${tip} ${payload.digest}`;
  const known = git.memory?.get(key) as Standing | undefined;
  if (known) return known;
  const found = await findStanding(git, tip, entries);
  git.memory?.set(key, found);
  return found;
}

async function findStanding(
  git: Git,
  tip: string,
  entries: readonly ChangeEntry[],
): Promise<Standing> {
  // A name that is no UTF-8 cannot be given to git; each of the others was touched wherever the whole change landed.
  const names = entries
    .flatMap(({ path }) => (path.text === null ? [] : [path.text]))
    .slice(0, mostPaths);
  if (entries.length === 0) return { oids: [], stands: [] };
  const watched = entries.length > names.length ? [] : names.map((name) => `:(top,literal)${name}`);
  const oids = (
    await firstParents(git, [`--max-count=${mostCommits}`, tip, '--', ...watched])
  ).toReversed();
  const own = new Set(entries.map(({ path }) => path.raw));
  const steps = (await stepsOf(git, oids)).map((step) =>
    step.filter(({ path }) => own.has(path.raw)),
  );
  const hash = await entryHasher(git, steps.flat());
  return {
    oids,
    stands: standsAfter(
      entries,
      steps.map((step) => step.map(hash)),
    ),
  };
}

/** Where a sign-off lists no files, those of its rule are looked at around its own file. */
async function landedAround(
  git: Git,
  tip: string,
  { file, payload }: NamedChange,
  policy: GatePolicy,
): Promise<boolean> {
  const part: Part | undefined = scopesOf(policy).find(({ rule }) => rule.id === payload.rule);
  const { digest } = payload;
  return part !== undefined && (await landingOf(git, tip, file, { part, digest })) !== null;
}
