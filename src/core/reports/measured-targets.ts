import { targetSentence } from './rejudge.ts';
import type { EvaluationResult, ResultTarget } from './result.ts';

/** Lines that a person reads before signing; more would hide those that matter. */
const most = 10;

const badness: Readonly<Record<ResultTarget['state'], number>> = {
  'not met': 0,
  'not estimable': 1,
  undecided: 2,
  met: 3,
};

/**
 * What each target came to, the worst first: metric, for whom, value with interval, what was wanted, state, and what the
 * baseline comes to for the same people where the result has one. Ten lines at most; then how many more there are.
 *
 * @param targets as they were judged again; those that the file states, where it leaves out what judging needs
 */
export function measuredTargets(
  result: Pick<EvaluationResult, 'models' | 'labels'>,
  targets: readonly ResultTarget[],
): readonly string[] {
  const sorted = [...targets].sort((a, b) => badness[a.state] - badness[b.state]);
  const lines = sorted
    .slice(0, most)
    .map((target) => `${targetSentence(target, result.labels)}${besideBaseline(result, target)}`);
  const left = sorted.slice(most);
  const open = left.filter(({ state }) => state !== 'met').length;
  return left.length === 0
    ? lines
    : [
        ...lines,
        `and ${left.length} more targets, of which ${open === 0 ? 'all are met' : `${open} are not met`}`,
      ];
}

function besideBaseline(result: Pick<EvaluationResult, 'models'>, target: ResultTarget): string {
  const before = result.models.candidate ? baselineOf(result, target) : undefined;
  if (before === undefined) return '';
  // Without its interval, which is of another level than that of a target among several: side by side they would mislead.
  return `; baseline ${before.value === null ? 'cannot be estimated' : before.value.toFixed(3)}`;
}

/** The baseline's number for the same group and slice, or for the same groups beside each other; undefined where there is none. */
function baselineOf(
  { models: { baseline } }: Pick<EvaluationResult, 'models'>,
  { metric, slice, by, between = [] }: ResultTarget,
): { readonly value: number | null } | undefined {
  if (!baseline) return undefined;
  const columns = JSON.stringify(Object.keys(between[0] ?? {}));
  const disparity = baseline.disparities.find(
    (entry) =>
      entry.metric === metric &&
      entry.slice === slice &&
      JSON.stringify(by ?? entry.by) === JSON.stringify(entry.by) &&
      (between.length === 0 || JSON.stringify(entry.by) === columns),
  );
  if (disparity) return disparity;
  const key = JSON.stringify(between[0] ?? {});
  const rows =
    key === '{}' && slice === undefined
      ? baseline.overall
      : baseline.groups.find((group) => group.slice === slice && JSON.stringify(group.by) === key);
  return rows?.metrics[metric];
}
