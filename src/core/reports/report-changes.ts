import type { GroupKey } from './answer-rows.ts';
import { type CodeNames, groupName, signed } from './report-words.ts';
import type { EvaluationResult, ResultPair } from './result.ts';

/**
 * What a change is, where its interval leaves 0 out. `helped` and `harmed` are told only of what the evaluation states to be
 * good for the person; `small` is clear and under the smallest effect that the plan wants to see.
 */
export type ChangeEffect = 'helped' | 'harmed' | 'higher' | 'lower' | 'small' | 'unclear';

/** What changed for everyone or for one group on the same rows. */
export type ReportChange = {
  readonly by: GroupKey;
  readonly metric: string;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly p: number | null;
  readonly effect: ChangeEffect;
};

/** How many predictions went each way between the sides. Counts are null where they are suppressed. */
export type ReportFlips = {
  readonly by: GroupKey;
  readonly n: number | null;
  readonly up: number | null;
  readonly down: number | null;
};

const shownMetrics: ReadonlySet<string> = new Set(['selection_rate', 'recall', 'fpr', 'accuracy']);

/** Rates of which more means more positive predictions for the people that they are about: help or harm by what is stated. */
const ofPositives: ReadonlySet<string> = new Set(['selection_rate', 'recall', 'fpr']);

/**
 * The changes between the sides.
 *
 * @param smallest smallest effect worth seeing (`plan.mde`), in the unit of the metric
 */
export function reportChanges(
  { paired, favourable }: Pick<EvaluationResult, 'paired' | 'favourable'>,
  smallest: number,
): readonly ReportChange[] {
  const effectOf = (metric: string, difference: number): ChangeEffect => {
    if (favourable === undefined || !ofPositives.has(metric))
      return difference > 0 ? 'higher' : 'lower';
    return difference > 0 === (favourable === 'positive') ? 'helped' : 'harmed';
  };
  return paired.flatMap(({ by, metric, difference, low, high, p }): readonly ReportChange[] => {
    if (!shownMetrics.has(metric) || difference === null || low === null || high === null)
      return [];
    const change = { by, metric, difference, low, high, p };
    if (low <= 0 && high >= 0) return [{ ...change, effect: 'unclear' }];
    const small = Math.abs(difference) < smallest;
    return [{ ...change, effect: small ? 'small' : effectOf(metric, difference) }];
  });
}

export function reportFlips(paired: readonly ResultPair[]): readonly ReportFlips[] {
  return paired
    .filter(({ metric }) => metric === 'selection_rate')
    .map(({ by, n, flips }) => ({ by, n, up: flips['0→1'], down: flips['1→0'] }));
}

/** The groups for whom something clearly changed in one way, in words. */
export function changeLines(
  changes: readonly ReportChange[],
  effect: ChangeEffect,
  names?: CodeNames,
): readonly string[] {
  return changes
    .filter((change) => change.effect === effect && Object.keys(change.by).length > 0)
    .map(
      ({ by, metric, difference, low, high }) =>
        `${groupName(by, names)}: ${metric} ${signed(difference)} (${signed(low)} to ${signed(high)})`,
    );
}

/** The groups of which the comparison is not shown, since it could name people. */
export function withheldGroups({
  paired,
  labels,
}: Pick<EvaluationResult, 'paired' | 'labels'>): readonly string[] {
  return [
    ...new Set(
      paired.filter(({ suppressed }) => suppressed).map(({ by }) => groupName(by, labels)),
    ),
  ];
}
