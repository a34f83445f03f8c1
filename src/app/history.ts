import type { RangeCommit } from '../core/gate/authors.ts';
import type { RawEntry } from '../core/gate/raw-diff.ts';
import { isRecordPath } from '../core/gate/signoff-path.ts';
import type { Stamp } from '../core/gate/stamp.ts';
import { CountersignError } from './errors.ts';
import type { Change } from './change.ts';
import { missingHistory } from './missing-history.ts';
import type { Git } from './ports.ts';
import { diffPairs, emptyTree, readCommits, readWork, treeOf } from './range-commits.ts';
import { policyBranch, takenBranch, tipHere } from './policy-branch.ts';
import { readRefs, type Refs } from './refs.ts';
import { resolveRevision, targetRef } from './revisions.ts';

/** One commit of a target's first-parent history, and what it brought to the target. */
export type HistoryStep = {
  readonly oid: string;
  readonly tree: string;
  readonly subject: string;
  readonly merge: boolean;
  /** The tree of what a merge took in, on which evaluations were run before it landed; else, or where the merge brought something of its own, its own. */
  readonly headTree: string;
  /** The latest committer time among this commit and its first-parent ancestors that is not still to come: one commit's own date is only a claim. */
  readonly time: Date;
  /** The earliest proof that it was there; null where there is none. */
  readonly stamp: Stamp | null;
  /** Against its first parent. */
  readonly entries: readonly RawEntry[];
  /** The commits that the target did not have before. */
  readonly commits: readonly RangeCommit[];
};

/** A target's first-parent history, oldest first. */
export type History = {
  readonly refs: Refs;
  readonly target: string;
  /** Full ref of the policy branch. */
  readonly branch: string;
  /** Where it begins: a commit that is judged no more, or the empty tree before the first one. */
  readonly start: string;
  /** The first-parent commits up to the start, where they came before the first policy. */
  readonly before: { readonly steps: number; readonly time: Date; readonly subject: string } | null;
  /** Whether a policy stood on the branch at or before the start. */
  readonly wasProtected: boolean;
  readonly steps: readonly HistoryStep[];
  /** Whether it is still to land. */
  readonly pending?: true;
  /** The policy branch's tip before something landed on a commit at a time. */
  readonly policyTip: (onto: string, time: Date) => string;
};

type ChainLink = { readonly oid: string; readonly time: number };

const policyFile = '.countersign/policy.yaml';

/**
 * Reads the first-parent history of a target in one pass over its commits.
 *
 * @param request `since` is a commit that is not judged any more; `chained` are commits that must lie on the chain; dates of
 *   commits after `now` are passed over
 * @throws CountersignError `history/missing` in a shallow clone, `audit/rewritten` where a commit lies on the chain no more
 */
export async function readHistory(
  git: Git,
  request: {
    readonly target?: string | undefined;
    readonly since?: string | undefined;
    readonly chained?: readonly string[] | undefined;
    readonly now: Date;
  },
): Promise<History> {
  await refuseShallow(git);
  const refs = await readRefs(git);
  const target =
    request.target === undefined ? (await takenBranch(git, refs)).ref : targetRef(request.target);
  const tip = await tipHere(git, refs, target);
  const { ref: branch, tip: policyTip } = await policyBranch(git, refs, { target, history: true });
  const chain = await readChain(git, tip, request.now);
  const since =
    request.since === undefined ? null : await resolveRevision(git, refs, request.since);
  for (const oid of [...(request.chained ?? []), ...(since === null ? [] : [since])])
    refuseOffChain(chain, oid, target);
  const rivals = target === branch ? null : await readChain(git, policyTip, request.now);
  const begin = rivals === null ? () => firstProtected(git, chain) : () => forkPoint(chain, rivals);
  const first = since === null ? await begin() : indexOf(chain, since) + 1;
  // A branch of a history of its own may bear dates of before the policy branch began; its own policy is nobody's for that.
  const eldest = rivals?.[await firstProtected(git, rivals)];
  const last = chain[first - 1];
  const start = last?.oid ?? emptyTree((chain[0] as ChainLink).oid);
  const steps = await readSteps(git, chain.slice(first), start);
  return {
    refs,
    target,
    branch,
    start,
    steps,
    before:
      last && since === null && rivals === null
        ? {
            steps: first,
            time: new Date(last.time * 1000),
            subject: (await readWork(git, [last.oid]))[0]?.subject ?? '',
          }
        : null,
    wasProtected:
      last !== undefined && since !== null && rivals === null && (await hadPolicy(git, last.oid)),
    policyTip:
      rivals === null
        ? (onto) => onto
        : (onto, at) =>
            (rivals.findLast(({ time }) => time * 1000 <= at.getTime()) ?? eldest)?.oid ?? onto,
  };
}

/** Commits that would go on from a target's tip, as the history that they will be; null where they do not go on by first parents. */
export async function pendingHistory(
  git: Git,
  { refs, target, tip, head }: Pick<Change, 'refs' | 'target' | 'tip' | 'head'>,
  branch: { readonly ref: string; readonly tip: string },
  now: Date,
): Promise<History | null> {
  const chain = await readChain(git, head, now, tip);
  const [first] = chain;
  if (first === undefined || (await readCommits(git, [first.oid]))[0]?.parents[0] !== tip)
    return null;
  return {
    refs,
    target,
    branch: branch.ref,
    start: tip,
    before: null,
    wasProtected: true,
    steps: await readSteps(git, chain, tip),
    pending: true,
    policyTip: target === branch.ref ? (onto) => onto : () => branch.tip,
  };
}

