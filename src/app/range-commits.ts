import type { RangeCommit } from '../core/gate/authors.ts';
import { mergedPaths } from '../core/gate/carried-lines.ts';
import { type CommitObject, parseCommit } from '../core/gate/commit-object.ts';
import { parseRawDiff, type RawEntry } from '../core/gate/raw-diff.ts';
import { CountersignError } from './errors.ts';
import { fetchStep, missingHistory } from './missing-history.ts';
import { mergeTrees } from './merge-trees.ts';
import type { Git, GitObject } from './ports.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A commit message of more than this is nobody's. */
const largestCommit = 16 * 1024 * 1024;

type Listed = { readonly oid: string } & CommitObject;

/**
 * The commits that the head has and the tip has not, and whether the head contains the tip.
 *
 * @throws CountersignError `history/missing` where the histories cannot be compared
 */
export async function commitsBetween(
  git: Git,
  tip: string,
  head: string,
): Promise<{ readonly oids: readonly string[]; readonly upToDate: boolean }> {
  const listed = await git.run(['rev-list', '--topo-order', '--left-right', `${tip}...${head}`]);
  // Git warns and goes on where it could not read all of a history.
  if (listed.code !== 0 || listed.stderr.trim() !== '')
    throw await missingHistory(git, untold(tip, head, listed.stderr));
  const lines = decoder.decode(listed.stdout).split('\n');
  return {
    oids: lines.filter((line) => line.startsWith('>')).map((line) => line.slice(1)),
    upToDate: !lines.some((line) => line.startsWith('<')),
  };
}

/** Git names each commit that it could not read, twice at that: one is enough, and that is what is missing. */
function untold(tip: string, head: string, complaint: string): string {
  const [, missing] = /Could not read ([0-9a-f]{40,64})/.exec(complaint) ?? [];
  const between = `the commits between ${tip.slice(0, 12)} and ${head.slice(0, 12)}`;
  return missing === undefined
    ? `git could not list ${between}: ${complaint.trim()}`
    : `this clone lacks part of the history, ${missing.slice(0, 12)} for one, so ${between} cannot be told`;
}

/** What lies between two trees. */
export type TreePair = { readonly from: string; readonly to: string };

/** A range, and what lands by it; `pending` is the throw-away commit of the index, which bears the committer-to-be as author. */
export type Range = {
  readonly oids: readonly string[];
  readonly pending: string | null;
  readonly landing: TreePair;
  readonly diff: DiffPairs;
};

/**
 * The commits of a range, each with what it did itself: against its parent, a root commit against nothing, a merge against
 * the automatic merge of its parents, so that what a person put into a merge shows; and, by the way, what lands.
 *
 * @throws CountersignError `history/missing` where a parent is not in this clone
 */
export async function rangeCommits(
  git: Git,
  { oids, pending, landing, diff }: Range,
): Promise<{ readonly commits: readonly RangeCommit[]; readonly entries: readonly RawEntry[] }> {
  const steps = await stepsOf(git, oids);
  const pairs = pairsOf(steps);
  const [entries = [], ...diffs] = await diff([landing, ...pairs]);
  const did = whatEachDid(steps, diffs);
  const commits = steps.map(
    (
      { commit: { oid, author, committer, coAuthors, signature, parents } },
      index,
    ): RangeCommit => ({
      oid: oid === pending ? 'pending' : oid,
      author,
      committer,
      coAuthors,
      signature,
      parents,
      ...(did[index] as Did),
    }),
  );
  return { commits, entries };
}

/** What each of some commits says of itself, and did itself, in the order asked for. */
export async function readWork(
  git: Git,
  oids: readonly string[],
): Promise<readonly (RangeCommit & CommitObject)[]> {
  const steps = await stepsOf(git, oids);
  const did = whatEachDid(steps, await diffPairs(git, pairsOf(steps)));
  return steps.map(({ commit }, index) => ({ ...commit, ...(did[index] as Did) }));
}

type Did = Pick<RangeCommit, 'touched' | 'merged'>;

/** All that has to be compared to know what each commit did. */
function pairsOf(steps: readonly Step[]): readonly TreePair[] {
  return steps.flatMap(({ pair, sides }) => [pair, ...sides]);
}

/** @param diffs between the trees of `pairsOf`, in its order */
function whatEachDid(
  steps: readonly Step[],
  diffs: readonly (readonly RawEntry[])[],
): readonly Did[] {
  let at = 0;
  return steps.map(({ conflicts, sides }) => {
    const own = diffs[at++] as readonly RawEntry[];
    const between = diffs.slice(at, at + sides.length);
    at += sides.length;
    return { touched: [...own, ...conflicts], merged: mergedPaths(between) };
  });
}

/** The tree of a commit. */
export async function treeOf(git: Git, oid: string): Promise<string> {
  return ((await readCommits(git, [oid]))[0] as Listed).tree;
}

/** A commit with the trees that show what it did: what it is compared with, and, of a merge of lines that parted, each side. */
type Step = {
  readonly commit: Listed;
  readonly pair: TreePair;
  readonly sides: readonly TreePair[];
  readonly conflicts: readonly RawEntry[];
};

async function stepsOf(git: Git, oids: readonly string[]): Promise<readonly Step[]> {
  const commits = await readCommits(git, oids);
  const inside = new Map(commits.map((commit) => [commit.oid, commit]));
  const outside = [...new Set(commits.flatMap(({ parents }) => parents))].filter(
    (oid) => !inside.has(oid),
  );
  const trees = new Map(
    [...commits, ...(await readCommits(git, outside))].map(({ oid, tree }) => [oid, tree]),
  );
  const bases = await inLanes(commits, (commit) => baseTree(git, commit, trees, inside));
  return commits.map((commit, index) => {
    const { tree, conflicts, parted } = bases[index] as Base;
    const sides = parted ? commit.parents.map((oid) => trees.get(oid) as string) : [];
    return {
      commit,
      pair: { from: tree, to: commit.tree },
      sides: sides.map((from) => ({ from, to: commit.tree })),
      conflicts,
    };
  });
}

