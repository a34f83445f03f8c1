import { groupName } from './report-words.ts';
import type { EvaluationResult, ResultDisparity } from './result.ts';

/** One rate of one group against the reference group: difference, ratio and the p-values of the difference from none. */
export type ReferenceRow = {
  readonly grouping: string;
  readonly rate: string;
  readonly group: string;
  readonly reference: string;
  readonly difference: ResultDisparity | null;
  readonly ratio: ResultDisparity | null;
  readonly p: number | null;
  readonly adjusted: number | null;
  /** Where the ratio lies by the rule of four fifths, taken to both sides. */
  readonly band: 'within' | 'below' | 'above' | null;
};

const lowest = 0.8;

/** Every comparison with the reference group that was computed, grouping by grouping. */
export function referenceRows({
  models,
  labels,
}: Pick<EvaluationResult, 'models' | 'labels'>): readonly ReferenceRow[] {
  const found = new Map<string, ReferenceRow>();
  for (const entry of (models.candidate ?? models.baseline)?.disparities ?? []) {
    const [, rate, form] = /^(.*)_reference_(difference|ratio)$/.exec(entry.metric) ?? [];
    const [group, reference] = entry.between;
    if (rate === undefined || !group || !reference) continue;
    const grouping = `${entry.by.join(' × ')}${entry.slice === undefined ? '' : ` on ${entry.slice}`}`;
    const name = JSON.stringify([grouping, rate, group]);
    const row: ReferenceRow = found.get(name) ?? {
      grouping,
      rate,
      group: groupName(group, labels),
      reference: groupName(reference, labels),
      difference: null,
      ratio: null,
      p: entry.p ?? null,
      adjusted: entry.p_adjusted ?? null,
      band: null,
    };
    found.set(
      name,
      form === 'ratio'
        ? { ...row, ratio: entry, band: bandOf(entry.value) }
        : { ...row, difference: entry },
    );
  }
  return [...found.values()];
}

function bandOf(ratio: number | null): ReferenceRow['band'] {
  if (ratio === null) return null;
  if (ratio < lowest) return 'below';
  return ratio > 1 / lowest ? 'above' : 'within';
}
