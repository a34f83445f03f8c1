import type { ReadBranch } from '../core/gate/read-branch.ts';
import { CountersignError } from './errors.ts';
import type { Git } from './ports.ts';
import type { Refs } from './revisions.ts';

/** Which branch `tipOf` reads for a target, and how the local one of that name stands to it where that is another. */
export async function readBranch(
  git: Git,
  { branches }: Refs,
  target: string,
): Promise<ReadBranch> {
  const remote = target.replace('refs/heads/', 'refs/remotes/origin/');
  const [there, here] = [branches.get(remote), branches.get(target)];
  if (there === undefined) return { ref: target, local: null };
  if (here === undefined) return { ref: remote, local: null };
  const counted = await git.run(['rev-list', '--left-right', '--count', `${there}...${here}`]);
  const [, behind, ahead] = /^(\d+)\t(\d+)/.exec(new TextDecoder().decode(counted.stdout)) ?? [];
  if (counted.code !== 0 || behind === undefined)
    throw new CountersignError(
      'history/missing',
      `git could not compare ${target} with ${remote}: ${counted.stderr.trim()}`,
      'git fetch --unshallow',
    );
  return {
    ref: remote,
    local: { ref: target, tip: here, ahead: Number(ahead), behind: Number(behind) },
  };
}
