import { weaknesses } from '../core/gate/weaknesses.ts';
import { loadPolicy } from './load-policy.ts';
import type { Repository } from './repository.ts';
import { defaultTargetRef, readRefs, tipOf } from './revisions.ts';

/** What is weak in the policy that holds; nothing where there is none that can be read. */
export async function policyWeaknesses({
  git,
}: Pick<Repository, 'git'>): Promise<readonly string[]> {
  const refs = await readRefs(git);
  const policy = (await loadPolicy(git, tipOf(refs, defaultTargetRef(refs))))?.policy;
  return policy ? weaknesses(policy) : [];
}