/** Does something with each item, a few at a time: a process for each of a thousand merges at once would choke the machine. */
async function inLanes<Item, Done>(
  items: readonly Item[],
  work: (item: Item) => Promise<Done>,
): Promise<readonly Done[]> {
  const done: Done[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++)
      done[index] = await work(items[index] as Item);
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return done;
}

/** Commit objects as they are, in the order asked for. */
export async function readCommits(git: Git, oids: readonly string[]): Promise<readonly Listed[]> {
  const objects = await git.objects(oids, largestCommit);
  const missing = oids.find((oid) => !objects.get(oid));
  if (missing !== undefined)
    throw await missingHistory(git, `commit ${missing} is not in this clone`);
  return oids.map((oid) => {
    const commit = parseCommit((objects.get(oid) as GitObject).bytes);
    if (commit === null)
      throw new CountersignError(
        'history/odd-commit',
        `commit ${oid} is not written as git writes commits, so that readers could differ on its parents or its author`,
        `make the commit again with git itself: git rebase --force-rebase ${oid.slice(0, 12)}~1`,
      );
    return { oid, ...commit };
  });
}

/** What a commit is compared with; paths that the automatic merge left in conflict count as touched by who resolved them. */
type Base = {
  readonly tree: string;
  readonly conflicts: readonly RawEntry[];
  /** Whether it merges lines of history of which none is known to hold the other. */
  readonly parted: boolean;
};

async function baseTree(
  git: Git,
  { oid, parents, tree }: Listed,
  trees: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, Listed>,
): Promise<Base> {
  const [first, second, ...more] = parents;
  if (first === undefined) return { tree: emptyTree(oid), conflicts: [], parted: false };
  const firstTree = trees.get(first) as string;
  // Nobody can say what an octopus would have merged to by itself: whoever made it answers for all that it took in.
  if (second === undefined || more.length > 0)
    return { tree: firstTree, conflicts: [], parted: more.length > 0 };
  // Where one parent holds the other, the automatic merge is the one that holds it.
  if (holds(known, second, first))
    return { tree: trees.get(second) as string, conflicts: [], parted: false };
  if (holds(known, first, second)) return { tree: firstTree, conflicts: [], parted: false };
  const merged = await mergeTrees(git, [first, second], ['--allow-unrelated-histories']);
  const zero = '0'.repeat(oid.length);
  return {
    tree: merged.tree,
    parted: true,
    conflicts: merged.conflicts.map((path) => ({
      path,
      oldMode: '000000',
      newMode: '000000',
      oldOid: zero,
      newOid: tree,
    })),
  };
}

/** How far back is looked before git itself is asked to merge. */
const farthest = 500;

/** Whether a commit certainly has an ancestor; false where the known commits, or the first few hundred of them, do not tell. */
function holds(known: ReadonlyMap<string, Listed>, commit: string, ancestor: string): boolean {
  const seen = new Set([commit]);
  for (const oid of seen) {
    if (oid === ancestor) return true;
    if (seen.size > farthest) return false;
    for (const parent of known.get(oid)?.parents ?? []) seen.add(parent);
  }
  return false;
}

/** The object id of the tree without entries, which git knows without storing it. */
export function emptyTree(oid: string): string {
  return oid.length === 64
    ? '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'
    : '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
}

/** The entries between the trees of many pairs, in order. */
export type DiffPairs = (pairs: readonly TreePair[]) => Promise<readonly (readonly RawEntry[])[]>;

/** Asks git for each pair once: a branch of one commit is asked for the same pair twice. */
export function rememberedDiffs(git: Git): DiffPairs {
  const known = new Map<string, Promise<readonly RawEntry[]>>();
  return (pairs) => {
    const lines = pairs.map(({ from, to }) => `${from} ${to}`);
    const fresh = [...new Set(lines)].filter((line) => !known.has(line));
    const answers = diffsOf(git, fresh);
    for (const [index, line] of fresh.entries())
      known.set(
        line,
        answers.then((entries) => entries[index] ?? []),
      );
    return Promise.all(lines.map((line) => known.get(line) as Promise<readonly RawEntry[]>));
  };
}

/** @see DiffPairs */
export function diffPairs(git: Git, pairs: readonly TreePair[]): ReturnType<DiffPairs> {
  return rememberedDiffs(git)(pairs);
}

/** Through one git process. */
async function diffsOf(
  git: Git,
  asked: readonly string[],
): Promise<readonly (readonly RawEntry[])[]> {
  if (asked.length === 0) return [];
  const out = await git.run(
    [
      'diff-tree',
      '--stdin',
      '-r',
      '-z',
      '--raw',
      '--no-renames',
      '--no-abbrev',
      '--no-ext-diff',
      '--ignore-submodules=none',
    ],
    { input: encoder.encode(asked.map((line) => `${line}\n`).join('')) },
  );
  if (out.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git could not compare commits: ${out.stderr.trim()}`,
      await fetchStep(git),
    );
  const diffs = parseRawDiff(out.stdout);
  const wrong = asked.find((line, index) => diffs[index]?.header !== line);
  if (wrong !== undefined || diffs.length !== asked.length)
    throw new CountersignError(
      'git/failed',
      `git's answer about ${wrong ?? 'the range'} could not be read`,
      'report this with the version of git',
    );
  return diffs.map(({ entries }) => entries);
}
