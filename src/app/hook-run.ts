import type { CheckResult } from '../core/gate/check-result.ts';
import { matchesAny } from '../core/gate/scope.ts';
import { check } from './check.ts';
import { CountersignError } from './errors.ts';
import { loadPolicy } from './load-policy.ts';
import type { Repository } from './repository.ts';
import { defaultTargetRef, readRefs, tipOf } from './revisions.ts';

/** What a hook found, and where it looked. */
export type HookCheck = { readonly result: CheckResult; readonly about: string };

/** Before a commit, or a merge commit: the index, at the stage that the policy names for it. */
export async function runCommitHook(repository: Repository): Promise<readonly HookCheck[]> {
  return [{ result: await check(repository, { source: { kind: 'staged' }, stage: { hook: 'pre-commit' } }), about: 'what is staged' }];
}

/** One line of what git tells pre-push: `<local ref> <local oid> <remote ref> <remote oid>`. */
type Push = { readonly oid: string; readonly remoteRef: string; readonly remoteOid: string };

/**
 * Before a push: each branch that is pushed. A push to a target is judged as `all`, since nothing looks at it after; a push
 * to another branch at the policy's stage for pre-push, against the default target.
 */
export async function runPushHook(repository: Repository, input: string): Promise<readonly HookCheck[]> {
  const pushes = input.split('\n').filter((line) => line.trim() !== '').map(parsePush).filter(({ oid, remoteRef }) => !/^0+$/.test(oid) && remoteRef.startsWith('refs/heads/'));
  if (pushes.length === 0) return [];
  const refs = await readRefs(repository.git);
  const branch = defaultTargetRef(refs);
  const policy = (await loadPolicy(repository.git, tipOf(refs, branch)))?.policy;
  const isTarget = policy ? matchesAny(policy.targets) : () => false;
  const checks: HookCheck[] = [];
  for (const { oid, remoteRef, remoteOid } of pushes) {
    const name = remoteRef.slice('refs/heads/'.length);
    const direct = isTarget(name);
    const target = direct ? remoteRef : branch;
    const from = direct && !/^0+$/.test(remoteOid) ? remoteOid : tipOf(refs, target);
    const result = await check(repository, { source: { kind: 'range', from, to: oid }, target, stage: direct ? 'all' : { hook: 'pre-push' } });
    checks.push({ result, about: `the push to ${name}` });
  }
  return checks;
}

function parsePush(line: string): Push {
  const [, oid, remoteRef, remoteOid, ...rest] = line.trim().split(' ');
  if (!oid || !remoteRef || !remoteOid || rest.length > 0) throw new CountersignError('hook/input', 'what git told the pre-push hook could not be read', 'let git run the hook; it is not for running by hand');
  return { oid, remoteRef, remoteOid };
}
