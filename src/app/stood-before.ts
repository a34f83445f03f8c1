import type { TreeFile } from '../core/gate/judged-signoff.ts';
import type { RawEntry } from '../core/gate/raw-diff.ts';
import { readSignedFile } from '../core/gate/signoff-file.ts';
import { exceptionFolder, parseSignoffPath, signoffFolder } from '../core/gate/signoff-path.ts';
import { digestsIn } from './check-signoffs.ts';
import type { Git } from './ports.ts';
import { diffPairs, emptyTree, readCommits } from './range-commits.ts';
import type { ScopedRule } from './ruled-change.ts';
import { listTree, type ReadFile, readTreeFiles } from './tree-files.ts';

/** Until when what has a digest stood on the target already: whoever signed it before that may have signed for that landing. */
export type StoodUntil = ReadonlyMap<string, Date>;

/** A rule's change of which is asked whether it stood. */
type Stood = {
  readonly raw: readonly RawEntry[];
  readonly change: Pick<ScopedRule['change'], 'digest'>;
};

/** Entries, and commits that touch them, among which is looked: more paths would not fit a command line, more commits are too long ago. */
const mostPaths = 100;
const mostCommits = 500;
/** Commits among which is looked where they cannot be asked for by what they touch. */
const mostOfAny = 10_000;

type Looked = {
  readonly rules: readonly Stood[];
  /** Signed files that the change brings, also what counts for nobody yet: the policy that the change brings may give it weight. */
  readonly brought: readonly TreeFile[];
  /** Times after it are passed over: a date in a commit is a claim. */
  readonly now: Date;
};

/**
 * Looks in the target's first-parent history for what would land: a rule's change that stood there and was taken back. What
 * was signed for it then need not have landed with it, so that no file of the tip tells that it served.
 */
export async function stoodBefore(
  git: Git,
  tip: string,
  { rules, brought, now }: Looked,
): Promise<StoodUntil> {
  const beginnings = new Set(
    brought.flatMap(({ path, bytes }) => parseSignoffPath(path)?.digest ?? digestsIn(bytes)),
  );
  const asked = rules.filter(
    ({ raw, change: { digest } }) => raw.length > 0 && beginnings.has(digest.slice(3, 15)),
  );
  const found = new Map<string, Date>();
  for (const {
    raw,
    change: { digest },
  } of asked) {
    const until = found.has(digest) ? null : await stoodUntil(git, tip, { raw, digest }, now);
    if (until !== null) found.set(digest, until);
  }
  return found;
}

async function stoodUntil(
  git: Git,
  tip: string,
  { raw: entries, digest }: { readonly raw: readonly RawEntry[]; readonly digest: string },
  now: Date,
): Promise<Date | null> {
  // A name that is no UTF-8 cannot be given to git: where there is one, every commit is looked at.
  const watched = new Map(entries.slice(0, mostPaths).map((entry) => [entry.path.raw, entry]));
  const names = [...watched.values()].map(({ path }) => path.text);
  const asked = names.includes(null)
    ? [`--max-count=${mostOfAny}`, tip, '--']
    : [`--max-count=${mostCommits}`, tip, '--', ...names.map((name) => `:(top,literal)${name}`)];
  const listed = await git.text(['rev-list', '--first-parent', '--timestamp', ...asked]);
  const lines = listed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' ') as [string, string]);
  const steps = await stepsOf(
    git,
    lines.map(([, oid]) => oid),
  );
  const there = new Set<string>();
  // From the newest back: before each commit stood what it found.
  for (const [index, step] of steps.entries()) {
    for (const { path, oldMode, oldOid } of step) {
      const lands = watched.get(path.raw);
      if (lands === undefined) continue;
      if (lands.newMode === oldMode && lands.newOid === oldOid) there.add(path.raw);
      else there.delete(path.raw);
    }
    if (there.size === watched.size)
      return latestFrom(git, (lines[index] as [string, string])[1], digest, now);
  }
  return null;
}

/** What each commit did against its first parent. */
export async function stepsOf(
  git: Git,
  oids: readonly string[],
): Promise<readonly (readonly RawEntry[])[]> {
  const commits = await readCommits(git, oids);
  const parents = await readCommits(git, [
    ...new Set(commits.flatMap(({ parents: [first] }) => first ?? [])),
  ]);
  const trees = new Map(parents.map(({ oid, tree }) => [oid, tree]));
  return diffPairs(
    git,
    commits.map(({ oid, tree, parents: [first] }) => ({
      from: (first && trees.get(first)) ?? emptyTree(oid),
      to: tree,
    })),
  );
}

/**
 * The earliest time at which a change can have been taken off: the latest that this commit or anything before it claims, and
 * when what landed up to it was signed. Who may push can date commits back, and not what others signed for the rollback.
 */
async function latestFrom(
  git: Git,
  landing: string,
  digest: string,
  now: Date,
): Promise<Date | null> {
  const listed = await git.text(['rev-list', '--first-parent', '--timestamp', landing]);
  const signed = await readTreeFiles(
    git,
    await listTree(git, landing, [signoffFolder, exceptionFolder]),
  );
  const claimed = [
    ...listed
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Number(line.split(' ')[0]) * 1000),
    ...signed.flatMap((file) => claimedTime(file, digest)),
  ];
  const times = claimed.filter((time) => time <= now.getTime());
  return times.length === 0 ? null : new Date(times.reduce((one, other) => Math.max(one, other)));
}

/** Whose word it is does not matter: it can only ask for a later signature. What was signed for the change itself says when it landed, and not when it was taken off. */
function claimedTime({ path, bytes }: ReadFile, digest: string): readonly number[] {
  const read =
    bytes === null
      ? null
      : readSignedFile(parseSignoffPath(path) === null ? 'exception' : 'signoff', bytes);
  if (read?.ok && read.json.includes(`"digest":"${digest}"`)) return [];
  const time = read?.ok
    ? Date.parse(/"signed_at":"([^"]*)"/.exec(read.json)?.[1] ?? '')
    : Number.NaN;
  return Number.isNaN(time) ? [] : [time];
}
