import type { CheckedEvidence } from './check-result.ts';
import type { DecisionFacts } from './decision-facts.ts';
import type { EvidenceDemand } from './gate-policy.ts';
import type { AuthenticSignoff } from './standing.ts';

/** A stored result as evidence: what its own counts come to when they are judged again, and what it was made of. */
export type ResultFacts = {
  readonly path: string;
  readonly sha256: string;
  readonly evaluation: string;
  /** Judged again from the counts and the plan, never read from the file; null where that could not be done. */
  readonly verdict: 'pass' | 'fail' | 'undecided' | null;
  readonly why: string;
  /** Files of the plan with the digests that the result names. */
  readonly plan: readonly { readonly path: string; readonly sha256: string }[];
  /** Digest of each rule's files when the evaluation ran. */
  readonly governed: Readonly<Record<string, string>>;
};

/** What evidence is judged by. */
export type EvidenceContext = {
  readonly rule: string;
  /** Governed paths that changed; null where a path is not UTF-8. */
  readonly files: readonly (string | null)[];
  readonly decisions: readonly DecisionFacts[];
  /** Decisions as they stand at the target's tip. */
  readonly decisionsAtTip: readonly DecisionFacts[];
  readonly results: readonly ResultFacts[];
  /** Lower-case hex SHA-256 of a file of what lands, null where it has none. */
  readonly landing: (path: string) => string | null;
  /** Digest of this rule's files in the head. */
  readonly governed: string;
  /** The approvals that must list a file for it to count; null where nobody could have signed yet (stage `author`). */
  readonly citing: readonly AuthenticSignoff[] | null;
  readonly now: Date;
};

const dayLength = 86_400_000;

/** Evidence kinds that the gate can judge. A policy that asks for another refuses, or it would be passed unlooked at. */
export const evidenceKinds: readonly string[] = ['decision', 'result'];

/** Judges one demand for evidence. */
export function judgeEvidence(demand: EvidenceDemand, context: EvidenceContext): CheckedEvidence {
  if (demand.kind === 'decision') return judgeDecision(demand, context);
  if (demand.kind === 'result') return judgeResult(demand, context);
  return unmet(demand.kind, null, `this version cannot judge evidence of kind ${demand.kind}`);
}

/** Whether every approval that counts lists the file as it lands: nobody swaps a file after a signature. */
function isCited(file: { readonly path: string; readonly sha256: string }, { citing }: EvidenceContext): boolean {
  if (citing === null) return true;
  return citing.length > 0 && citing.every(({ payload }) => payload.evidence.some(({ path, sha256 }) => path === file.path && sha256 === file.sha256));
}

function judgeDecision(demand: Extract<EvidenceDemand, { kind: 'decision' }>, context: EvidenceContext): CheckedEvidence {
  const wanted = demand.status ?? ['accepted'];
  const standing = context.decisions.filter(({ record }) => wanted.includes(record.status));
  const covering = (file: string | null): readonly DecisionFacts[] => standing.filter((decision) => file !== null && decision.covers(file));
  const bare = demand.covers === 'changed-files' ? context.files.filter((file) => covering(file).length === 0) : [];
  if (bare.length > 0) return unmet('decision', null, `no decision that is ${wanted.join(' or ')} stands over ${listed(bare)}`);
  if (standing.length === 0) return unmet('decision', null, `no decision is ${wanted.join(' or ')}`);
  const needed = demand.covers === 'changed-files' ? context.files.map(covering) : [standing];
  const open = needed.find((choices) => !choices.some((decision) => isCited(decision, context)));
  const first = newestFirst(open ?? needed.flat().filter((decision) => isCited(decision, context)), context)[0];
  if (open) return { ...unmet('decision', first?.record.id ?? null, `no independent approval lists ${first?.path ?? ''} as it is now`), lacks: 'citation' };
  return { kind: 'decision', state: 'met', ref: first?.record.id ?? null };
}

/** Decisions that this change brings or edits, then those that stood before. */
function newestFirst(decisions: readonly DecisionFacts[], { decisionsAtTip }: EvidenceContext): readonly DecisionFacts[] {
  return [...decisions].sort((a, b) => Number(stoodBefore(a, decisionsAtTip)) - Number(stoodBefore(b, decisionsAtTip)));
}

