import { dueTime } from '../reviews/review-threads.ts';
import type { CheckedEvidence } from './check-result.ts';
import { isCited, listed, uncited, unmet } from './citation.ts';
import { coveringOf, type DecisionFacts, leftBehind, stoodBefore } from './decision-facts.ts';
import type { EvidenceContext, FeedbackFacts } from './evidence-context.ts';
import type { EvidenceDemand } from './gate-policy.ts';

type Demand = Exclude<EvidenceDemand, { kind: 'decision' | 'result' }>;

/** Why a decision does not do; `lacks` says whether only a signature is missing. */
type Problem = { readonly why: string; readonly lacks: NonNullable<CheckedEvidence['lacks']> };

const dayLength = 86_400_000;

/**
 * Judges a demand on what the decisions over the changed files say. For each file every decision that the change brings has
 * to do, so that one may not add a better one beside it; where only decisions stand over it that stood before, one of them
 * has to. One that does must be listed by the approvals. Reviews are asked of what stood over the files before, too.
 */
export function judgeByDecisions(demand: Demand, context: EvidenceContext): CheckedEvidence {
  const bare = context.files.filter((file) => coveringOf(file, context.decisions).length === 0);
  if (bare.length > 0) return unmet(demand.kind, null, `no decision stands over ${listed(bare)}`);
  for (const file of context.files) {
    const open = openProblem(coveringOf(file, context.decisions), demand, context);
    if (open !== null) return open;
  }
  const left = demand.kind === 'review' ? openBehind(context) : null;
  if (left !== null) return left;
  const [first] = context.files
    .flatMap((file) => coveringOf(file, context.decisions))
    .filter((decision) => isCited(decision, context.citing));
  return { kind: demand.kind, state: 'met', ref: first?.record.id ?? null };
}

/** A thread about a decision that stood over these files before, or that was superseded: it does not end with the decision. */
function openBehind(context: EvidenceContext): CheckedEvidence | null {
  const { files, decisions, decisionsAtTip } = context;
  for (const decision of leftBehind(files, decisions, decisionsAtTip)) {
    const problem = reviewProblem(decision, context);
    const { id } = decision.record;
    if (problem !== null)
      return unmet(
        'review',
        id,
        `${id}, which stood over these files before, ${problem.why}`,
        problem.lacks,
      );
  }
  return null;
}

function openProblem(
  covering: readonly DecisionFacts[],
  demand: Demand,
  context: EvidenceContext,
): CheckedEvidence | null {
  const brought = covering.filter((decision) => !stoodBefore(decision, context.decisionsAtTip));
  const speaking = brought.length > 0 ? brought : covering;
  const judged = speaking.map((decision) => ({
    decision,
    problem: problemOf(decision, demand, context),
  }));
  const good = judged.filter(({ problem }) => problem === null);
  const bad = judged.find(({ problem }) => problem !== null);
  if (bad?.problem && (brought.length > 0 || demand.kind === 'review' || good.length === 0))
    return unmet(
      demand.kind,
      bad.decision.record.id,
      `${bad.decision.record.id} ${bad.problem.why}`,
      bad.problem.lacks,
    );
  if (good.some(({ decision }) => isCited(decision, context.citing))) return null;
  const [first] = good;
  return unmet(
    demand.kind,
    first?.decision.record.id ?? null,
    first ? uncited(first.decision, context.citing) : 'no decision stands',
    'citation',
  );
}

function problemOf(
  decision: DecisionFacts,
  demand: Demand,
  context: EvidenceContext,
): Problem | null {
  if (demand.kind === 'feedback') return feedbackProblem(decision, demand, context);
  if (demand.kind === 'review') return reviewProblem(decision, context);
  const why = substanceProblem(decision, demand, context);
  return why === null ? null : { why, lacks: 'substance' };
}

function substanceProblem(
  decision: DecisionFacts,
  demand: Exclude<Demand, { kind: 'feedback' | 'review' }>,
  context: EvidenceContext,
): string | null {
  if (demand.kind === 'rollback') return rollbackProblem(decision, demand, context);
  return demand.kind === 'rollout' ? rolloutProblem(decision, demand) : escalationProblem(decision);
}

