import type { GroupKey } from './counted.ts';
import { groupName, signed } from './report-words.ts';
import type { ResultPair } from './result.ts';

/** What changed for everyone or for one group on the same rows. `effect` is told only where the interval leaves 0 out. */
export type ReportChange = {
  readonly by: GroupKey;
  readonly metric: string;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly p: number | null;
  readonly effect: 'better' | 'worse' | 'unclear';
};

/** How many predictions went each way between the sides. Counts are null where they are suppressed. */
export type ReportFlips = {
  readonly by: GroupKey;
  readonly n: number | null;
  readonly up: number | null;
  readonly down: number | null;
};

/** Rates of which it is known which way is good: more right answers help, whoever gets them. */
const upIsGood: Readonly<Record<string, boolean>> = { accuracy: true, recall: true, fpr: false };

export function reportChanges(paired: readonly ResultPair[]): readonly ReportChange[] {
  return paired.flatMap(({ by, metric, difference, low, high, p }): readonly ReportChange[] => {
    const good = upIsGood[metric];
    if (good === undefined || difference === null || low === null || high === null) return [];
    const clear = low > 0 || high < 0;
    return [
      {
        by,
        metric,
        difference,
        low,
        high,
        p,
        effect: !clear ? 'unclear' : difference > 0 === good ? 'better' : 'worse',
      },
    ];
  });
}

export function reportFlips(paired: readonly ResultPair[]): readonly ReportFlips[] {
  return paired
    .filter(({ metric }) => metric === 'selection_rate')
    .map(({ by, n, flips }) => ({ by, n, up: flips['0→1'], down: flips['1→0'] }));
}

/** The groups for whom something is clearly better, or clearly worse, in words. */
export function changeLines(
  changes: readonly ReportChange[],
  effect: 'better' | 'worse',
): readonly string[] {
  return changes
    .filter((change) => change.effect === effect && Object.keys(change.by).length > 0)
    .map(
      ({ by, metric, difference, low, high }) =>
        `${groupName(by)}: ${metric} ${signed(difference)} (${signed(low)} to ${signed(high)})`,
    );
}
