import { cells, cellsOf, type Confusion, isShareRate } from '../statistics/confusion.ts';
import { isScoreMetric } from '../statistics/scores/score-estimates.ts';
import type { TargetState } from '../statistics/judge-interval.ts';
import type { Counted, CountedGroup, CountedPair } from './counted.ts';
import {
  betweenGroups,
  cutName,
  type EvaluationPlan,
  isScored,
  type PlannedTarget,
} from './evaluation-plan.ts';
import { judgedSide, judgeTargets } from './judge-targets.ts';
import { targetProblem } from './metric-range.ts';
import { columnsOfTarget } from './protected-groups.ts';
import { allGroups, type EvaluationResult, type ResultGroup, type ResultTarget } from './result.ts';

/**
 * A target on what a file holds. `whole`: so it is. `at best`: so it is for those whose counts are stored, and it may be
 * worse for others. `nothing`: it rests on counts that are not stored.
 */
export type StoredTarget =
  | { readonly known: 'whole' | 'at best'; readonly target: ResultTarget }
  | { readonly known: 'nothing'; readonly of: PlannedTarget };

/** Judges each target of a plan on the counts of a stored result. A count that is not stored is never read as any number. */
export function judgeStored(
  plan: EvaluationPlan,
  result: EvaluationResult,
): readonly StoredTarget[] {
  return plan.targets.map((target) => {
    // No count decides such a target, so that none has to be stored for it.
    if (targetProblem(target) !== null)
      return { known: 'whole', target: judgedOn(plan, target, []) };
    return target.metric === 'flip_rate' || target.metric === 'consistency'
      ? judgeFlips(plan, target, result)
      : judgeGroups(plan, target, result);
  });
}

/** The target on some groups of its cut alone. */
function judgedOn(
  plan: EvaluationPlan,
  target: PlannedTarget,
  groups: readonly CountedGroup[],
  pairs: readonly CountedPair[] = [],
): ResultTarget {
  const own = cutName({ columns: columnsOfTarget(plan, target), slice: target.slice ?? null });
  const counted: Counted = {
    groups: { [judgedSide(plan)]: plan.cuts.map((cut) => (cutName(cut) === own ? groups : [])) },
    pairs: plan.cuts.map((cut) => (cutName(cut) === own ? pairs : [])),
    coverage: {},
  };
  return judgeTargets({ ...plan, targets: [target] }, counted)[0] as ResultTarget;
}

function judgeGroups(
  plan: EvaluationPlan,
  target: PlannedTarget,
  result: EvaluationResult,
): StoredTarget {
  const least = target.min_n ?? plan.minN;
  const needed = groupsOf(plan, target, result).filter(
    ({ by }) => !Object.values(by).includes(null),
  );
  const there = needed.filter((group) => holds(plan, target, group));
  const lacking = needed.filter((group) => !there.includes(group));
  const open = lacking.filter((group) => !isThin(group, least, plan.minN));
  const judge = (): ResultTarget => judgedOn(plan, target, there.map(countedOf));
  // Groups of few rows are never among those that are compared, whatever their counts are.
  if (betweenGroups(target.metric) !== null)
    return open.length > 0 ? { known: 'nothing', of: target } : { known: 'whole', target: judge() };
  if (lacking.length === 0) return { known: 'whole', target: judge() };
  if (there.length === 0 && open.length === lacking.length) return { known: 'nothing', of: target };
  const known = there.length === 0 ? null : judge();
  if (known?.state === 'not met') return { known: 'whole', target: known };
  // A group of few rows leaves a target on every group undecided, whatever its counts are.
  const state: TargetState = 'undecided';
  const thin = lacking.find((group) => !open.includes(group));
  const found =
    thin && (known === null || known.state === 'met')
      ? {
          ...(known ?? judge()),
          state,
          value: null,
          low: null,
          high: null,
          between: [thin.by],
          why: `rests on fewer than ${least} rows`,
          thin: true as const,
        }
      : known;
  return found === null
    ? { known: 'nothing', of: target }
    : { known: open.length > 0 ? 'at best' : 'whole', target: found };
}

function groupsOf(
  plan: EvaluationPlan,
  target: PlannedTarget,
  { models }: EvaluationResult,
): readonly ResultGroup[] {
  const model = models[judgedSide(plan)];
  if (!model) return [];
  const own = cutName({ columns: columnsOfTarget(plan, target), slice: target.slice ?? null });
  return allGroups(model).filter(
    ({ by, slice }) => cutName({ columns: Object.keys(by), slice: slice ?? null }) === own,
  );
}

/** Whether all is stored of a group that a metric is made of. */
function holds(plan: EvaluationPlan, { metric }: PlannedTarget, group: ResultGroup): boolean {
  if (isScoreMetric(metric))
    return (
      !isScored(plan, judgedSide(plan)) ||
      (group.scores !== undefined && !(metric === 'ece' && group.scores.merged))
    );
  const weighted = plan.evaluation.columns.weight !== undefined;
  if (weighted && group.weighted === undefined) return false;
  const wanted = isShareRate(metric) && !weighted ? cellsOf(metric) : cells;
  return wanted.every((cell) => group[cell] !== null);
}

/** Whether a group has fewer rows than a target wants, though not all of its counts are stored. `small` is by the plan's own number. */
function isThin({ n, small, ...counts }: ResultGroup, least: number, planned: number): boolean {
  const stored = cells.reduce((sum, cell) => sum + (counts[cell] ?? 0), 0);
  return stored < least && (n === null ? small && planned <= least : n < least);
}

function countedOf({ by, weighted, scores, ...group }: ResultGroup): CountedGroup {
  // What is not stored takes part in no metric that is asked for: `holds` has seen to that.
  const counts: Confusion = {
    tp: group.tp ?? 0,
    fp: group.fp ?? 0,
    tn: group.tn ?? 0,
    fn: group.fn ?? 0,
  };
  return { by, counts, ...(weighted ? { weighted } : {}), ...(scores ? { scores } : {}) };
}

/** All that a flip rate needs of the pairs: how many flipped each way, and of how many. Those of a slice are not stored. */
function judgeFlips(
  plan: EvaluationPlan,
  target: PlannedTarget,
  { paired }: EvaluationResult,
): StoredTarget {
  if (target.slice !== undefined && paired.length > 0) return { known: 'nothing', of: target };
  const overall = paired.find(
    ({ metric, by }) => metric === 'selection_rate' && Object.keys(by).length === 0,
  );
  if (!overall) return { known: 'whole', target: judgedOn(plan, target, []) };
  const {
    n,
    flips: { '0→1': up, '1→0': down },
  } = overall;
  if (n === null || up === null || down === null) return { known: 'nothing', of: target };
  const pair: CountedPair = {
    by: {},
    positives: { both: 0, candidateOnly: up, baselineOnly: down, neither: n - up - down },
    negatives: { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 },
  };
  return { known: 'whole', target: judgedOn(plan, target, [], [pair]) };
}
