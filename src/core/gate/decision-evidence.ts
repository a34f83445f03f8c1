import type { CheckedEvidence } from './check-result.ts';
import { isCited, listed, uncited, unmet } from './citation.ts';
import { type DecisionFacts, stoodBefore } from './decision-facts.ts';
import type { EvidenceContext } from './evidence-context.ts';
import type { EvidenceDemand } from './gate-policy.ts';

/** A decision that stands as the policy wants it; with `covers`, over every file that changed. */
export function judgeDecision(demand: Extract<EvidenceDemand, { kind: 'decision' }>, context: EvidenceContext): CheckedEvidence {
  const { files, citing } = context;
  const wanted = demand.status ?? ['accepted'];
  const standing = context.decisions.filter(({ record }) => wanted.includes(record.status));
  const covering = (file: string | null): readonly DecisionFacts[] => standing.filter((decision) => file !== null && decision.covers(file));
  const bare = demand.covers === 'changed-files' ? files.filter((file) => covering(file).length === 0) : [];
  if (bare.length > 0) return unmet('decision', null, `no decision that is ${wanted.join(' or ')} stands over ${listed(bare)}`);
  if (standing.length === 0) return unmet('decision', null, `no decision is ${wanted.join(' or ')}`);
  const needed = demand.covers === 'changed-files' ? files.map(covering) : [standing];
  const open = needed.find((choices) => !choices.some((decision) => isCited(decision, citing)));
  const first = newestFirst(open ?? needed.flat().filter((decision) => isCited(decision, citing)), context)[0];
  if (open) return unmet('decision', first?.record.id ?? null, uncited(first as DecisionFacts, citing), 'citation');
  return { kind: 'decision', state: 'met', ref: first?.record.id ?? null };
}

/** Decisions that this change brings or edits, then those that stood before. */
function newestFirst(decisions: readonly DecisionFacts[], { decisionsAtTip }: EvidenceContext): readonly DecisionFacts[] {
  return [...decisions].sort((a, b) => Number(stoodBefore(a, decisionsAtTip)) - Number(stoodBefore(b, decisionsAtTip)));
}
