import { isRate, type Rate, rateBase, totalOf } from '../statistics/confusion.ts';
import { disparityForms } from '../statistics/disparity.ts';
import { judgeInterval, type TargetState } from '../statistics/judge-interval.ts';
import { normalQuantile } from '../statistics/normal.ts';
import { wilsonInterval } from '../statistics/proportion.ts';
import {
  isScoreMetric,
  scoreBase,
  type ScoreMetric,
} from '../statistics/scores/score-estimates.ts';
import type { Counted, CountedGroup } from './counted.ts';
import {
  betweenGroups,
  cutName,
  type EvaluationPlan,
  type PlannedTarget,
  type Side,
} from './evaluation-plan.ts';
import { cutDisparities, eligibleGroups, groupMetrics } from './measure-model.ts';
import { targetProblem } from './metric-range.ts';
import type { EvaluationVerdict, ResultTarget } from './result.ts';

type Outcome = Pick<ResultTarget, 'state' | 'value' | 'low' | 'high'> & {
  readonly between?: ResultTarget['between'];
  readonly why?: string | undefined;
  readonly thin?: true;
};

/** The side that targets are about: the candidate, where there is one. */
export function judgedSide({ sides }: Pick<EvaluationPlan, 'sides'>): Side {
  return sides.includes('candidate') ? 'candidate' : 'baseline';
}

/** Whether a metric is one of both sides together. */
export function isOfPairs(metric: string): boolean {
  return metric === 'flip_rate' || metric === 'consistency';
}

/** Judges every target of a plan on intervals. */
export function judgeTargets(plan: EvaluationPlan, counted: Counted): readonly ResultTarget[] {
  return plan.targets.map((target) => ({
    metric: target.metric,
    ...(target.slice === undefined ? {} : { slice: target.slice }),
    ...(target.by === undefined ? {} : { by: target.by }),
    op: target.op,
    target: target.value,
    ...(target.min_n === undefined ? {} : { min_n: target.min_n }),
    ...(plan.sides.length > 1 && !isOfPairs(target.metric) ? { side: judgedSide(plan) } : {}),
    stated: target.stated,
    ...judgeTarget({ ...plan, minN: target.min_n ?? plan.minN }, counted, target),
  }));
}

/** A target that nothing can miss is met by anything, and one that nothing can meet says as little: neither is judged. */
function judgeTarget(plan: EvaluationPlan, counted: Counted, target: PlannedTarget): Outcome {
  const problem = targetProblem(target);
  if (problem !== null) return notEstimable(problem.message);
  if (isOfPairs(target.metric)) return judgeFlips(plan, counted, target);
  return betweenGroups(target.metric) === null
    ? judgeRate(plan, counted, target)
    : judgeDisparity(plan, counted, target);
}

function groupsOf(
  plan: EvaluationPlan,
  counted: Counted,
  columns: readonly string[],
  slice: string | null,
): readonly CountedGroup[] {
  const name = cutName({ columns, slice });
  return (
    counted.groups[judgedSide(plan)]?.[plan.cuts.findIndex((cut) => cutName(cut) === name)] ?? []
  );
}

/** A rate of everything, or of every group: then the worst of them decides. */
function judgeRate(plan: EvaluationPlan, counted: Counted, target: PlannedTarget): Outcome {
  const { metric, op, value: bound } = target;
  if (!isRate(metric) && !isScoreMetric(metric)) return notEstimable(`${metric} is not measured`);
  const columns = target.by ?? [];
  const groups = groupsOf(plan, counted, columns, target.slice ?? null).filter(
    ({ by }) => !Object.values(by).includes(null),
  );
  const outcomes = groups.map((group): Outcome => {
    const stream = `${judgedSide(plan)}/${cutName({ columns, slice: target.slice ?? null })}/${JSON.stringify(Object.values(group.by))}`;
    const estimate = groupMetrics(group, plan, plan.targetAlpha, stream)[metric];
    if (estimate === undefined || estimate.value === null)
      return notEstimable(estimate?.why ?? 'there is no score');
    const base = baseOf(metric, group);
    const unsure =
      estimate.low === null ? 'there is no interval, so nothing is known of chance' : undefined;
    const why =
      base < plan.minN ? `rests on ${Math.floor(base)} rows, fewer than ${plan.minN}` : unsure;
    const state: TargetState = base < plan.minN ? 'undecided' : judgeInterval(op, bound, estimate);
    return {
      state,
      value: estimate.value,
      low: estimate.low,
      high: estimate.high,
      ...(columns.length > 0 ? { between: [group.by] } : {}),
      ...(why === undefined ? {} : { why }),
      ...(base < plan.minN ? { thin: true } : {}),
    };
  });
  return worst(outcomes, op) ?? notEstimable('no rows');
}

/** The rows that a metric of a group rests on. */
function baseOf(metric: Rate | ScoreMetric, { counts, scores }: CountedGroup): number {
  if (isRate(metric)) return rateBase(metric, counts);
  return scores ? scoreBase(metric, scores) : 0;
}

function notEstimable(why: string): Outcome {
  return { state: 'not estimable', value: null, low: null, high: null, why };
}

const badness: Readonly<Record<TargetState, number>> = {
  'not met': 3,
  'not estimable': 2,
  undecided: 1,
  met: 0,
};

