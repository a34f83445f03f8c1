import { type Confusion, rates, type Rate, rateValue } from './confusion.ts';

/** How one number is made of the rates of several groups. */
export type DisparityForm =
  | { readonly kind: 'difference'; readonly rate: Rate }
  | { readonly kind: 'ratio'; readonly rate: Rate }
  | { readonly kind: 'equalized-odds' }
  | { readonly kind: 'average-odds' };

/** Names of measures between groups, as targets write them, with their form; `equal_opportunity_difference` is the difference of recall. */
export const disparityForms: Readonly<Record<string, DisparityForm>> = {
  ...Object.fromEntries(
    rates.flatMap(
      (rate) =>
        [
          [`${rate}_difference`, { kind: 'difference', rate }],
          [`${rate}_ratio`, { kind: 'ratio', rate }],
        ] as const,
    ),
  ),
  equal_opportunity_difference: { kind: 'difference', rate: 'recall' },
  equalized_odds_difference: { kind: 'equalized-odds' },
  average_odds_difference: { kind: 'average-odds' },
};

/** What a disparity comes to: its value, and the groups (by index) between which it is. */
export type DisparityValue = {
  readonly value: number;
  readonly between: readonly [number, number];
};

/**
 * A disparity over the groups that have the rate. Difference: largest minus smallest. Ratio: smallest by largest, null
 * where the largest is 0. Equalized odds: the larger of the differences of recall and fpr, null when a part is. Average
 * odds: mean of the signed differences of fpr and recall against the reference, of the group furthest from it.
 *
 * @param reference index of the reference group, for average odds
 * @see Hardt, M., Price, E., Srebro, N. (2016). Equality of opportunity in supervised learning.
 * @see Bellamy, R. et al. (2018). AI Fairness 360, for average odds.
 */
export function disparityValue(
  form: DisparityForm,
  tables: readonly Confusion[],
  reference: number | null,
): DisparityValue | null {
  switch (form.kind) {
    case 'difference': {
      const ends = extremes(form.rate, tables);
      return ends
        ? { value: ends.largest - ends.smallest, between: [ends.at[0], ends.at[1]] }
        : null;
    }
    case 'ratio': {
      const ends = extremes(form.rate, tables);
      return ends && ends.largest > 0
        ? { value: ends.smallest / ends.largest, between: [ends.at[0], ends.at[1]] }
        : null;
    }
    case 'equalized-odds': {
      const parts = (['recall', 'fpr'] as const).map((rate) =>
        disparityValue({ kind: 'difference', rate }, tables, reference),
      );
      const [recall, fpr] = parts;
      if (!recall || !fpr) return null;
      return recall.value >= fpr.value ? recall : fpr;
    }
    case 'average-odds':
      return reference === null ? null : averageOdds(tables, reference);
  }
}

function averageOdds(tables: readonly Confusion[], reference: number): DisparityValue | null {
  const base = tables[reference];
  if (!base) return null;
  const [recall, fpr] = [rateValue('recall', base), rateValue('fpr', base)];
  if (recall === null || fpr === null) return null;
  let furthest: DisparityValue | null = null;
  for (const [index, table] of tables.entries()) {
    const [own, ownFpr] = [rateValue('recall', table), rateValue('fpr', table)];
    if (index === reference || own === null || ownFpr === null) continue;
    const value = (ownFpr - fpr + own - recall) / 2;
    if (furthest === null || Math.abs(value) > Math.abs(furthest.value))
      furthest = { value, between: [index, reference] };
  }
  return furthest;
}

/** Smallest and largest of the rates that are there, and where; null with fewer than two. The first of equals counts. */
function extremes(
  rate: Rate,
  tables: readonly Confusion[],
): {
  readonly smallest: number;
  readonly largest: number;
  readonly at: readonly [number, number];
} | null {
  let [smallest, largest, lowest, highest, found] = [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    0,
    0,
    0,
  ];
  for (let index = 0; index < tables.length; index++) {
    const value = rateValue(rate, tables[index] as Confusion);
    if (value === null) continue;
    found++;
    if (value < smallest) [smallest, lowest] = [value, index];
    if (value > largest) [largest, highest] = [value, index];
  }
  if (found < 2) return null;
  // Where all are equal the first two are named: a gap is never between a group and itself.
  const second = tables.findIndex(
    (table, index) => index !== lowest && rateValue(rate, table) !== null,
  );
  return { smallest, largest, at: [lowest, lowest === highest ? second : highest] };
}

/** In which direction a measure is read. A difference and a ratio of extremes lie in [0, 1]; average odds is signed, in [−1, 1]. */
export function orientationOf(form: DisparityForm): 'max-min' | 'min/max' | 'group-reference' {
  if (form.kind === 'ratio') return 'min/max';
  return form.kind === 'average-odds' ? 'group-reference' : 'max-min';
}
