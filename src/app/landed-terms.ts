import type { GatePolicy } from '../core/gate/gate-policy.ts';
import type { VerifySignature } from '../core/gate/judged-signoff.ts';
import { loadPolicy, loadRevokedKeys } from './load-policy.ts';
import { readCommits } from './range-commits.ts';
import type { Repository } from './repository.ts';
import type { RuledChange } from './ruled-change.ts';
import { signatureVerifier } from './verify-signatures.ts';

/** By what a signed file is judged: a policy, its keys, and a time. */
export type Terms = { readonly policy: GatePolicy; readonly verify: VerifySignature; readonly now: Date };

/**
 * The policy before a signed file landed, its keys, and the time of that landing: so that who changes a key or leaves
 * takes nothing back. Null where that cannot be told, as on a target that is not the policy branch: then today's hold.
 */
export async function landedTerms(repository: Repository, { change, branch }: Pick<RuledChange, 'change' | 'branch'>, file: string): Promise<Terms | null> {
  if (change.target !== branch.ref) return null;
  const { memory } = repository.git;
  const key = `terms ${file}`;
  const known = memory?.get(key) as Terms | undefined;
  if (known) return known;
  const found = await findTerms(repository, change.tip, file);
  if (found !== null) memory?.set(key, found);
  return found;
}

async function findTerms(repository: Repository, tip: string, file: string): Promise<Terms | null> {
  const { git } = repository;
  const brought = (await git.text(['rev-list', '--first-parent', tip, '--', file])).split('\n').at(-1) ?? '';
  const [before] = brought === '' ? [] : ((await readCommits(git, [brought]))[0]?.parents ?? []);
  const loaded = before === undefined ? null : await loadPolicy(git, before);
  if (loaded === null || loaded.policy === null) return null;
  // The latest time of the commit and its first-parent ancestors, since one commit's own is only a claim.
  const times = (await git.text(['rev-list', '--first-parent', '--timestamp', brought])).split('\n').map((line) => Number(line.split(' ')[0]));
  const { keys } = await loadRevokedKeys(git, brought);
  return { policy: loaded.policy, verify: signatureVerifier(repository, loaded, keys), now: new Date(times.reduce((latest, time) => Math.max(latest, time), 0) * 1000) };
}
