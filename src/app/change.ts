import type { RangeCommit } from '../core/gate/authors.ts';
import { type MergedPath, mergedPaths } from '../core/gate/carried-lines.ts';
import type { RawEntry } from '../core/gate/raw-diff.ts';
import type { RawPath } from '../core/gate/raw-path.ts';
import { committingAs, unknownIdentity } from './author-identity.ts';
import type { CheckRequest } from './check-request.ts';
import { CountersignError } from './errors.ts';
import { mergeTrees } from './merge-trees.ts';
import { headQuestion, indexQuestion } from './git-questions.ts';
import {
  commitsBetween,
  emptyTree,
  rangeCommits,
  readCommits,
  rememberedDiffs,
  treeOf,
} from './range-commits.ts';
import type { Git } from './ports.ts';
import type { Repository } from './repository.ts';
import { takenBranch, tipHere } from './policy-branch.ts';
import { readRefs, type Refs } from './refs.ts';
import { resolveRevision, targetRef } from './revisions.ts';

/** What is judged: the index that the next commit is made of, or a range that ends in a commit. */
export type ChangeSource =
  | { readonly kind: 'staged' }
  | { readonly kind: 'range'; readonly from: string; readonly to: string };

/** What would land on a target, before any rule is asked. Object ids are full; `head` is `index` for the index. */
export type Change = {
  readonly refs: Refs;
  readonly target: string;
  readonly tip: string;
  readonly head: string;
  /** The tree of the head itself. */
  readonly headTree: string;
  /** The tree that would land. */
  readonly lands: string;
  /** Whether the head contains the tip. */
  readonly upToDate: boolean;
  readonly conflicts: readonly RawPath[];
  readonly entries: readonly RawEntry[];
  /** Whether it has landed already: commits that it was made of may be gone. */
  readonly landed?: true;
  /** Commits that the target does not have yet, the pending one among them. */
  readonly commits: readonly RangeCommit[];
  /** What the merge with the target carries over renames, where the head does not contain the tip. */
  readonly merged: readonly MergedPath[];
};

/** What is staged, and the throw-away commit that it is being made into; without parents where nothing was committed before it. */
type PendingCommit = {
  readonly commit: Promise<string>;
  readonly tree: string;
  readonly parents: readonly string[];
};

/** The commits that the head has and the tip has not, all of them but the pending one, and whether the head contains the tip. */
type Between = Awaited<ReturnType<typeof commitsBetween>>;

const decoder = new TextDecoder();

/** Parses `A...B`. */
export function parseRange(text: string): ChangeSource {
  const [from, to, ...rest] = text.split('...');
  if (from === undefined || to === undefined || rest.length > 0 || to.startsWith('.')) {
    throw new CountersignError(
      'usage/range',
      `${JSON.stringify(text)} is not a range`,
      'write it with three dots, such as main...HEAD',
    );
  }
  return { kind: 'range', from: from === '' ? 'HEAD' : from, to: to === '' ? 'HEAD' : to };
}

/** Reads what would land. Exact, or an exception that says how to get what is missing. */
export async function readChange(
  repository: Repository,
  source: ChangeSource,
  { target, push }: Pick<CheckRequest, 'target' | 'push'> = {},
): Promise<Change> {
  const { git } = repository;
  // What does not depend on each other is asked at once: a hook is waited for.
  const [found, staged] = await Promise.all([
    readRefs(git, push?.remote),
    source.kind === 'staged' ? indexAsCommit(repository) : null,
  ]);
  const { refs, pending } =
    staged?.parents.length === 0 && found.branches.size === 0
      ? await beforeFirstCommit(repository, found, staged)
      : { refs: found, pending: staged };
  const ref = target === undefined ? (await takenBranch(git, refs)).ref : targetRef(target);
  const [tip, named] =
    source.kind === 'range'
      ? await Promise.all([
          resolveRevision(git, refs, source.from),
          resolveRevision(git, refs, source.to),
        ])
      : [await tipHere(git, refs, ref), null];
  const [tipTree, headTree, between] = await Promise.all([
    treeOf(git, tip),
    pending?.tree ?? treeOf(git, named as string),
    pending ? belowPending(git, tip, pending) : commitsBetween(git, tip, named as string),
  ]);
  const diff = rememberedDiffs(git);
  // What is staged can be compared while its commit is being made. Whoever asks for this is told what went wrong.
  if (between.upToDate) diff([{ from: tipTree, to: headTree }]).catch(() => {});
  const head = named ?? (await (pending as PendingCommit).commit);
  const landing = between.upToDate
    ? { tree: headTree, conflicts: [] }
    : await mergedTree(git, tip, head);
  const lands = landing.conflicts.length > 0 ? headTree : landing.tree;
  const { entries, commits } = await rangeCommits(git, {
    oids: pending ? [head, ...between.oids] : between.oids,
    pending: pending ? head : null,
    landing: { from: tipTree, to: lands },
    diff,
  });
  const merged = between.upToDate
    ? []
    : mergedPaths([entries, ...(await diff([{ from: headTree, to: lands }]))]);
  return {
    refs,
    target: ref,
    tip,
    head: pending ? 'index' : head,
    headTree,
    lands,
    upToDate: between.upToDate,
    conflicts: landing.conflicts,
    entries,
    commits,
    merged,
  };
}

