import type { Moments } from '../statistics/scores/mean-estimate.ts';
import type { ReliabilityBin } from '../statistics/scores/calibration-error.ts';
import type { ScoreSums } from '../statistics/scores/score-estimates.ts';
import type { AnswerRow } from './answer-rows.ts';
import { type EvaluationPlan, letterOf, type Side } from './evaluation-plan.ts';
import { weightUnit } from './weight-form.ts';

/** The answers about one group's scores: its valid cells, the moments of its order, its bins. */
export type ScoreAnswers = {
  readonly cells: readonly AnswerRow[];
  readonly placements: AnswerRow | undefined;
  readonly bins: readonly AnswerRow[];
};

/** Puts the answers about one group's scores together. Sums have the twelve digits that a stored result keeps, so that what is judged again is judged on the same numbers. */
export function scoreSumsOf(
  plan: Pick<EvaluationPlan, 'evaluation' | 'eceBins' | 'weights'>,
  side: Side,
  { cells, placements, bins }: ScoreAnswers,
): ScoreSums {
  const letter = letterOf(side);
  const weighted = plan.evaluation.columns.weight !== undefined;
  const unit = weightUnit(plan);
  const sum = (name: string, factor = 1): number =>
    significant(cells.reduce((all, row) => all + numberOf(row[name]), 0) * factor);
  const n = sum(`${letter}n`);
  const inside = n - sum(`${letter}o`);
  const weights = weighted
    ? { weight: sum(`${letter}w`, unit), weight_squares: sum(`${letter}ww`, unit * unit) }
    : { weight: inside, weight_squares: inside };
  const loss = (name: string): Moments => ({
    ...weights,
    sum: sum(`${name}a`, unit),
    square_sum: sum(weighted ? `${name}b` : `${name}a`, unit * unit),
    square_squares: sum(`${name}c`, unit * unit),
  });
  return {
    n,
    outside: n - inside,
    brier: loss(`${letter}1`),
    log_loss: loss(`${letter}2`),
    error: loss(`${letter}3`),
    positives: placementsOf(placements, 'p', unit),
    negatives: placementsOf(placements, 'q', unit),
    bins: bins.flatMap((row) => binOf(row, unit)).sort((a, b) => a.bin - b.bin),
    width: plan.eceBins,
  };
}

function placementsOf(row: AnswerRow | undefined, name: string, unit: number): Moments {
  const value = (column: string, factor: number): number =>
    significant(numberOf(row?.[column]) * factor);
  return {
    weight: value(name, unit),
    weight_squares: value(`${name}${name}`, unit * unit),
    sum: value(`${name}a`, unit),
    square_sum: value(`${name}b`, unit * unit),
    square_squares: value(`${name}c`, unit * unit),
  };
}

/** A bin of rows that all weigh nothing has no mean. */
function binOf(row: AnswerRow, unit: number): readonly ReliabilityBin[] {
  const weight = numberOf(row['w']);
  if (!(weight > 0)) return [];
  return [
    {
      bin: numberOf(row['z']),
      n: numberOf(row['n']),
      positives: numberOf(row['np']),
      weight: significant(weight * unit),
      mean_score: significant(numberOf(row['x']) / weight),
      positive_rate: significant(numberOf(row['p']) / weight),
    },
  ];
}

function numberOf(value: string | number | null | undefined): number {
  return value === null || value === undefined ? 0 : Number(value);
}

function significant(value: number): number {
  return Number(value.toPrecision(12));
}
