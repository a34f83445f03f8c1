import type { GatePolicy } from './gate-policy.ts';

/** Who an e-mail of a commit belongs to, by the policy. */
export type Identity =
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'agent' }
  | { readonly kind: 'platform' }
  | { readonly kind: 'unknown' };

/** ASCII case folding: other letters of an e-mail's local part are different letters. */
export function foldEmail(email: string): string {
  return email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** A pattern of e-mails, in which only `*` is special, as a test. */
export function emailPattern(pattern: string): (email: string) => boolean {
  const source = foldEmail(pattern).split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  const expression = new RegExp(`^${source}$`, 's');
  return (email) => expression.test(foldEmail(email));
}

/** Maps e-mails to who they are. A person's own address wins: a pattern must not turn a person into an agent. */
export function identities(policy: Pick<GatePolicy, 'people' | 'agents' | 'platforms'>): (email: string) => Identity {
  const persons = new Map(Object.entries(policy.people).flatMap(([person, { emails }]) => emails.map((email) => [foldEmail(email), person] as const)));
  const agents = (policy.agents ?? []).map(emailPattern);
  const platforms = (policy.platforms ?? []).map(emailPattern);
  return (email) => {
    const person = persons.get(foldEmail(email));
    if (person !== undefined) return { kind: 'person', person };
    if (platforms.some((matches) => matches(email))) return { kind: 'platform' };
    if (agents.some((matches) => matches(email))) return { kind: 'agent' };
    return { kind: 'unknown' };
  };
}
