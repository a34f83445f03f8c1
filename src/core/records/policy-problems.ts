import type { Finding } from '../finding.ts';
export function policyProblems(_policy: unknown, _known: unknown): readonly Finding[] { return []; }
