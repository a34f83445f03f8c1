import type { Evaluation } from '../records/evaluation.ts';
import type { Confusion } from '../statistics/confusion.ts';
import type { Counted, CountedGroup, CountedPair } from './counted.ts';
import { cutName, planEvaluation, type PlannedSlice, type PlannedTarget, sides } from './evaluation-plan.ts';
import { judgeTargets, verdictOf } from './judge-targets.ts';
import type { EvaluationResult, ResultGroup, ResultTarget } from './result.ts';

export type Rejudged = { readonly verdict: 'pass' | 'fail' | 'undecided' | null; readonly why: string; readonly targets: readonly ResultTarget[]; /** Whether the file leaves out counts of few people that the verdict needs: only running the evaluation again tells. */ readonly hidden?: true };

/**
 * Judges a stored result again: its verdict is computed from the counts it holds and the plan as it stands, never read.
 *
 * @param result what the file holds, after its form was checked
 */
export function rejudge(result: EvaluationResult, evaluation: Evaluation, targets: readonly PlannedTarget[], slices: readonly PlannedSlice[]): Rejudged {
  const planned = planEvaluation(evaluation, { slices, targets, minCell: 0, seed: result.seed });
  if (!planned.ok) return { verdict: null, why: `this version cannot measure ${planned.unsupported.join(', ')}`, targets: [] };
  const { plan } = planned;
  const wanted = plan.sides.flatMap((side) => (result.models[side] ? [] : [side]));
  if (wanted.length > 0) return { verdict: null, why: `the result has no counts of the ${wanted.join(' and ')}`, targets: [] };
  const all = sides.flatMap((side) => (result.models[side]?.groups ?? []).concat(result.models[side] ? [{ ...result.models[side].overall, by: {}, small: false }] : []));
  if (all.some(({ suppressed }) => suppressed)) return { verdict: null, why: 'counts of small groups are not stored, so the verdict cannot be computed from the file; ask for verify: recompute', targets: [], hidden: true };
  if (result.paired.some(({ suppressed }) => suppressed) && targets.some(({ metric }) => metric === 'flip_rate' || metric === 'consistency')) return { verdict: null, why: 'counts of few flips are not stored, so the verdict cannot be computed from the file; ask for verify: recompute', targets: [], hidden: true };
  if (all.some(({ scores }) => scores?.merged) && targets.some(({ metric }) => metric === 'ece')) return { verdict: null, why: 'bins of few people are stored together, so the calibration error cannot be computed from the file; ask for verify: recompute', targets: [], hidden: true };
  const counted: Counted = {
    groups: Object.fromEntries(plan.sides.map((side) => [side, plan.cuts.map((cut) => groupsOfCut(result.models[side] as NonNullable<EvaluationResult['models'][typeof side]>, cut))])),
    pairs: plan.cuts.map((cut) => (cut.columns.length === 0 && cut.slice === null ? pairOf(result) : [])),
    coverage: {},
  };
  const judged = judgeTargets(plan, counted);
  const { verdict, why } = verdictOf(judged);
  return { verdict, why: why ?? judgedSentence(judged, result.evaluation), targets: judged };
}

function groupsOfCut(model: NonNullable<EvaluationResult['models']['candidate']>, cut: { readonly columns: readonly string[]; readonly slice: string | null }): readonly CountedGroup[] {
  const all: readonly ResultGroup[] = [{ ...model.overall, by: {}, small: false }, ...model.groups];
  return all
    .filter(({ by, slice }) => cutName({ columns: Object.keys(by), slice: slice ?? null }) === cutName(cut))
    .map((group) => ({ by: group.by, counts: countsOf(group), ...(group.weighted ? { weighted: group.weighted } : {}), ...(group.scores ? { scores: group.scores } : {}) }));
}

function countsOf({ tp, fp, tn, fn }: ResultGroup): Confusion {
  return { tp: tp ?? 0, fp: fp ?? 0, tn: tn ?? 0, fn: fn ?? 0 };
}

/** All that a flip rate needs of the pairs: how many flipped each way, and of how many. */
function pairOf({ paired }: EvaluationResult): readonly CountedPair[] {
  const overall = paired.find(({ metric, by }) => metric === 'selection_rate' && Object.keys(by).length === 0);
  const [n, up, down] = [overall?.n ?? null, overall?.flips['0→1'] ?? null, overall?.flips['1→0'] ?? null];
  if (n === null || up === null || down === null) return [];
  return [{ by: {}, positives: { both: 0, candidateOnly: up, baselineOnly: down, neither: n - up - down }, negatives: { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 } }];
}

/** Which target decides, for whom, with value and interval: one line for a hook, a view and a report. */
export function judgedSentence(targets: readonly ResultTarget[], evaluation: string): string {
  const open = targets.find(({ state }) => state === 'not met') ?? targets.find(({ state }) => state !== 'met');
  return open ? `${evaluation}: ${targetSentence(open)}` : `${evaluation}: every target is met`;
}

/** A target in words, with whom it is about. */
export function targetSentence({ metric, by, slice, between, value, low, high, op, target, state, why }: ResultTarget): string {
  const groups = (between ?? []).map((key) => Object.values(key).map((part) => part ?? '(missing)').join(', '));
  const whom = groups.length === 2 ? ` between ${groups[0]} and ${groups[1]}` : groups.length === 1 ? ` of ${groups[0]}` : by ? ` by ${by.join(', ')}` : '';
  const where = slice === undefined ? '' : ` on ${slice}`;
  const number = value === null ? 'cannot be estimated' : `is ${shown(value)}${low === null || high === null ? '' : ` (${shown(low)} to ${shown(high)})`}`;
  return `${metric}${whom}${where} ${number}, wanted ${op} ${target}: ${state}${why ? ` (${why})` : ''}`;
}

function shown(value: number): string {
  return value.toFixed(3);
}