/** A throw-away commit of the index on HEAD, so that the index is judged as any commit is; its author and committer are those whom git would name. */
async function indexAsCommit(repository: Repository): Promise<PendingCommit> {
  const { git } = repository;
  const [written, parents] = await Promise.all([
    git.run(indexQuestion),
    pendingParents(repository),
  ]);
  if (written.code !== 0) throw indexFailure(written.stderr.trim());
  const tree = decoder.decode(written.stdout).trim();
  return pendingOn(repository, tree, parents);
}

/** Where there is no commit at all, what is staged is judged as if the branch that it will make began with an empty commit. */
async function beforeFirstCommit(
  repository: Repository,
  refs: Refs,
  { tree }: PendingCommit,
): Promise<{ refs: Refs; pending: PendingCommit }> {
  const branch =
    refs.configuredTarget === ''
      ? (await repository.git.text(['symbolic-ref', 'HEAD'])).trim()
      : targetRef(refs.configuredTarget);
  const empty = await commitOf(repository, emptyTree(tree), []);
  const pending = pendingOn(repository, tree, [empty]);
  return {
    refs: { ...refs, branches: new Map([[branch, empty]]), configuredTarget: branch },
    pending,
  };
}

/** Begins to make the throw-away commit. Whoever waits for it is told what went wrong. */
function pendingOn(
  repository: Repository,
  tree: string,
  parents: readonly string[],
): PendingCommit {
  const commit = commitOf(repository, tree, parents);
  commit.catch(() => {});
  return { commit, tree, parents };
}

/**
 * The commits between a tip and the throw-away commit. That one bears a time of long ago, for which git would walk all of
 * history before it gets to it: so git is asked of its parent, and of nothing where that is the tip.
 */
async function belowPending(
  git: Git,
  tip: string,
  { commit, parents }: PendingCommit,
): Promise<Between> {
  const [parent, ...others] = parents;
  if (parent !== undefined && others.length === 0)
    return parent === tip ? nothingBetween(git, tip) : commitsBetween(git, tip, parent);
  const made = await commit;
  const { oids, upToDate } = await commitsBetween(git, tip, made);
  return { oids: oids.filter((oid) => oid !== made), upToDate };
}

/** As git does, this refuses where what comes before is not in this clone. */
async function nothingBetween(git: Git, tip: string): Promise<Between> {
  for (const { parents } of await readCommits(git, [tip])) await readCommits(git, parents);
  return { oids: [], upToDate: true };
}

/** Always the same time: looking twice at one index makes one commit. */
async function commitOf(
  repository: Repository,
  tree: string,
  parents: readonly string[],
): Promise<string> {
  const dates = {
    GIT_AUTHOR_DATE: '2000-01-01T00:00:00Z',
    GIT_COMMITTER_DATE: '2000-01-01T00:00:00Z',
  };
  const person = await committingAs(repository);
  const made = await repository.git.run(
    ['commit-tree', tree, ...parents.flatMap((oid) => ['-p', oid]), '-m', 'what is staged'],
    { env: { ...person, ...dates } },
  );
  if (made.code !== 0) throw pendingFailure(made.stderr.trim());
  return decoder.decode(made.stdout).trim();
}

function indexFailure(complaint: string): CountersignError {
  if (/: unmerged \(/.test(complaint))
    return new CountersignError(
      'index/unmerged',
      'the index cannot be committed as it is',
      'resolve the conflicts (git status), then stage the files',
    );
  return new CountersignError(
    'git/failed',
    `git could not read the index as a tree: ${complaint.split('\n')[0]}`,
    'see "git status"',
  );
}

function pendingFailure(complaint: string): CountersignError {
  if (/identity|who you are|ident name|auto-detect/i.test(complaint))
    return unknownIdentity(complaint);
  return new CountersignError(
    'git/failed',
    `git could not look at the index as a commit: ${complaint}`,
    'see "git status"',
  );
}

/** HEAD, and all that a merge takes in that is being concluded; nothing before the first commit. */
async function pendingParents({ git, mergeHeads }: Repository): Promise<readonly string[]> {
  const [head, merged] = await Promise.all([git.run(headQuestion), mergeHeads()]);
  if (head.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git could not say what HEAD is: ${head.stderr.trim()}`,
      'git status',
    );
  return [
    ...new Set([
      ...decoder
        .decode(head.stdout)
        .split('\n')
        .filter((oid) => oid !== ''),
      ...merged,
    ]),
  ];
}

/** What the automatic merge with the target gives. */
async function mergedTree(
  git: Git,
  tip: string,
  head: string,
): Promise<{ tree: string; conflicts: readonly RawPath[] }> {
  const { tree, conflicts, clean } = await mergeTrees(git, [tip, head]);
  if (!clean && conflicts.length === 0)
    throw new CountersignError(
      'git/failed',
      'git reports a conflict and names no file',
      'merge the target into the branch',
    );
  return { tree, conflicts };
}
