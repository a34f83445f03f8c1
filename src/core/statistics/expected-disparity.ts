import { type Confusion, isShareRate, rateValue, type ShareRate, shareOf } from './confusion.ts';
import { type DisparityForm, disparityValue } from './disparity.ts';
import { drawBinomial, drawMultinomial } from './multinomial.ts';
import { quantile } from './quantile.ts';
import type { Uniform } from './random.ts';

/** Draws below: the Monte-Carlo error of their mean is under a fortieth of the spread of one draw. */
const draws = 2000;

/** Share of the draws that lie outside `low` to `high`. */
const outside = 0.05;

/** A disparity among equal groups: its mean, and the range in which 95 of 100 lie. */
export type ExpectedDisparity = {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
};

/**
 * What a disparity would come to if every group had the same rate, the pooled one, and groups differed by chance alone:
 * the yardstick for a largest difference, which is above 0 even among equal groups.
 *
 * Of a rate that is a share each group's own denominator is kept and its numerator drawn, binomial with the pooled rate.
 * Balanced accuracy, equalized and average odds draw recall and fpr so; f1 draws all four cells by their pooled shares.
 * Average odds has a sign, and its mean is that of its size.
 *
 * @param tables whole counts of the groups that take part
 * @param reference index of the reference group, for average odds
 * @returns null where the disparity of the data is, or is undefined in every draw
 */
export function expectedIfEqual(
  form: DisparityForm,
  tables: readonly Confusion[],
  reference: number | null,
  uniform: Uniform,
): ExpectedDisparity | null {
  if (disparityValue(form, tables, reference) === null) return null;
  const drawOf = equalWorld(form, pool(tables), uniform);
  const values = new Float64Array(draws);
  let [sum, defined] = [0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const value = disparityValue(form, tables.map(drawOf), reference)?.value;
    if (value === undefined) continue;
    sum += form.kind === 'average-odds' ? Math.abs(value) : value;
    values[defined++] = value;
  }
  if (defined === 0) return null;
  const sorted = values.subarray(0, defined).sort();
  return {
    mean: sum / defined,
    low: quantile(sorted, outside / 2),
    high: quantile(sorted, 1 - outside / 2),
  };
}

/** One draw of a group's table in a world where all groups are like the pooled one. */
type DrawTable = (table: Confusion) => Confusion;

function equalWorld(form: DisparityForm, pooled: Confusion, uniform: Uniform): DrawTable {
  if (
    form.kind === 'equalized-odds' ||
    form.kind === 'average-odds' ||
    form.rate === 'balanced_accuracy'
  )
    return sameErrors(pooled, uniform);
  return isShareRate(form.rate)
    ? sameShare(form.rate, pooled, uniform)
    : sameCells(pooled, uniform);
}

/** For each share a pair of cells that make its numerator and the rest of its denominator. */
const cellsOf: Readonly<Record<ShareRate, readonly [keyof Confusion, keyof Confusion]>> = {
  accuracy: ['tp', 'fp'],
  precision: ['tp', 'fp'],
  npv: ['tn', 'fn'],
  recall: ['tp', 'fn'],
  specificity: ['tn', 'fp'],
  selection_rate: ['tp', 'tn'],
  base_rate: ['tp', 'tn'],
  fpr: ['fp', 'tn'],
  fnr: ['fn', 'tp'],
  fdr: ['fp', 'tp'],
  for: ['fn', 'tn'],
};

function sameShare(rate: ShareRate, pooled: Confusion, uniform: Uniform): DrawTable {
  const chance = rateValue(rate, pooled) ?? 0;
  const [yes, no] = cellsOf[rate];
  return (table) => {
    const n = shareOf(rate, table)[1];
    const x = drawBinomial(n, chance, uniform);
    const cell = (name: keyof Confusion): number => {
      if (name === yes) return x;
      return name === no ? n - x : 0;
    };
    // Millions of these: written out, every table has one form that the machine knows.
    return { tp: cell('tp'), fp: cell('fp'), tn: cell('tn'), fn: cell('fn') };
  };
}

function sameErrors(pooled: Confusion, uniform: Uniform): DrawTable {
  const [recall, fpr] = [rateValue('recall', pooled) ?? 0, rateValue('fpr', pooled) ?? 0];
  return ({ tp, fp, tn, fn }) => {
    const [hits, alarms] = [
      drawBinomial(tp + fn, recall, uniform),
      drawBinomial(fp + tn, fpr, uniform),
    ];
    return { tp: hits, fn: tp + fn - hits, fp: alarms, tn: fp + tn - alarms };
  };
}

function sameCells({ tp, fp, tn, fn }: Confusion, uniform: Uniform): DrawTable {
  const drawn = new Float64Array(4);
  return (table) => {
    drawMultinomial([tp, fp, tn, fn], table.tp + table.fp + table.tn + table.fn, drawn, uniform);
    const [a, b, c, d] = drawn as unknown as readonly [number, number, number, number];
    return { tp: a, fp: b, tn: c, fn: d };
  };
}

function pool(tables: readonly Confusion[]): Confusion {
  const sum = (cell: keyof Confusion): number =>
    tables.reduce((total, table) => total + table[cell], 0);
  return { tp: sum('tp'), fp: sum('fp'), tn: sum('tn'), fn: sum('fn') };
}
