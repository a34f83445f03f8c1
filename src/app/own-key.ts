import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { hasPrincipal } from '../core/gate/people.ts';
import { CountersignError } from './errors.ts';
import { type LoadedPolicy, loadRevokedKeys, signersPath } from './load-policy.ts';
import type { Repository } from './repository.ts';
import type { RuledChange } from './ruled-change.ts';
import { signatureVerifier } from './verify-signatures.ts';

/** The policy by which a signature will be judged. */
export type JudgingPolicy = LoadedPolicy & { readonly policy: GatePolicy };

/** The policy branch's policy, less the keys that what would land revokes as well: by that the gate judges. Null where there is no policy. */
export async function judgingPolicy({ git }: Repository, { base, change }: RuledChange): Promise<JudgingPolicy | null> {
  if (base === null) return null;
  const { keys } = await loadRevokedKeys(git, change.lands);
  return { ...base, revoked: [...base.revoked, ...keys] };
}

type Signed = { readonly payload: Uint8Array; readonly signature: string };

/**
 * Refuses a fresh signature whose key the gate will not count as this person's, while they are still there to sign again.
 *
 * @throws `sign/not-your-key`
 */
export function assertOwnKey(repository: Repository, base: JudgingPolicy, person: string, { payload, signature }: Signed): void {
  const proof = signatureVerifier(repository, base, [])(payload, signature, repository.clock.now());
  if (proof.kind === 'proven' && proof.state === 'valid' && hasPrincipal(base.policy, person, proof.principal)) return;
  const why = proof.kind === 'unproven' ? proof.why : proof.state === 'valid' ? `it is ${proof.principal}'s, which the policy does not know as ${person}'s` : `it is ${proof.state}: ${proof.why}`;
  throw new CountersignError('sign/not-your-key', `nothing was signed, since the key would not count as ${person}'s: ${why}`, `sign with your own key (--key, or git config user.signingKey); a new key is first added to ${signersPath} by a policy change`);
}
