import type { CheckResult } from '../core/gate/check-result.ts';
import { matchesAny } from '../core/gate/scope.ts';
import { undecidableResult } from '../core/gate/results-without-change.ts';
import { check } from './check.ts';
import type { CheckRequest } from './check-request.ts';
import { CountersignError, UnreadablePolicy } from './errors.ts';
import { loadPolicy } from './load-policy.ts';
import { readCommits } from './range-commits.ts';
import type { Repository } from './repository.ts';
import { defaultTargetRef, readRefs, type Refs, tipOf } from './revisions.ts';

/** What a hook found, and where it looked. */
export type HookCheck = {
  readonly result: CheckResult;
  readonly about: string;
  /** Whether only records were looked at, since a rebase is half-way. */
  readonly halfWay?: boolean;
};

/** Before a commit, or a merge commit: the index, at the stage that the policy names for it, or as `records` where it brings words alone. */
export async function runCommitHook(
  repository: Repository,
  hook: 'pre-commit' | 'pre-merge-commit',
): Promise<readonly HookCheck[]> {
  const halfWay = await repository.isRebasing();
  const result = await checkOrMend(repository, {
    source: { kind: 'staged' },
    stage: { hook, halfWay },
  });
  return [{ result, about: 'what is staged', halfWay }];
}

/**
 * A commit that mends a policy that nobody can judge by goes through, judged by the mended one: without a commit nobody could
 * name its digest. It is an advice before a commit alone; every check of a range asks for the digest.
 */
async function checkOrMend(repository: Repository, request: CheckRequest): Promise<CheckResult> {
  try {
    return await check(repository, request);
  } catch (error) {
    if (!(error instanceof UnreadablePolicy) || error.trustRoot === null) throw error;
    return check(repository, { ...request, trustRoot: error.trustRoot });
  }
}

/** One line of what git tells pre-push: `<local ref> <local oid> <remote ref> <remote oid>`; an oid of zeros is no commit. */
type Push = { readonly oid: string; readonly remoteRef: string; readonly remoteOid: string };

/**
 * Before a push: each branch that is pushed. A push to a target is judged as `all`, since nothing looks at it after; a push
 * to another branch at the policy's stage for pre-push, or as `records` where it brings words alone, against the default target.
 */
export async function runPushHook(
  repository: Repository,
  input: string,
): Promise<readonly HookCheck[]> {
  const pushes = input
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsePush)
    .filter(({ remoteRef }) => remoteRef.startsWith('refs/heads/'));
  if (pushes.length === 0) return [];
  const refs = await readRefs(repository.git);
  const branch = defaultTargetRef(refs);
  const policy = (await loadPolicy(repository.git, tipOf(refs, branch)))?.policy;
  const isTarget = policy ? matchesAny(policy.targets) : () => false;
  const checks: HookCheck[] = [];
  for (const push of pushes) {
    const name = push.remoteRef.slice('refs/heads/'.length);
    const about = `the push to ${name}`;
    if (!isTarget(name)) {
      if (!isNone(push.oid))
        checks.push({
          about,
          result: await check(repository, {
            source: { kind: 'range', from: tipOf(refs, branch), to: push.oid },
            target: branch,
            stage: { hook: 'pre-push', has: push.remoteOid },
          }),
        });
      continue;
    }
    const refused = await refusal(repository, name, push);
    checks.push({
      about,
      result:
        refused ??
        (await check(repository, {
          source: { kind: 'range', from: baseOf(refs, branch, push), to: push.oid },
          target: push.remoteRef,
          stage: 'all',
          recompute: true,
        })),
    });
  }
  return checks;
}

function isNone(oid: string): boolean {
  return /^0+$/.test(oid);
}

/** What the remote has there now; a target that is new there grows out of the policy branch. */
function baseOf(refs: Refs, branch: string, { remoteRef, remoteOid }: Push): string {
  if (!isNone(remoteOid)) return remoteOid;
  return (
    refs.branches.get(remoteRef.replace('refs/heads/', 'refs/remotes/origin/')) ??
    tipOf(refs, branch)
  );
}

/** A target only ever grows: what is taken off it was signed, and what would stand there instead was not. */
async function refusal(
  { git }: Repository,
  name: string,
  { oid, remoteOid }: Push,
): Promise<CheckResult | null> {
  const refuse = (code: string, message: string, fix: string): CheckResult => ({
    ...undecidableResult({ code, severity: 'error', message, fix }),
    verdict: 'fail',
    exit: 1,
  });
  if (isNone(oid))
    return refuse(
      'push/deletes-target',
      `it would delete ${name}, which is a target of the policy`,
      'take the branch out of the policy’s targets first, by a policy change',
    );
  if (isNone(remoteOid)) return null;
  const { code } = await git.run(['merge-base', '--is-ancestor', remoteOid, oid]);
  if (code > 1)
    throw new CountersignError(
      'history/missing',
      `${name} has moved on to ${remoteOid}, which is not in this clone`,
      `git fetch, then take it in: git merge origin/${name}`,
    );
  if (code === 0)
    return (await keepsFirst(git, remoteOid, oid))
      ? null
      : refuse(
          'push/sidelines-target',
          `${name} would go on from another branch that has merged it: what landed on ${name} would lie on no first-parent history, where nobody finds landings and what they promised`,
          `git rebase origin/${name}; or merge what you have into ${name}, and not ${name} into it`,
        );
  return refuse(
    'push/rewinds-target',
    `it would take commits off ${name}, which is a target of the policy`,
    `take them in (git rebase origin/${name}), or undo them by a new commit (git revert)`,
  );
}

/** Whether a commit goes on from another by first parents. */
async function keepsFirst(git: Repository['git'], before: string, after: string): Promise<boolean> {
  const last =
    (await git.text(['rev-list', '--first-parent', after, `^${before}`])).split('\n').at(-1) ?? '';
  return last === '' || (await readCommits(git, [last]))[0]?.parents[0] === before;
}

function parsePush(line: string): Push {
  // What is pushed may be an expression with spaces in it; the rest is not.
  const [remoteOid, remoteRef, oid, ...local] = line.trim().split(' ').toReversed();
  if (!oid || !remoteRef || !remoteOid || local.length === 0)
    throw new CountersignError(
      'hook/input',
      'what git told the pre-push hook could not be read',
      'let git run the hook; it is not for running by hand',
    );
  return { oid, remoteRef, remoteOid };
}
