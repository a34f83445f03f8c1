import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { hasPrincipal } from '../core/gate/people.ts';
import { printPath } from '../core/gate/raw-path.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { CountersignError } from './errors.ts';
import { type LoadedPolicy, loadRevokedKeys, signersPath } from './load-policy.ts';
import type { Repository } from './repository.ts';
import { tipName } from './revisions.ts';
import type { RuledChange } from './ruled-change.ts';
import { signatureVerifier } from './verify-signatures.ts';

/** The policy by which a signature will be judged. */
export type JudgingPolicy = LoadedPolicy & { readonly policy: GatePolicy };

/** The policy branch's policy, less the keys that what would land revokes as well: by that the gate judges. Null where there is no policy. */
export async function judgingPolicy(
  { git }: Repository,
  { base, change }: RuledChange,
): Promise<JudgingPolicy | null> {
  if (base === null) return null;
  const { keys } = await loadRevokedKeys(git, change.lands);
  return { ...base, revoked: [...base.revoked, ...keys] };
}

/**
 * Refuses to sign for bytes that would not land: where the change and its target cannot be merged by themselves, only the
 * merge says what does.
 *
 * @throws `sign/conflict`
 */
export function assertSettled({ change: { conflicts, target, refs } }: RuledChange): void {
  const [first, ...more] = conflicts;
  if (first === undefined) return;
  throw new CountersignError(
    'sign/conflict',
    `${printPath(first)}${more.length > 0 ? ` and ${more.length} more` : ''} cannot be merged with ${target.slice(11)} by itself, so nobody knows yet what would land`,
    `take the target in, then sign: git merge ${shellWord(tipName(refs, target))}`,
  );
}

type Signed = { readonly payload: Uint8Array; readonly signature: string };

/**
 * Refuses a fresh signature whose key the gate will not count as this person's, while they are still there to sign again.
 *
 * @throws `sign/not-your-key`
 */
export function assertOwnKey(
  repository: Repository,
  base: JudgingPolicy,
  person: string,
  signed: Signed,
): void {
  const why = keyProblem(repository, base, signed, (principal) =>
    hasPrincipal(base.policy, person, principal)
      ? null
      : `it is ${principal}'s, which the policy does not know as ${person}'s`,
  );
  if (why === null) return;
  throw new CountersignError(
    'sign/not-your-key',
    `nothing was signed, since the key would not count as ${person}'s: ${why}`,
    `sign with your own key, once by --key <file> or always by git config user.signingKey <file>; a new key is first added to ${signersPath}, and its principal to people.${person}.principals, by a policy change`,
  );
}

/**
 * Refuses a fresh signature whose key the gate will not count as that of a forge's job.
 *
 * @throws `sign/not-an-attestor`
 */
export function assertAttestorKey(
  repository: Repository,
  base: JudgingPolicy,
  forge: string,
  signed: Signed,
): void {
  const why = keyProblem(repository, base, signed, (principal) =>
    (base.policy.attestors ?? []).some(
      (attestor) => attestor.forge === forge && attestor.principal === principal,
    )
      ? null
      : `it is ${principal}'s, who is no attestor for ${forge}`,
  );
  if (why !== null)
    throw new CountersignError(
      'sign/not-an-attestor',
      `nothing was signed, since the key would not count as that of a job of ${forge}: ${why}`,
      'sign with the key of the job (--key); only an attestor of the policy may say what somebody approved there',
    );
}

/** Why a signature's key would not count; null where it would. */
function keyProblem(
  repository: Repository,
  base: JudgingPolicy,
  { payload, signature }: Signed,
  problemOf: (principal: string) => string | null,
): string | null {
  const proof = signatureVerifier(repository, base, [])(payload, signature, repository.clock.now());
  if (proof.kind === 'unproven') return proof.why;
  return proof.state === 'valid'
    ? problemOf(proof.principal)
    : `it is ${proof.state}: ${proof.why}`;
}
