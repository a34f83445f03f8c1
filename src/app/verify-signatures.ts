import type { VerifySignature } from '../core/gate/judged-signoff.ts';
import { verifySignature } from '../core/signatures/verify-signature.ts';
import type { LoadedPolicy } from './load-policy.ts';
import type { Repository } from './repository.ts';

/** The namespace of sign-offs and exceptions: a signature made for git commits, or for a file, is none. */
export const signoffNamespace = 'model-signoff';

/**
 * Verifies by the keys of one policy. Keys that the change itself revokes count no more either: a key that is known to be
 * stolen must not be used while its revocation waits.
 */
export function signatureVerifier({ verifier }: Repository, { allowed, revoked }: LoadedPolicy, head: LoadedPolicy | null): VerifySignature {
  const all = [...revoked, ...(head?.revoked ?? [])];
  return (payload, signature, at) => verifySignature(payload, signature, { namespace: signoffNamespace, allowed, revoked: all, at }, verifier);
}
