import type { GatePolicy, Requirement } from './gate-policy.ts';
import { hasRole } from './people.ts';
import type { AuthenticSignoff } from './standing.ts';

/** Whether an approval may fill a requirement at all: by role, independence, the way in which it came, and presence. */
export function fits(
  requirement: Requirement,
  { payload, proof }: AuthenticSignoff,
  authors: ReadonlySet<string>,
  policy: GatePolicy,
): boolean {
  if (payload.role !== requirement.role || !hasRole(policy, payload.person, requirement.role))
    return false;
  if (requirement.independent && authors.has(payload.person)) return false;
  if (!(requirement.accept ?? ['key']).includes(payload.via === undefined ? 'key' : 'forge'))
    return false;
  if (requirement.presence === undefined) return true;
  if (payload.via !== undefined || proof?.kind !== 'proven') return false;
  return requirement.presence === 'verify' ? proof.verified : proof.touched;
}
