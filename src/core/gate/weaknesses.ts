import type { GatePolicy } from './gate-policy.ts';

/** What a policy allows that is weaker than it might look, in words: every output that rests on the policy says it. */
export function weaknesses({
  policy_change,
}: Pick<GatePolicy, 'policy_change'>): readonly string[] {
  return policy_change?.count === 1 ? [weakness] : [];
}

/** The code under which a check says it. */
export const weakPolicy = 'policy/weak-policy-change';

/** As a check says it. */
export const oneAdmin = 'one person alone may change this policy (policy_change: {count: 1})';

/** As everything else says it. */
export const weakness = `weak: ${oneAdmin}`;
