import type { Finding } from '../core/finding/finding.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { policyChange } from '../core/gate/scope.ts';
import type { RevokedKeys } from '../core/signatures/revocation.ts';
import { asBrought, type LoadedPolicy, loadPolicy, loadRevokedKeys } from './load-policy.ts';
import type { Git } from './ports.ts';
import { rootDigestOf } from './root-digest.ts';
import { type RuledChange, type ScopedRule, scopeChange } from './ruled-change.ts';

/** What a change makes of the policy. */
export type HeadPolicy = {
  /** The policy that would stand after the change, with all its rules; null where it stays as it is, or could not be judged by. */
  readonly judged: {
    readonly loaded: LoadedPolicy & { readonly policy: GatePolicy };
    readonly rules: readonly ScopedRule[];
  } | null;
  /** Keys that what lands revokes: a key that is known to be stolen must not be used while its revocation waits. */
  readonly revoked: RevokedKeys;
  readonly findings: readonly Finding[];
  /** Digest of that policy's own files against nothing, by which a first policy is named; null where the policy stays as it is. */
  readonly rootDigest: string | null;
};

/** What a change that leaves the policy alone makes of it. */
export const noHeadPolicy: HeadPolicy = {
  judged: null,
  revoked: [],
  findings: [],
  rootDigest: null,
};

/**
 * Reads the policy that a change would put in place. The whole change must satisfy it as well as the policy branch's, and
 * it must be one that can be judged by.
 */
export async function readHeadPolicy(
  git: Git,
  { change, branch, base, rules }: RuledChange,
  now: Date,
): Promise<HeadPolicy> {
  const touched = rules.some(({ rule, raw }) => rule.id === policyChange && raw.length > 0);
  // On another target than the policy branch, keys may stand revoked that the policy branch does not know of.
  const { keys, findings } =
    touched || branch.tip !== change.tip
      ? await loadRevokedKeys(git, change.lands)
      : { keys: [], findings: [] };
  const nothing = { ...noHeadPolicy, revoked: keys };
  if (!touched) return { ...nothing, findings };
  const loaded = await loadPolicy(git, change.lands);
  if (loaded === null) return { ...nothing, findings: [deleted] };
  const broken = [...asBrought(loaded), ...keyFindings(loaded, base, now)].filter(
    ({ severity }) => severity === 'error',
  );
  const { policy } = loaded;
  if (policy === null || broken.length > 0) return { ...nothing, findings: broken };
  return {
    judged: {
      loaded: { ...loaded, policy },
      rules: await scopeChange(git, change, policy, loaded.checklists),
    },
    revoked: keys,
    findings: loaded.findings,
    rootDigest: await rootDigestOf(git, change.lands),
  };
}

const deleted: Finding = {
  code: 'policy/deleted',
  severity: 'error',
  message: 'the change would leave the repository without a policy',
  path: '.countersign/policy.yaml',
  line: 1,
  column: 1,
  fix: 'bring .countersign/policy.yaml back',
};

/**
 * What nobody could meet with good keys: errors in a policy that a change brings. What had come to that already, by the mere
 * passing of time, is a warning: it must not keep a team from mending one thing after another.
 */
export function keyFindings(
  loaded: LoadedPolicy,
  before: LoadedPolicy | null,
  now: Date,
): readonly Finding[] {
  const known = new Set(before?.keyProblems(now).map(({ about }) => about));
  return loaded
    .keyProblems(now)
    .map(({ about, finding }) =>
      known.has(about) ? { ...finding, severity: 'warning' } : finding,
    );
}