/** A decision has to rest on so many items of people, whose consent covers the use. */
function feedbackProblem(
  { record }: DecisionFacts,
  demand: Extract<Demand, { kind: 'feedback' }>,
  context: EvidenceContext,
): Problem | null {
  const wanted = demand.count ?? 1;
  const items = [...new Set(record.feedback ?? [])].flatMap(
    (id) => context.feedback.find((item) => item.record.id === id) ?? [],
  );
  const usable = items.filter((item) => isUsable(item, demand, context));
  if (usable.length < wanted)
    return {
      why: `rests on ${usable.length} item${usable.length === 1 ? '' : 's'} of feedback from people whose consent covers the use, wanted ${wanted}`,
      lacks: 'substance',
    };
  const cited = usable.filter((item) => isCited(item, context.citing));
  return cited.length >= wanted
    ? null
    : {
        why: `rests on ${wanted} items of feedback, and the independent approvals list ${cited.length} of them as they are now`,
        lacks: 'citation',
      };
}

/** Machines and repetitions are no feedback of people; where consent is asked for it has to be there, cover the use, and not have ended. */
function isUsable(
  { record }: FeedbackFacts,
  { scope }: Extract<Demand, { kind: 'feedback' }>,
  { policy, now }: EvidenceContext,
): boolean {
  if (
    record.status === 'declined' ||
    record.status === 'duplicate' ||
    record.duplicate_of !== undefined
  )
    return false;
  if (record.rater?.kind === 'judge' || record.rater?.kind === 'code') return false;
  const uses = scope ?? policy.privacy?.consent_scope ?? [];
  const asked =
    uses.length > 0 || (policy.privacy?.consent_required ?? []).includes(record.channel);
  if (!asked) return true;
  const { basis, scope: covered = [], expires } = record.consent ?? {};
  return (
    basis !== undefined &&
    uses.every((use) => covered.includes(use)) &&
    (expires === undefined || now.getTime() < dueTime(expires))
  );
}

/** A way back with somebody who would go it, tried lately. */
function rollbackProblem(
  { record: { rollback } }: DecisionFacts,
  { rehearsed_within_days }: Extract<Demand, { kind: 'rollback' }>,
  { policy, now }: EvidenceContext,
): string | null {
  if (isBlank(rollback?.plan)) return 'has no plan for a rollback';
  if (rollback?.owner === undefined || !Object.hasOwn(policy.people, rollback.owner))
    return 'names no person of the policy as owner of its rollback';
  if (rehearsed_within_days === undefined) return null;
  const { rehearsed_at } = rollback;
  const age = now.getTime() - Date.parse(rehearsed_at ?? '');
  return age >= 0 && age <= rehearsed_within_days * dayLength
    ? null
    : `has a rollback that was not rehearsed within ${rehearsed_within_days} days`;
}

/** What is only tried out lands for few, never for everyone; a rollout that is not stated could be any. */
function rolloutProblem(
  { record: { rollout } }: DecisionFacts,
  { kinds }: Extract<Demand, { kind: 'rollout' }>,
): string | null {
  if (rollout === undefined) return `states no rollout, wanted ${kinds.join(' or ')}`;
  return kinds.includes(rollout.kind)
    ? null
    : `rolls out as ${rollout.kind}, wanted ${kinds.join(' or ')}`;
}

function escalationProblem({ record: { escalation } }: DecisionFacts): string | null {
  return isBlank(escalation?.when) ? 'states no criteria for an escalation' : null;
}

/**
 * No thread about the decision or its evaluations is open, but for a finding that has time; none that is overdue. What this
 * change resolved counts where the approvals list the event that did: nobody closes a thread after a signature.
 */
function reviewProblem(
  { record }: DecisionFacts,
  { threads, citing, now }: EvidenceContext,
): Problem | null {
  const about = new Set([record.id, ...(record.evaluations ?? [])]);
  const own = threads.filter((thread) => about.has(thread.record));
  const open = own.find(
    (thread) =>
      thread.open && !(thread.finding && thread.due !== null && now.getTime() < thread.due),
  );
  if (open)
    return {
      why:
        open.finding && open.due !== null
          ? `has a finding that is overdue (thread ${open.id} on ${open.record})`
          : `has an open thread (${open.id} on ${open.record})`,
      lacks: 'substance',
    };
  const unseen = own.find(({ closing }) => closing !== null && !isCited(closing, citing));
  return unseen
    ? {
        why: `has a thread that was resolved (${unseen.id} on ${unseen.record}), and no independent approval lists ${unseen.closing?.path}`,
        lacks: 'citation',
      }
    : null;
}

function isBlank(text: string | readonly string[] | undefined): boolean {
  return [text ?? []].flat().every((part) => part.trim() === '');
}
