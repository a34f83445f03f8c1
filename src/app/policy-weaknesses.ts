import { weaknesses } from '../core/gate/weaknesses.ts';
import { standingPolicy } from './policy-branch.ts';
import { readRefs } from './refs.ts';
import type { Repository } from './repository.ts';

/** What is weak in the policy that holds; nothing where there is none that can be read. */
export async function policyWeaknesses({
  git,
}: Pick<Repository, 'git'>): Promise<readonly string[]> {
  const policy = (await standingPolicy(git, await readRefs(git)))?.policy;
  return policy ? weaknesses(policy) : [];
}
