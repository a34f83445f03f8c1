import type { Finding } from '../../finding/finding.ts';
import type { AllowedSigners } from '../../signatures/allowed-signers.ts';
import { isRevoked, type RevokedKeys } from '../../signatures/revocation.ts';
import { parsePublicKey } from '../../signatures/ssh-public-key.ts';
import type { PolicyRecord } from '../policy-problems.ts';
import { type PolicyProblem, placedFinding } from './policy-problem.ts';
import { requirementProblems } from './policy-requirements.ts';
import { signsForTheGate } from './policy-signers.ts';

/** The keys beside a policy, and when they are looked at. */
export type KeyState = {
  readonly allowed: AllowedSigners;
  readonly revoked: RevokedKeys;
  readonly at: Date;
};

/** Something that nobody's key can meet: of what, so that two policies can be compared, and where. */
export type KeyProblem = { readonly about: string; readonly finding: Finding };

/**
 * What nobody could meet with a key that is good at a time: one that is not expired or revoked, and a hardware key where a
 * presence is asked for. A key that will be good later counts, since waiting helps. What is wrong whatever the keys' state
 * is for `policyProblems` to say.
 */
export function keyProblems(
  record: PolicyRecord,
  { allowed, revoked, at }: KeyState,
): readonly KeyProblem[] {
  const policy = record.value;
  const usable = allowed.filter(
    (signer) =>
      signsForTheGate(signer) &&
      (signer.validBefore === null || Math.floor(at.getTime() / 1000) <= signer.validBefore) &&
      !isRevoked(revoked, signer.blob),
  );
  const signers = {
    policy,
    principals: principalsOf(usable),
    hardware: principalsOf(usable.filter(({ blob }) => isHardware(blob))),
  };
  return requirementProblems(signers)
    .filter(({ code }) => code === 'policy/unsatisfiable')
    .map((problem) => ({
      about: aboutOf(problem, record),
      finding: placedFinding(
        {
          ...problem,
          message: `${problem.message}; a key that is expired or revoked counts for nobody, and where a presence is asked for neither does one that is no hardware key`,
          fix: 'bring good keys of these people in the same change, or ask others',
        },
        record,
      ),
    }));
}

function principalsOf(signers: AllowedSigners): ReadonlySet<string> {
  return new Set(signers.map(({ principal }) => principal));
}

function isHardware(blob: Uint8Array): boolean {
  const read = parsePublicKey(blob);
  return read.ok && read.key.application !== null;
}

/** A rule keeps its name where it stands elsewhere in another policy. */
function aboutOf({ path }: PolicyProblem, { value: { rules } }: PolicyRecord): string {
  const [first, index, , place] = path;
  if (first !== 'rules') return path.join(' ');
  const rule = rules[Number(index)];
  return `rule ${rule?.id} ${place === undefined ? '' : rule?.require[Number(place)]?.role}`;
}
