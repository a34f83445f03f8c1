import type { ReadBranch } from '../core/gate/read-branch.ts';
import { missingHistory } from './missing-history.ts';
import type { Git } from './ports.ts';
import type { Refs } from './refs.ts';
import { trackingRef } from './revisions.ts';

/** Which branch `tipOf` reads for a target, and how the local one of that name stands to it where that is another. */
export async function readBranch(git: Git, refs: Refs, target: string): Promise<ReadBranch> {
  const remote = trackingRef(refs, target);
  const [there, here] = [refs.branches.get(remote ?? ''), refs.branches.get(target)];
  if (remote === null || there === undefined) return { ref: target, local: null };
  if (here === undefined) return { ref: remote, local: null };
  const counted = await git.run(['rev-list', '--left-right', '--count', `${there}...${here}`]);
  const [, behind, ahead] = /^(\d+)\t(\d+)/.exec(new TextDecoder().decode(counted.stdout)) ?? [];
  if (counted.code !== 0 || behind === undefined)
    throw await missingHistory(
      git,
      `git could not compare ${target} with ${remote}: ${counted.stderr.trim()}`,
    );
  return {
    ref: remote,
    local: { ref: target, tip: here, ahead: Number(ahead), behind: Number(behind) },
  };
}
