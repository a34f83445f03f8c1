/** Rows of a binary classification by label and prediction: counts, or sums of weights. */
export type Confusion = {
  readonly tp: number;
  readonly fp: number;
  readonly tn: number;
  readonly fn: number;
};

/** Rates of a confusion table that are a share: part of the rows out of some rows. */
export const shareRates = [
  'accuracy',
  'precision',
  'npv',
  'recall',
  'specificity',
  'selection_rate',
  'base_rate',
  'fpr',
  'fnr',
  'fdr',
  'for',
] as const;
export type ShareRate = (typeof shareRates)[number];

/** Rates that are made of others and have no count of their own. */
export const compositeRates = ['f1', 'balanced_accuracy'] as const;
export type CompositeRate = (typeof compositeRates)[number];

export type Rate = ShareRate | CompositeRate;
export const rates: readonly Rate[] = [...shareRates, ...compositeRates];

export function isRate(name: string): name is Rate {
  return (rates as readonly string[]).includes(name);
}

export function isShareRate(name: string): name is ShareRate {
  return (shareRates as readonly string[]).includes(name);
}

/** The cells of a table. */
export const cells = ['tp', 'fp', 'tn', 'fn'] as const;
export type Cell = (typeof cells)[number];

/** The cells that a share is made of, its denominator's among them. */
export function cellsOf(rate: ShareRate): readonly Cell[] {
  return cells.filter((cell) => shareOf(rate, { tp: 0, fp: 0, tn: 0, fn: 0, [cell]: 1 })[1] > 0);
}

/** Numerator and denominator of a share. */
export function shareOf(rate: ShareRate, { tp, fp, tn, fn }: Confusion): readonly [number, number] {
  switch (rate) {
    case 'accuracy':
      return [tp + tn, tp + fp + tn + fn];
    case 'precision':
      return [tp, tp + fp];
    case 'npv':
      return [tn, tn + fn];
    case 'recall':
      return [tp, tp + fn];
    case 'specificity':
      return [tn, tn + fp];
    case 'selection_rate':
      return [tp + fp, tp + fp + tn + fn];
    case 'base_rate':
      return [tp + fn, tp + fp + tn + fn];
    case 'fpr':
      return [fp, fp + tn];
    case 'fnr':
      return [fn, tp + fn];
    case 'fdr':
      return [fp, tp + fp];
    case 'for':
      return [fn, tn + fn];
  }
}

/** Why a rate of a group is undefined: what the group has none of. */
export const undefinedReasons: Readonly<Record<Rate, string>> = {
  accuracy: 'no rows',
  precision: 'no predicted positives',
  npv: 'no predicted negatives',
  recall: 'no positives',
  specificity: 'no negatives',
  selection_rate: 'no rows',
  base_rate: 'no rows',
  fpr: 'no negatives',
  fnr: 'no positives',
  fdr: 'no predicted positives',
  for: 'no predicted negatives',
  f1: 'neither positives nor predicted positives',
  balanced_accuracy: 'no positives, or no negatives',
};

/** The value of a rate, null where 0/0. */
export function rateValue(rate: Rate, table: Confusion): number | null {
  if (rate === 'f1') return quotient(2 * table.tp, 2 * table.tp + table.fp + table.fn);
  if (rate === 'balanced_accuracy') {
    const [recall, specificity] = [rateValue('recall', table), rateValue('specificity', table)];
    return recall === null || specificity === null ? null : (recall + specificity) / 2;
  }
  return quotient(...shareOf(rate, table));
}

/** The rows that a rate rests on; for balanced accuracy the smaller class. */
export function rateBase(rate: Rate, table: Confusion): number {
  if (rate === 'f1') return table.tp + table.fp + table.fn;
  if (rate === 'balanced_accuracy') return Math.min(table.tp + table.fn, table.fp + table.tn);
  return shareOf(rate, table)[1];
}

function quotient(x: number, n: number): number | null {
  return n > 0 ? x / n : null;
}

export function totalOf({ tp, fp, tn, fn }: Confusion): number {
  return tp + fp + tn + fn;
}
