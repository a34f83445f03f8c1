import type { Counted } from './counted.ts';
import { betweenGroups, type EvaluationPlan, type PlannedTarget } from './evaluation-plan.ts';
import { judgedSide } from './judge-targets.ts';
import { referenceIndex } from './measure-model.ts';
import type { ResultTarget } from './result.ts';
import { partName } from './suppress.ts';

/** The columns by which a target is judged; none where it is about everyone. */
export function columnsOfTarget(
  { evaluation }: Pick<EvaluationPlan, 'evaluation'>,
  { metric, by }: PlannedTarget,
): readonly string[] {
  return by ?? (betweenGroups(metric) === null ? [] : (evaluation.groups?.[0] ?? []));
}

/** Names of what a report is there for: everyone, and all groups of a target but the one that others are held against; and the groups that fail one. */
export function protectedGroups(
  plan: EvaluationPlan,
  counted: Counted,
  judged: readonly ResultTarget[],
): ReadonlySet<string> {
  const failed = judged.filter(({ state }) => state === 'not met');
  const wanted = new Set(
    plan.targets.map((target) =>
      JSON.stringify([target.slice ?? null, ...columnsOfTarget(plan, target)]),
    ),
  );
  return new Set([
    partName({}),
    ...failed.flatMap(({ between = [], slice }) => between.map((by) => partName(by, slice))),
    ...plan.cuts.flatMap(({ columns, slice }, index) => {
      if (columns.length === 0 || !wanted.has(JSON.stringify([slice, ...columns]))) return [];
      const groups = counted.groups[judgedSide(plan)]?.[index] ?? [];
      const reference = referenceIndex(plan, groups);
      return groups.flatMap(({ by }, place) => (place === reference ? [] : [partName(by, slice)]));
    }),
  ]);
}
