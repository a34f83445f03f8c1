import type { Policy } from '../records/policy.ts';

/** The policy as the gate reads it. */
export type GatePolicy = Policy;
export type PolicyRule = Policy['rules'][number];
export type Requirement = PolicyRule['require'][number];
export type EvidenceDemand = NonNullable<PolicyRule['evidence']>[number];
export type Risk = 'low' | 'medium' | 'high' | 'critical';
