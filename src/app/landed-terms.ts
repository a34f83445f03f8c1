import type { GatePolicy } from '../core/gate/gate-policy.ts';
import type { VerifySignature } from '../core/gate/judged-signoff.ts';
import type { RevokedKeys } from '../core/signatures/revocation.ts';
import { type LoadedPolicy, loadPolicy, loadRevokedKeys } from './load-policy.ts';
import type { Git } from './ports.ts';
import { readCommits } from './range-commits.ts';
import type { Repository } from './repository.ts';
import type { RuledChange } from './ruled-change.ts';
import { signatureVerifier } from './verify-signatures.ts';

/** By what a signed file is judged: a policy, its keys, and a time. */
export type Terms = { readonly policy: GatePolicy; readonly verify: VerifySignature; readonly now: Date };

/** The terms of when a file landed. `known` says what is certain: who landed it could choose the time, and so no policy but the one it grew on. */
export type LandedTerms = Terms & {
  readonly certain: boolean;
  /** Verifies by the keys of then, less some more that are revoked. */
  readonly verifyLess: (revoked: RevokedKeys) => VerifySignature;
};

/**
 * The policy before a signed file landed, its keys, and the time of that landing: so that who changes a key or leaves
 * takes nothing back. Null where that cannot be told, as on a target that is not the policy branch: then today's hold.
 */
export async function landedTerms(repository: Repository, ruled: Pick<RuledChange, 'change' | 'branch'>, file: string): Promise<LandedTerms | null> {
  const terms = await supposedTerms(repository, ruled, file);
  return terms?.certain === true ? terms : null;
}

/**
 * The same for any target. On another than the policy branch the policy of then is the last one that is not later than the
 * landing by its commit's time, which who made the commit could choose: what rests on it may hold a change back, never let one pass.
 */
export async function supposedTerms(repository: Repository, { change, branch }: Pick<RuledChange, 'change' | 'branch'>, file: string): Promise<LandedTerms | null> {
  const { memory } = repository.git;
  const key = `terms ${change.target} ${file}`;
  const known = memory?.get(key) as LandedTerms | undefined;
  if (known) return known;
  const found = await findTerms(repository, change.tip, change.target === branch.ref ? null : branch.tip, file);
  if (found !== null) memory?.set(key, found);
  return found;
}

async function findTerms(repository: Repository, tip: string, policyTip: string | null, file: string): Promise<LandedTerms | null> {
  const { git } = repository;
  const brought = (await git.text(['rev-list', '--first-parent', tip, '--', file])).split('\n').at(-1) ?? '';
  if (brought === '') return null;
  const time = await latestTime(git, brought);
  const before = policyTip === null ? (await readCommits(git, [brought]))[0]?.parents[0] : await policyAt(git, policyTip, time);
  const loaded = before === undefined ? null : await loadPolicy(git, before);
  if (loaded === null || loaded.policy === null) return null;
  const { keys } = await loadRevokedKeys(git, brought);
  const verifyLess = (revoked: RevokedKeys): VerifySignature => signatureVerifier(repository, loaded as LoadedPolicy, [...keys, ...revoked]);
  return { policy: loaded.policy, verify: verifyLess([]), verifyLess, now: new Date(time * 1000), certain: policyTip === null };
}

/** The latest time of a commit and its first-parent ancestors in seconds, since one commit's own is only a claim. */
async function latestTime(git: Git, oid: string): Promise<number> {
  return (await timesOf(git, oid)).reduce((latest, { time }) => Math.max(latest, time), 0);
}

async function policyAt(git: Git, tip: string, time: number): Promise<string | undefined> {
  return (await timesOf(git, tip)).find((commit) => commit.time <= time)?.oid;
}

/** First-parent commits with their times, newest first. */
async function timesOf(git: Git, tip: string): Promise<readonly { readonly oid: string; readonly time: number }[]> {
  return (await git.text(['rev-list', '--first-parent', '--timestamp', tip])).split('\n').filter((line) => line !== '').map((line) => {
    const [time = '', oid = ''] = line.split(' ');
    return { time: Number(time), oid };
  });
}
