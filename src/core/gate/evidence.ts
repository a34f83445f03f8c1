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
  const needed = demand.covers === 'changed-files' ? context.files.map(covering) : [standing];
  const open = needed.find((choices) => !choices.some((decision) => isCited(decision, context)));
  if (open) return unmet('decision', open[0]?.record.id ?? null, open.length === 0 ? `no decision is ${wanted.join(' or ')}` : `no independent approval lists ${open[0]?.path ?? ''} as it is now`);
  const counted = standing.find((decision) => isCited(decision, context) && context.files.some((file) => file !== null && decision.covers(file))) ?? standing.find((decision) => isCited(decision, context));
  return { kind: 'decision', state: 'met', ref: counted?.record.id ?? null };
}

function judgeResult(demand: Extract<EvidenceDemand, { kind: 'result' }>, context: EvidenceContext): CheckedEvidence {
  const covering = context.decisions.filter(({ covers }) => context.files.some((file) => file !== null && covers(file)));
  const living = covering.filter(({ record }) => record.status === 'accepted' || record.status === 'in-review' || record.status === 'proposed');
  const planned = [...new Set(living.flatMap(({ record }) => record.evaluations ?? []))].sort();
  // Every evaluation that a decision over these files names has to pass: one may not pick the measurement that looks best.
  const groups = planned.length > 0 ? planned.map((id) => ({ id, results: context.results.filter(({ evaluation }) => evaluation === id) })) : [{ id: null, results: context.results }];
  for (const { id, results } of groups) {
    const refusals = results.map((result) => refusal(result, demand, context));
    if (!refusals.includes(null)) return unmet('result', results.at(-1)?.path ?? id, closest(refusals) ?? `${id ?? 'no evaluation'} has no result${id ? `; run: countersign evaluate ${id}` : ''}`);
  }
  const good = groups.flatMap(({ results }) => results).find((result) => refusal(result, demand, context) === null);
  return { kind: 'result', state: 'met', ref: good?.path ?? null };
}

/** Why a result does not count, or null where it does. The first reason is the one to mend first. */
function refusal(result: ResultFacts, demand: Extract<EvidenceDemand, { kind: 'result' }>, context: EvidenceContext): string | null {
  if (context.landing(result.path) !== result.sha256) return `${result.path} is not what lands`;
  if (result.governed[context.rule] !== context.governed) return `${result.evaluation} was measured on other code; run: countersign evaluate ${result.evaluation}`;
  const moved = result.plan.find(({ path, sha256 }) => context.landing(path) !== sha256);
  if (moved) return `${moved.path} moved since ${result.evaluation} was measured; run: countersign evaluate ${result.evaluation}`;
  if (result.verdict === null) return `${result.path} could not be judged again: ${result.why}`;
  if (result.verdict !== (demand.verdict ?? 'pass')) return result.why;
  if (!isCited(result, context)) return `no independent approval lists ${result.path}`;
  return tooOld(result, demand.max_age_days, context);
}

function tooOld(result: ResultFacts, days: number | undefined, { citing, now }: EvidenceContext): string | null {
  if (days === undefined || citing === null) return null;
  const signed = citing.map(({ payload }) => Date.parse(payload.signed_at));
  return now.getTime() - Math.min(...signed) > days * dayLength ? `${result.path} was signed for more than ${days} days ago; run: countersign evaluate ${result.evaluation}` : null;
}

/** Of several refused results the one that got furthest says most. */
function closest(refusals: readonly (string | null)[]): string | null {
  return refusals.findLast((reason) => reason !== null && !reason.includes('other code')) ?? refusals.at(-1) ?? null;
}

function listed(files: readonly (string | null)[]): string {
  const names = files.map((file) => file ?? '(a path that is not UTF-8)');
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function unmet(kind: string, ref: string | null, why: string): CheckedEvidence {
  return { kind, state: 'unmet', ref, why };
}
