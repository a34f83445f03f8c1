import type { CheckResult } from '../core/gate/check-result.ts';
import { undecidableResult } from '../core/gate/results-without-change.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { CountersignError } from './errors.ts';
import { isNone, type Push } from './push-line.ts';
import { readCommits } from './range-commits.ts';
import type { Refs } from './refs.ts';
import type { Repository } from './repository.ts';
import type { FindingCode } from '../core/finding/finding-code.ts';

/** A push to a target by its short name; `remote` is what git calls where it goes. */
export type TargetPush = {
  readonly name: string;
  readonly push: Push;
  readonly remote: string;
  readonly refs: Refs;
};

/** A target only ever grows: what is taken off it was signed, and what would stand there instead was not. */
export async function pushRefusal(
  { git }: Pick<Repository, 'git'>,
  { name, push: { oid, remoteOid }, remote, refs }: TargetPush,
): Promise<CheckResult | null> {
  const refuse = (code: FindingCode, message: string, fix: string): CheckResult => ({
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
  const tracking = `${remote}/${name}`;
  const { code } = await git.run(['merge-base', '--is-ancestor', remoteOid, oid]);
  if (code > 1)
    throw new CountersignError(
      'history/missing',
      `${name} has moved on to ${remoteOid}, which is not in this clone`,
      refs.remote === remote
        ? `git fetch ${shellWord(remote)}, then take it in: git merge ${shellWord(tracking)}`
        : `git fetch ${shellWord(remote)} ${shellWord(name)}, then take it in: git merge FETCH_HEAD`,
    );
  const base =
    refs.branches.get(`refs/remotes/${tracking}`) === remoteOid ? shellWord(tracking) : remoteOid;
  if (code === 0)
    return (await keepsFirst(git, remoteOid, oid))
      ? null
      : refuse(
          'push/sidelines-target',
          `${name} would go on from another branch that has merged it: what landed on ${name} would lie on no first-parent history, where nobody finds landings and what they promised`,
          `git rebase ${base}; or merge what you have into ${name}, and not ${name} into it`,
        );
  return refuse(
    'push/rewinds-target',
    `it would take commits off ${name}, which is a target of the policy`,
    `take them in (git rebase ${base}), or undo them by a new commit (git revert)`,
  );
}

/** Whether a commit goes on from another by first parents. */
async function keepsFirst(git: Repository['git'], before: string, after: string): Promise<boolean> {
  const last =
    (await git.text(['rev-list', '--first-parent', after, `^${before}`])).split('\n').at(-1) ?? '';
  return last === '' || (await readCommits(git, [last]))[0]?.parents[0] === before;
}
