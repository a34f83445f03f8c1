import type { Finding } from '../core/finding.ts';
import { changeDigest } from '../core/gate/change-digest.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import type { VerifySignature } from '../core/gate/judged-signoff.ts';
import { judgeRule, type RuleContext, type RuleVerdict } from '../core/gate/rule-verdict.ts';
import { policyChange, policyChangeScope } from '../core/gate/scope.ts';
import { type LoadedPolicy, loadPolicy } from './load-policy.ts';
import type { Git } from './ports.ts';
import type { Repository } from './repository.ts';
import { type RuledChange, scopesOf } from './ruled-change.ts';
import { listTree } from './tree-files.ts';
import { signatureVerifier } from './verify-signatures.ts';

/** What a change makes of the policy. */
export type HeadPolicy = {
  /** The policy that would stand after the change; null where there would be none. */
  readonly loaded: LoadedPolicy | null;
  readonly findings: readonly Finding[];
  /** Digest of that policy's own files against nothing, by which a first policy is named; null where the policy stays as it is. */
  readonly rootDigest: string | null;
  /** Judges the policy's change by the policy that it would put in place. */
  readonly judge: (context: (policy: GatePolicy, verify: VerifySignature) => RuleContext) => readonly RuleVerdict[];
};

/** A change of the policy must satisfy the head's policy as well as the policy branch's, and must leave one that can be judged by. */
export async function judgeByHeadPolicy(repository: Repository, { change, rules }: RuledChange): Promise<HeadPolicy> {
  const part = rules.find(({ rule }) => rule.id === policyChange);
  if (!part || part.raw.length === 0) return { loaded: null, findings: [], rootDigest: null, judge: () => [] };
  const loaded = await loadPolicy(repository.git, change.lands);
  if (loaded === null) return { loaded, findings: [deleted], rootDigest: null, judge: () => [] };
  const broken = loaded.findings.filter(({ severity }) => severity === 'error');
  const rootDigest = await rootDigestOf(repository.git, change.lands);
  const { policy } = loaded;
  if (policy === null || broken.length > 0) return { loaded, findings: broken, rootDigest: null, judge: () => [] };
  const rule = scopesOf(policy).find((candidate) => candidate.rule.id === policyChange)?.rule ?? part.rule;
  return { loaded, findings: loaded.findings, rootDigest, judge: (context) => [judgeRule({ ...part.change, rule, governed: '' }, context(policy, signatureVerifier(repository, loaded, null)))] };
}

const deleted: Finding = { code: 'policy/deleted', severity: 'error', message: 'the change would leave the repository without a policy', path: '.countersign/policy.yaml', line: 1, column: 1, fix: 'bring .countersign/policy.yaml back' };

/** The digest of a tree's policy files as if all were added: `--trust-root` names a first policy by it. */
export async function rootDigestOf(git: Git, tree: string): Promise<string> {
  const scope = policyChangeScope();
  const files = (await listTree(git, tree, ['.countersign'])).filter(({ path }) => scope.governs(path));
  const digests = await git.sha256(files.filter(({ type }) => type === 'blob').map(({ oid }) => oid));
  return changeDigest(files.map(({ path, mode, type, oid }) => ({ path, oldMode: '000000', old: '-', newMode: mode, new: type === 'blob' ? (digests.get(oid) ?? oid) : `gitlink:${oid}` })));
}