async function refuseShallow(git: Git): Promise<void> {
  if ((await git.text(['rev-parse', '--is-shallow-repository'])) !== 'false') {
    throw await missingHistory(
      git,
      'this clone is shallow, and what landed before it was cut off cannot be judged',
    );
  }
}

/** Oldest first, each with the latest committer time so far; a date that is still to come would hold for all that lands after it, and tells nothing. */
async function readChain(
  git: Git,
  tip: string,
  now: Date,
  after?: string,
): Promise<readonly ChainLink[]> {
  const until = after === undefined ? [] : [`^${after}`];
  const lines = (
    await git.text(['rev-list', '--first-parent', '--reverse', '--timestamp', tip, ...until])
  ).split('\n');
  let latest = 0;
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [seconds = '', oid = ''] = line.split(' ');
      if (Number(seconds) * 1000 <= now.getTime()) latest = Math.max(latest, Number(seconds));
      return { oid, time: latest };
    });
}

function indexOf(chain: readonly ChainLink[], oid: string): number {
  return chain.findIndex((link) => link.oid === oid);
}

function refuseOffChain(chain: readonly ChainLink[], oid: string, target: string): void {
  if (indexOf(chain, oid) >= 0) return;
  const short = target.slice('refs/heads/'.length);
  throw new CountersignError(
    'audit/rewritten',
    `${oid} was audited as the tip of ${short} and no longer lies on its first-parent history`,
    `somebody rewrote the branch, or moved it to one that had merged it; see what happened: git log --graph ${oid}...${short}`,
  );
}

/** The first commit that brings a policy: what stood before was protected by nothing. All of the chain where none does. */
async function firstProtected(git: Git, chain: readonly ChainLink[]): Promise<number> {
  const tip = chain.at(-1) as ChainLink;
  const oids = (
    await git.text(['rev-list', '--first-parent', '--reverse', tip.oid, '--', policyFile])
  ).split('\n');
  const first = indexOf(chain, oids[0] ?? '');
  return first < 0 ? chain.length : first;
}

async function hadPolicy(git: Git, tip: string): Promise<boolean> {
  return (
    (await git.text(['rev-list', '--first-parent', '--max-count=1', tip, '--', policyFile])) !== ''
  );
}

/** Where a branch parted from the policy branch: what both share landed on the policy branch. */
function forkPoint(chain: readonly ChainLink[], rivals: readonly ChainLink[]): number {
  const shared = new Set(rivals.map(({ oid }) => oid));
  return chain.findLastIndex(({ oid }) => shared.has(oid)) + 1;
}

async function readSteps(
  git: Git,
  chain: readonly ChainLink[],
  start: string,
): Promise<readonly HistoryStep[]> {
  const tip = chain.at(-1);
  if (tip === undefined) return [];
  const excluded = start === emptyTree(start) ? [] : [`^${start}`];
  const oids = (await git.text(['rev-list', '--topo-order', tip.oid, ...excluded]))
    .split('\n')
    .filter((oid) => oid !== '');
  const work = new Map((await readWork(git, oids)).map((commit) => [commit.oid, commit]));
  const linked = chain.map(({ oid, time }) => ({
    time,
    commit: work.get(oid) as NonNullable<ReturnType<typeof work.get>>,
  }));
  const trees = [
    excluded.length === 0 ? start : await treeOf(git, start),
    ...linked.map(({ commit }) => commit.tree),
  ];
  const entries = await diffPairs(
    git,
    linked.map(({ commit }, index) => ({ from: trees[index] as string, to: commit.tree })),
  );
  const seen = new Set<string>();
  return linked.map(({ time, commit: { oid, tree, subject, parents, touched } }, index) => ({
    oid,
    tree,
    subject,
    merge: parents.length > 1,
    headTree:
      (parents.length === 2 && isPlainMerge(touched)
        ? work.get(parents[1] as string)?.tree
        : undefined) ?? tree,
    time: new Date(time * 1000),
    stamp: null,
    entries: entries[index] ?? [],
    commits: newCommits(oid, work, seen),
  }));
}

/** Whether a merge did nothing by itself, but for sign-offs that it may have taken in. */
function isPlainMerge(touched: readonly RawEntry[]): boolean {
  return touched.every(({ path }) => path.text !== null && isRecordPath(path.text));
}

/** The commits that a step is the first to reach. */
function newCommits(
  oid: string,
  work: ReadonlyMap<string, RangeCommit & { readonly parents: readonly string[] }>,
  seen: Set<string>,
): readonly RangeCommit[] {
  const found: RangeCommit[] = [];
  const waiting = [oid];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const commit = work.get(next);
    if (commit === undefined || seen.has(next)) continue;
    seen.add(next);
    found.push({
      oid: commit.oid,
      author: commit.author,
      committer: commit.committer,
      coAuthors: commit.coAuthors,
      signature: commit.signature,
      touched: commit.touched,
      parents: commit.parents,
      merged: commit.merged,
    });
    waiting.push(...commit.parents);
  }
  return found;
}
