import type { PlainPolicy } from './read-policy.ts';
import type { SignedFile } from './read-signed.ts';

const day = 86_400_000;

/** Whether a key's name is that of the person who is said to have signed. */
export const isTheirs = (
  payload: SignedFile['payload'],
  principal: string | null,
  policy: PlainPolicy,
): boolean => policy.people[payload.person]?.principals?.includes(principal ?? '') === true;

/** Whether an exception is one that this person could ever give here. */
export function mayExcept(
  payload: SignedFile['payload'],
  principal: string | null,
  policy: PlainPolicy,
  target: string,
): boolean {
  return (
    policy.exceptions !== undefined &&
    isTheirs(payload, principal, policy) &&
    payload.repository === policy.repository &&
    payload.target === target &&
    payload.role === policy.exceptions.role &&
    policy.roles[payload.role]?.includes(payload.person) === true
  );
}

/** `never`: it could not count at any time; `over`: its time has passed. */
export function exceptionState(
  payload: SignedFile['payload'],
  principal: string | null,
  policy: PlainPolicy,
  { target, now }: { readonly target: string; readonly now: Date },
): 'never' | 'over' | 'good' {
  if (!mayExcept(payload, principal, policy, target) || policy.exceptions === undefined)
    return 'never';
  const signed = Date.parse(payload.signed_at);
  const from = Math.min(signed, now.getTime());
  if (
    signed > now.getTime() + 5 * 60_000 ||
    Date.parse(payload.expires) > from + policy.exceptions.max_days * day ||
    Date.parse(payload.follow_up_by) > from + policy.exceptions.follow_up_days * day
  )
    return 'never';
  return Date.parse(payload.expires) <= now.getTime() ? 'over' : 'good';
}
