import type { VerifySignature } from '../core/gate/judged-signoff.ts';
import { verifySignature } from '../core/signatures/verify-signature.ts';
import type { RevokedKeys } from '../core/signatures/revocation.ts';
import type { LoadedPolicy } from './load-policy.ts';
import type { Repository } from './repository.ts';

/** The namespace of sign-offs and exceptions: a signature made for git commits, or for a file, is none. */
export const signoffNamespace = 'model-signoff';

/**
 * Verifies by the keys of one policy.
 *
 * @param more keys that count no more either, such as those that the change itself revokes
 */
export function signatureVerifier({ verifier }: Repository, { allowed, revoked }: LoadedPolicy, more: RevokedKeys): VerifySignature {
  const all = [...revoked, ...more];
  return (payload, signature, at) => verifySignature(payload, signature, { namespace: signoffNamespace, allowed, revoked: all, at }, verifier);
}
