import { disparityForms } from '../statistics/disparity.ts';
import { groupingsOf, type ReportPanel, rowOf } from './report.ts';
import type { EvaluationResult, ResultTarget } from './result.ts';

/** The rates of the groups that a target is about. `slice` is null where it is about all rows. */
export type OpenRates = Pick<ReportPanel, 'grouping' | 'metric' | 'rows'> & {
  readonly slice: string | null;
  readonly targets: readonly ResultTarget[];
};

/**
 * The rates behind the targets that are not met, group by group, the failed ones first. A target that compares groups rests
 * on a rate of each; one on everybody is shown by every grouping.
 */
export function openRates(result: EvaluationResult): readonly OpenRates[] {
  const open = result.targets
    .filter(({ state }) => state !== 'met')
    .sort((a, b) => Number(b.state === 'not met') - Number(a.state === 'not met'));
  const found = new Map<string, OpenRates>();
  for (const target of open) {
    for (const rates of ratesOf(result, target)) {
      const key = JSON.stringify([rates.metric, rates.grouping, rates.slice]);
      found.set(key, { ...rates, targets: [...(found.get(key)?.targets ?? []), target] });
    }
  }
  return [...found.values()];
}

function ratesOf(result: EvaluationResult, target: ResultTarget): readonly OpenRates[] {
  const { by, slice } = target;
  const groupings = [...groupingsOf(result, slice)].filter(
    ([name]) => by === undefined || name === by.join(' × '),
  );
  // Of a slice, or of an evaluation without groups, there may be nobody but everyone.
  const shown = groupings.length > 0 ? groupings : [['', []] as const];
  return ratesBehind(target.metric).flatMap((metric) =>
    shown.map(([grouping, keys]) => ({
      grouping,
      metric,
      slice: slice ?? null,
      targets: [target],
      rows: [{}, ...keys].map((key) => rowOf(result, key, metric, slice)),
    })),
  );
}

/** The rates of single groups that a metric is made of: itself, where it is one; none where it is about pairs of rows. */
export function ratesBehind(metric: string): readonly string[] {
  if (metric === 'flip_rate' || metric === 'consistency') return [];
  const form = Object.hasOwn(disparityForms, metric) ? disparityForms[metric] : undefined;
  if (form === undefined) return [metric.replace(/_reference_(difference|ratio)$/, '')];
  return 'rate' in form ? [form.rate] : ['recall', 'fpr'];
}
