import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { hasPrincipal } from '../core/gate/people.ts';
import type { CommitSigner } from '../core/gate/signed-commits.ts';
import type { VerifySignature } from '../core/gate/judged-signoff.ts';
import { verifySignature } from '../core/signatures/verify-signature.ts';
import type { RevokedKeys } from '../core/signatures/revocation.ts';
import type { LoadedPolicy } from './load-policy.ts';
import type { Repository } from './repository.ts';

/** The namespace of sign-offs and exceptions: a signature made for git commits, or for a file, is none. */
export const signoffNamespace = 'model-signoff';

/** The namespace in which git signs commits. */
const commitNamespace = 'git';

/** Says whose key signed a commit, by the keys of one policy that may sign for git and are good at a time. */
export function commitSigner(
  { verifier }: Repository,
  { allowed, revoked, policy }: LoadedPolicy & { readonly policy: GatePolicy },
  more: RevokedKeys,
  at: Date,
): CommitSigner {
  const terms = { namespace: commitNamespace, allowed, revoked: [...revoked, ...more], at };
  return ({ signature }) => {
    const proof =
      signature === null
        ? null
        : verifySignature(signature.payload, signature.armoured, terms, verifier);
    if (proof?.kind !== 'proven' || proof.state !== 'valid') return null;
    return (
      Object.keys(policy.people).find((person) => hasPrincipal(policy, person, proof.principal)) ??
      null
    );
  };
}

/**
 * Verifies by the keys of one policy.
 *
 * @param more keys that count no more either, such as those that the change itself revokes
 */
export function signatureVerifier(
  { verifier }: Repository,
  { allowed, revoked }: LoadedPolicy,
  more: RevokedKeys,
): VerifySignature {
  const all = [...revoked, ...more];
  return (payload, signature, at) =>
    verifySignature(
      payload,
      signature,
      { namespace: signoffNamespace, allowed, revoked: all, at },
      verifier,
    );
}