function stoodBefore(decision: DecisionFacts, decisionsAtTip: readonly DecisionFacts[]): boolean {
  return decisionsAtTip.some(({ path, sha256 }) => path === decision.path && sha256 === decision.sha256);
}

function judgeResult(demand: Extract<EvidenceDemand, { kind: 'result' }>, context: EvidenceContext): CheckedEvidence {
  const covering = context.decisions.filter(({ record, covers }) => living.has(record.status) && context.files.some((file) => file !== null && covers(file)));
  const brought = covering.filter((decision) => !stoodBefore(decision, context.decisionsAtTip));
  const named = (decisions: readonly DecisionFacts[]): readonly string[] => [...new Set(decisions.flatMap(({ record }) => record.evaluations ?? []))].sort();
  // Every evaluation that a decision of this change names has to pass: one may not pick the measurement that looks best.
  // Where the change rests on decisions that stood before, one of their evaluations has to pass on the code as it is now.
  const each = named(brought);
  const groups = each.length > 0 ? each.map((id) => ({ id, results: resultsOf([id], context) })) : [{ id: named(covering)[0] ?? null, results: resultsOf(named(covering), context) }];
  for (const { id, results } of groups) {
    const refusals = results.map((result) => refusal(result, demand, context));
    if (!refusals.includes(null)) return closest(refusals, results) ?? unmet('result', id, `${id ?? 'no evaluation'} has no result${id ? `; run: countersign evaluate ${id}` : ''}`);
  }
  const good = groups.flatMap(({ results }) => results).find((result) => refusal(result, demand, context) === null);
  return { kind: 'result', state: 'met', ref: good?.path ?? null };
}

const living: ReadonlySet<string> = new Set(['proposed', 'in-review', 'accepted', 'shipped']);

function resultsOf(evaluations: readonly string[], { results }: EvidenceContext): readonly ResultFacts[] {
  return results.filter(({ evaluation }) => evaluations.includes(evaluation));
}

/** Why a result does not count, and how far it got: of several, the one that got furthest says most. */
type Refusal = { readonly why: string; readonly reached: number };

function refusal(result: ResultFacts, demand: Extract<EvidenceDemand, { kind: 'result' }>, context: EvidenceContext): Refusal | null {
  if (context.landing(result.path) !== result.sha256) return { why: `${result.path} is not what lands`, reached: 0 };
  if (result.governed[context.rule] !== context.governed) return { why: `${result.evaluation} was measured on other code; run: countersign evaluate ${result.evaluation}`, reached: 1 };
  const moved = result.plan.find(({ path, sha256 }) => context.landing(path) !== sha256);
  if (moved) return { why: `${moved.path} moved since ${result.evaluation} was measured; run: countersign evaluate ${result.evaluation}`, reached: 2 };
  if (result.verdict === null) return { why: result.why, reached: 3 };
  if (result.verdict !== (demand.verdict ?? 'pass')) return { why: result.why, reached: 4 };
  if (!isCited(result, context)) return { why: `no independent approval lists ${result.path}`, reached: citation };
  const old = tooOld(result, demand.max_age_days, context);
  return old === null ? null : { why: old, reached: 6 };
}

const citation = 5;

function tooOld(result: ResultFacts, days: number | undefined, { citing, now }: EvidenceContext): string | null {
  if (days === undefined || citing === null) return null;
  const signed = citing.map(({ payload }) => Date.parse(payload.signed_at));
  return now.getTime() - Math.min(...signed) > days * dayLength ? `${result.path} was signed for more than ${days} days ago; run: countersign evaluate ${result.evaluation}` : null;
}

function closest(refusals: readonly (Refusal | null)[], results: readonly ResultFacts[]): CheckedEvidence | null {
  const furthest = Math.max(...refusals.map((found) => found?.reached ?? -1));
  const index = refusals.findLastIndex((found) => found?.reached === furthest);
  const found = refusals[index];
  return found ? { ...unmet('result', results[index]?.path ?? null, found.why), lacks: found.reached === citation ? 'citation' : 'substance' } : null;
}

function listed(files: readonly (string | null)[]): string {
  const names = files.map((file) => file ?? '(a path that is not UTF-8)');
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function unmet(kind: string, ref: string | null, why: string): CheckedEvidence {
  return { kind, state: 'unmet', ref, why, lacks: 'substance' };
}