function worst(outcomes: readonly Outcome[], op: '>=' | '<='): Outcome | undefined {
  const side = op === '>=' ? 1 : -1;
  return [...outcomes].sort(
    (a, b) => badness[b.state] - badness[a.state] || side * ((a.value ?? 0) - (b.value ?? 0)),
  )[0];
}

function judgeDisparity(plan: EvaluationPlan, counted: Counted, target: PlannedTarget): Outcome {
  const columns = target.by ?? plan.evaluation.groups?.[0] ?? [];
  const cut = { columns, slice: target.slice ?? null };
  const groups = groupsOf(plan, counted, columns, cut.slice);
  const found = cutDisparities(plan, groups, {
    side: judgedSide(plan),
    cut,
    alpha: plan.targetAlpha,
  }).filter(({ metric }) => metric === target.metric);
  const outcomes = found.map((entry): Outcome => {
    if (entry.value === null || entry.between.length < 2)
      return {
        state: 'not estimable',
        value: entry.value,
        low: null,
        high: null,
        why: entry.why ?? 'fewer than two groups have the rate',
      };
    const thin = thinGroup(target.metric, groups, plan.minN);
    const state: TargetState = thin ? 'undecided' : judgeInterval(target.op, target.value, entry);
    const flat = entry.low === null ? { why: 'the interval has no width, so it says nothing' } : {};
    return {
      state,
      value: entry.value,
      low: entry.low,
      high: entry.high,
      between: entry.between,
      ...(thin ? { why: thin, thin: true } : flat),
    };
  });
  return (
    worst(outcomes, target.op) ?? {
      state: 'not estimable',
      value: null,
      low: null,
      high: null,
      why:
        eligibleGroups(groups, plan.minN).eligible.length < 2
          ? 'fewer than two groups are large enough'
          : 'the reference is no group that is large enough',
    }
  );
}

/** The rates that a disparity compares. */
function ratesOf(metric: string): readonly string[] {
  const form = disparityForms[metric];
  if (form === undefined) return [/^(.*)_reference_/.exec(metric)?.[1] ?? ''];
  return form.kind === 'difference' || form.kind === 'ratio' ? [form.rate] : ['recall', 'fpr'];
}

/** A group that is large enough but whose rate rests on too few rows: it may be the extreme only by chance. */
function thinGroup(metric: string, groups: readonly CountedGroup[], minN: number): string | null {
  const needed = ratesOf(metric);
  for (const { by, counts } of groups) {
    if (Object.values(by).includes(null) || totalOf(counts) < minN) continue;
    const rate = needed.find(
      (name) => isRate(name) && rateBase(name, counts) > 0 && rateBase(name, counts) < minN,
    );
    if (rate !== undefined && isRate(rate))
      return `${rate} of ${Object.values(by).join(', ')} rests on ${rateBase(rate, counts)} rows, fewer than ${minN}`;
  }
  return null;
}

/** Share of rows whose prediction changed between the sides. */
function judgeFlips(plan: EvaluationPlan, counted: Counted, target: PlannedTarget): Outcome {
  const name = cutName({ columns: [], slice: target.slice ?? null });
  const pair = counted.pairs[plan.cuts.findIndex((cut) => cutName(cut) === name)]?.[0];
  if (!pair)
    return {
      state: 'not estimable',
      value: null,
      low: null,
      high: null,
      why: 'the two sides are not paired',
    };
  const both = [pair.positives, pair.negatives];
  const n = both.reduce(
    (sum, table) => sum + table.both + table.candidateOnly + table.baselineOnly + table.neither,
    0,
  );
  const flipped = both.reduce((sum, table) => sum + table.candidateOnly + table.baselineOnly, 0);
  const x = target.metric === 'flip_rate' ? flipped : n - flipped;
  const [low, high] = wilsonInterval(x, n, normalQuantile(1 - plan.targetAlpha / 2));
  return n < plan.minN
    ? {
        state: 'undecided',
        value: x / n,
        low,
        high,
        why: `rests on ${n} rows, fewer than ${plan.minN}`,
      }
    : { state: judgeInterval(target.op, target.value, { low, high }), value: x / n, low, high };
}

/**
 * What the targets come to, and why. Equal harm for all is perfectly fair: fairness without performance decides nothing.
 *
 * @param problems of the rows, which leave everything undecided
 */
export function verdictOf(
  targets: readonly Pick<ResultTarget, 'metric' | 'state'>[],
  problems: readonly string[],
): {
  readonly verdict: EvaluationVerdict;
  readonly why: string | null;
} {
  if (problems.length > 0) return { verdict: 'undecided', why: problems.join('; ') };
  if (targets.length === 0)
    return { verdict: 'undecided', why: 'no target says what better means' };
  if (targets.some(({ state }) => state === 'not met')) return { verdict: 'fail', why: null };
  if (targets.some(({ state }) => state !== 'met')) return { verdict: 'undecided', why: null };
  if (targets.every(({ metric }) => betweenGroups(metric) !== null))
    return {
      verdict: 'undecided',
      why: 'the targets are about fairness only; approving everyone would meet them',
    };
  return { verdict: 'pass', why: null };
}
