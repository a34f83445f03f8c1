import type { RangeCommit } from '../core/gate/authors.ts';
import { longestLanding } from '../core/gate/change-findings.ts';
import { type ChangeEntry, changeDigest } from '../core/gate/change-digest.ts';
import { composeEntries } from '../core/gate/compose-entries.ts';
import type { RawEntry } from '../core/gate/raw-diff.ts';
import type { Scope } from '../core/gate/scope.ts';
import { broughtBy, firstParents } from './brought-by.ts';
import { entryHasher } from './hashed-entries.ts';
import type { Git } from './ports.ts';
import type { Part } from './ruled-change.ts';
import { whoWrote } from './who-wrote.ts';
import { commitsBetween, diffPairs, readCommits, readWork } from './range-commits.ts';

/** What landed together with a signed file: the entries of a rule, the commits that made them, and the target's tip before and after. */
export type FoundLanding = {
  readonly before: string;
  readonly after: string;
  readonly raw: readonly RawEntry[];
  readonly entries: readonly ChangeEntry[];
  readonly commits: readonly RangeCommit[];
};

/**
 * Finds the landing of a signed file, by the digest that it names: the stretch of first-parent commits around the one that
 * brought the file in which a rule's files have that digest. Null where there is none: then what was signed never landed.
 */
export async function landingOf(
  git: Git,
  tip: string,
  file: string,
  { part, digest }: { readonly part: Part; readonly digest: string },
): Promise<FoundLanding | null> {
  const { rule, scope } = part;
  // What landed once lies in the same place of every later history of the branch: an audit asks at each of its landings.
  const key = `landing ${file} ${digest} ${JSON.stringify([rule.id, rule.paths, rule.except])}`;
  const known = git.memory?.get(key) as FoundLanding | undefined;
  if (known) return known;
  const found = await findLanding(git, tip, file, { scope, digest });
  if (found !== null) git.memory?.set(key, found);
  return found;
}

type Signed = { readonly scope: Scope; readonly digest: string };

async function findLanding(
  git: Git,
  tip: string,
  file: string,
  signed: Signed,
): Promise<FoundLanding | null> {
  for (const brought of await broughtBy(git, tip, file)) {
    const found = await landingAround(git, tip, brought, signed);
    if (found !== null) return found;
  }
  return null;
}

async function landingAround(
  git: Git,
  tip: string,
  brought: string,
  { scope, digest }: Signed,
): Promise<FoundLanding | null> {
  const before = (
    await firstParents(git, [`--max-count=${longestLanding + 1}`, brought])
  ).toReversed();
  const after = (await firstParents(git, [tip, `^${brought}`])).toReversed();
  const chain = [...before, ...after.slice(0, longestLanding - 1)];
  const trees = (await readCommits(git, chain)).map(({ tree }) => tree);
  const steps = (
    await diffPairs(
      git,
      trees.slice(1).map((to, index) => ({ from: trees[index] as string, to })),
    )
  ).map((entries) => entries.filter(({ path }) => scope.governs(path)));
  const found = await stretchOf(git, steps, chain.indexOf(brought) - 1, digest);
  if (found === null) return null;
  const [first, last] = [chain[found.first] as string, chain[found.last + 1] as string];
  const { oids } = await commitsBetween(git, first, last);
  return {
    before: first,
    after: last,
    raw: found.raw,
    entries: found.entries,
    commits: await whoWrote(git, {
      entries: found.raw,
      governs: scope.governs,
      commits: await readWork(git, oids),
      landing: [],
    }),
  };
}

type Found = {
  readonly first: number;
  readonly last: number;
  readonly raw: readonly RawEntry[];
  readonly entries: readonly ChangeEntry[];
};

/** The shortest stretch around a step whose entries have a digest. */
async function stretchOf(
  git: Git,
  steps: readonly (readonly RawEntry[])[],
  around: number,
  digest: string,
): Promise<Found | null> {
  if (around < 0) return null;
  const hash = await entryHasher(git, steps.flat());
  for (const [first, last] of stretchesAround(steps, around)) {
    const raw = composeEntries(steps.slice(first, last + 1));
    const entries = raw.map(hash);
    if (changeDigest(entries) === digest) return { first, last, raw, entries };
  }
  return null;
}

/** The stretches that can hold a step, the shortest first; without those that begin or end with a step that changes nothing of them. */
function* stretchesAround(
  steps: readonly (readonly RawEntry[])[],
  around: number,
): Generator<readonly [first: number, last: number]> {
  const counts = (index: number): boolean => index === around || (steps[index] ?? []).length > 0;
  for (let length = 1; length <= Math.min(longestLanding, steps.length); length++) {
    for (
      let first = Math.max(0, around - length + 1);
      first <= Math.min(around, steps.length - length);
      first++
    ) {
      const last = first + length - 1;
      if (counts(first) && counts(last)) yield [first, last];
    }
  }
}
