import type { Finding } from '../core/finding/finding.ts';
import { missingGlobs } from '../core/gate/missing-globs.ts';
import { checklistProblems } from '../core/records/checklist-problems.ts';
import type { ParsedRecord } from '../core/records/parse-record.ts';
import { keyProblems } from '../core/records/policy/policy-keys.ts';
import { placedFinding } from '../core/records/policy/policy-problem.ts';
import { policyProblems } from '../core/records/policy-problems.ts';
import { parseAllowedSigners } from '../core/signatures/allowed-signers.ts';
import { parseRevokedKeys } from '../core/signatures/revocation.ts';
import { checklistFolder, revokedPath, signersPath } from './load-policy.ts';
import type { Clock, Files } from './ports.ts';

/** What the gate would say of a policy once it has landed, found while it is written: who could sign, what can never be met. */
export async function workingPolicyFindings(
  { files, clock }: { readonly files: Pick<Files, 'read'>; readonly clock: Clock },
  records: readonly ParsedRecord[],
  tracked: readonly string[],
): Promise<readonly Finding[]> {
  const policy = records.find((record) => record.kind === 'policy');
  if (!policy) return [];
  const bytes = async (path: string): Promise<Uint8Array> =>
    (await files.read(path)) ?? new Uint8Array();
  const signers = parseAllowedSigners(signersPath, await bytes(signersPath));
  const revoked = parseRevokedKeys(revokedPath, await bytes(revokedPath));
  const checklists = records.filter((record) => record.kind === 'checklist');
  const names = new Set(
    checklists.map(({ path }) => path.slice(checklistFolder.length).replace(/\.yaml$/, '')),
  );
  const standing = { allowed: signers.signers, revoked: revoked.keys, at: clock.now() };
  const problems = policyProblems(policy, { allowedSigners: signers.signers, checklists: names });
  return [
    ...signers.findings,
    ...revoked.findings,
    ...problems,
    ...missingGlobs(policy.value, tracked).map((problem) => placedFinding(problem, policy)),
    // Time alone can bring this about in a policy that has landed: what can still be met by it goes on.
    ...(problems.some(({ code }) => code === 'policy/unsatisfiable')
      ? []
      : keyProblems(policy, standing).map(
          ({ finding }): Finding => ({ ...finding, severity: 'warning' }),
        )),
    ...checklists.flatMap((record) => checklistProblems(record, policy.value)),
  ];
}
