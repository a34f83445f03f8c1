import type { CheckedEvidence } from './check-result.ts';
import { judgeByDecisions } from './decision-demands.ts';
import { judgeDecision } from './decision-evidence.ts';
import type { EvidenceContext } from './evidence-context.ts';
import type { EvidenceDemand } from './gate-policy.ts';
import { judgeResult } from './result-evidence.ts';

/** Judges one demand for evidence. */
export function judgeEvidence(demand: EvidenceDemand, context: EvidenceContext): CheckedEvidence {
  if (demand.kind === 'decision') return judgeDecision(demand, context);
  if (demand.kind === 'result') return judgeResult(demand, context);
  return judgeByDecisions(demand, context);
}
