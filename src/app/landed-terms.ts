import type { GatePolicy } from '../core/gate/gate-policy.ts';
import type { VerifySignature } from '../core/gate/judged-signoff.ts';
import type { RevokedKeys } from '../core/signatures/revocation.ts';
import { broughtBy } from './brought-by.ts';
import { type LoadedPolicy, loadPolicy, loadRevokedKeys } from './load-policy.ts';
import type { Git } from './ports.ts';
import { readCommits } from './range-commits.ts';
import type { Repository } from './repository.ts';
import type { RuledChange } from './ruled-change.ts';
import { signatureVerifier } from './verify-signatures.ts';

/** By what a signed file is judged: a policy, its keys, and a time. */
export type Terms = {
  readonly policy: GatePolicy;
  readonly verify: VerifySignature;
  readonly now: Date;
};

/** The terms of some commit. */
export type TermsAt = Terms & {
  /** Verifies by the keys of then, less some more that are revoked. */
  readonly verifyLess: (revoked: RevokedKeys) => VerifySignature;
};

/**
 * The policy on which a signed file landed, its keys, and the time of that landing: the commit before the one that brought it.
 * On another target than the policy branch it is the last policy that is not later than the landing. Null where that cannot
 * be told.
 *
 * Who brought the file could choose both, by a commit before it in the same branch or by the time of a commit: what rests on
 * this may hold a change back, never let one pass.
 */
export async function supposedTerms(
  repository: Repository,
  { change, branch }: Pick<RuledChange, 'change' | 'branch'>,
  file: string,
): Promise<TermsAt | null> {
  const { memory } = repository.git;
  const key = `terms ${change.target} ${(await broughtBy(repository.git, change.tip, file))[0]} ${file}`;
  const known = memory?.get(key) as TermsAt | undefined;
  if (known) return known;
  const found = await findTerms(
    repository,
    change.tip,
    change.target === branch.ref ? null : branch.tip,
    file,
  );
  if (found !== null) memory?.set(key, found);
  return found;
}

async function findTerms(
  repository: Repository,
  tip: string,
  policyTip: string | null,
  file: string,
): Promise<TermsAt | null> {
  const { git } = repository;
  const [brought] = await broughtBy(git, tip, file);
  if (brought === undefined) return null;
  const before =
    policyTip === null
      ? (await readCommits(git, [brought]))[0]?.parents[0]
      : await policyAt(git, policyTip, await latestTime(git, brought));
  return before === undefined ? null : termsAt(repository, before, brought);
}

/** The terms of a commit, at its time; those of another that came with it where one is named, whose keys that are revoked count too. */
export async function termsAt(
  repository: Repository,
  oid: string,
  brought = oid,
): Promise<TermsAt | null> {
  const { git } = repository;
  const loaded = await loadPolicy(git, oid);
  if (loaded === null || loaded.policy === null) return null;
  const { keys } = await loadRevokedKeys(git, brought);
  const verifyLess = (revoked: RevokedKeys): VerifySignature =>
    signatureVerifier(repository, loaded as LoadedPolicy, [...keys, ...revoked]);
  return {
    policy: loaded.policy,
    verify: verifyLess([]),
    verifyLess,
    now: new Date((await latestTime(git, brought)) * 1000),
  };
}

/** The latest time of a commit and its first-parent ancestors in seconds, since one commit's own is only a claim. */
async function latestTime(git: Git, oid: string): Promise<number> {
  return (await timesOf(git, oid)).reduce(
    (latest, { time }) => (time <= lastTime ? Math.max(latest, time) : latest),
    0,
  );
}

/** Seconds until the last moment that a program can name: git takes a later one, at which no key would ever have ended. */
const lastTime = 8.64e12;

async function policyAt(git: Git, tip: string, time: number): Promise<string | undefined> {
  return (await timesOf(git, tip)).find((commit) => commit.time <= time)?.oid;
}

/** First-parent commits with their times, newest first. */
async function timesOf(
  git: Git,
  tip: string,
): Promise<readonly { readonly oid: string; readonly time: number }[]> {
  return (await git.text(['rev-list', '--first-parent', '--timestamp', tip]))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [time = '', oid = ''] = line.split(' ');
      return { time: Number(time), oid };
    });
}
