import { foldEmail, matchesEmailPattern } from '../records/email.ts';
import type { GatePolicy } from './gate-policy.ts';

/** Who an e-mail of a commit belongs to, by the policy. */
export type Identity =
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'agent' }
  | { readonly kind: 'platform' }
  | { readonly kind: 'unknown' };

/** Whether a person of the policy has a role. Names come from signed files: one that every object has is nobody's. */
export function hasRole(
  { roles }: Pick<GatePolicy, 'roles'>,
  person: string,
  role: string,
): boolean {
  return Object.hasOwn(roles, role) && (roles[role] ?? []).includes(person);
}

/** Whether a name in allowed_signers is this person's. */
export function hasPrincipal(
  { people }: Pick<GatePolicy, 'people'>,
  person: string,
  principal: string,
): boolean {
  return Object.hasOwn(people, person) && (people[person]?.principals ?? []).includes(principal);
}

/** Maps e-mails to who they are. A person's own address wins: a pattern must not turn a person into an agent. */
export function identities(
  policy: Pick<GatePolicy, 'people' | 'agents' | 'platforms'>,
): (email: string) => Identity {
  const persons = new Map(
    Object.entries(policy.people).flatMap(([person, { emails }]) =>
      emails.map((email) => [foldEmail(email), person] as const),
    ),
  );
  const isOneOf =
    (patterns: readonly string[] = []) =>
    (email: string) =>
      patterns.some((pattern) => matchesEmailPattern(pattern, email));
  const [isAgent, isPlatform] = [isOneOf(policy.agents), isOneOf(policy.platforms)];
  return (email) => {
    const person = persons.get(foldEmail(email));
    if (person !== undefined) return { kind: 'person', person };
    if (isPlatform(email)) return { kind: 'platform' };
    if (isAgent(email)) return { kind: 'agent' };
    return { kind: 'unknown' };
  };
}
