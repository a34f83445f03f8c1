import { betweenGroups } from './evaluation-plan.ts';
import {
  allGroups,
  type EvaluationResult,
  type ResultModel,
  type ResultPair,
  type ResultTarget,
} from './result.ts';
import { partName, suppressedWhy } from './suppress.ts';

/** Names of groups, on slices too, of which any side hides a count. */
export function bareGroups(models: EvaluationResult['models']): ReadonlySet<string> {
  return new Set(
    Object.values(models).flatMap((model) =>
      allGroups(model)
        .filter(({ suppressed }) => suppressed)
        .map(({ by, slice }) => partName(by, slice)),
    ),
  );
}

/** Whether anything of a result is hidden, or stored together with another, because it could name people. */
export function isSuppressed(
  models: EvaluationResult['models'],
  paired: readonly ResultPair[],
): boolean {
  return (
    bareGroups(models).size > 0 ||
    paired.some(({ suppressed }) => suppressed) ||
    Object.values(models).some((model) => allGroups(model).some(({ scores }) => scores?.merged))
  );
}

/** A target as it may be stored: its state always, its numbers only where those of its groups are shown. */
export function suppressTarget(
  target: ResultTarget,
  {
    model,
    paired,
  }: { readonly model: ResultModel | undefined; readonly paired: readonly ResultPair[] },
  least: number,
): ResultTarget {
  if (least <= 0 || model === undefined || !isHidden(target, model, paired)) return target;
  return { ...target, value: null, low: null, high: null, why: suppressedWhy(least) };
}

function isHidden(
  { metric, slice, between }: ResultTarget,
  model: ResultModel,
  paired: readonly ResultPair[],
): boolean {
  if (metric === 'flip_rate' || metric === 'consistency')
    return paired.some(({ by, suppressed }) => Object.keys(by).length === 0 && suppressed);
  const names = (between ?? [{}]).map((by) => partName(by, slice));
  const groups = allGroups(model).filter(
    (group) => group.suppressed && names.includes(partName(group.by, group.slice)),
  );
  // A rate of counts that are shown is shown.
  return betweenGroups(metric) === null
    ? groups.some(({ metrics }) => metrics[metric]?.value === null)
    : groups.length > 0;
}
