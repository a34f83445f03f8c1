import type { Moments } from '../statistics/scores/mean-estimate.ts';
import type { ReliabilityBin } from '../statistics/scores/calibration-error.ts';
import type { ScoreSums } from '../statistics/scores/score-estimates.ts';
import type { AnswerRow } from './counted.ts';
import { type EvaluationPlan, letterOf, type Side } from './evaluation-plan.ts';

/** The answers about one group's scores: its valid cells, the moments of its order, its bins. */
export type ScoreAnswers = {
  readonly cells: readonly AnswerRow[];
  readonly placements: AnswerRow | undefined;
  readonly bins: readonly AnswerRow[];
};

/** Puts the answers about one group's scores together. Sums have the twelve digits that a stored result keeps, so that what is judged again is judged on the same numbers. */
export function scoreSumsOf(
  { evaluation, eceBins }: Pick<EvaluationPlan, 'evaluation' | 'eceBins'>,
  side: Side,
  { cells, placements, bins }: ScoreAnswers,
): ScoreSums {
  const letter = letterOf(side);
  const weighted = evaluation.columns.weight !== undefined;
  const sum = (name: string): number =>
    significant(cells.reduce((all, row) => all + numberOf(row[name]), 0));
  const n = sum(`${letter}n`);
  const inside = n - sum(`${letter}o`);
  const weights = weighted
    ? { weight: sum(`${letter}w`), weight_squares: sum(`${letter}ww`) }
    : { weight: inside, weight_squares: inside };
  const loss = (name: string): Moments => ({
    ...weights,
    sum: sum(`${name}a`),
    square_sum: sum(weighted ? `${name}b` : `${name}a`),
    square_squares: sum(`${name}c`),
  });
  return {
    n,
    outside: n - inside,
    brier: loss(`${letter}1`),
    log_loss: loss(`${letter}2`),
    error: loss(`${letter}3`),
    positives: placementsOf(placements, 'p'),
    negatives: placementsOf(placements, 'q'),
    bins: bins.flatMap(binOf).sort((a, b) => a.bin - b.bin),
    width: eceBins,
  };
}

function placementsOf(row: AnswerRow | undefined, name: string): Moments {
  const value = (column: string): number => significant(numberOf(row?.[column]));
  return {
    weight: value(name),
    weight_squares: value(`${name}${name}`),
    sum: value(`${name}a`),
    square_sum: value(`${name}b`),
    square_squares: value(`${name}c`),
  };
}

/** A bin of rows that all weigh nothing has no mean. */
function binOf(row: AnswerRow): readonly ReliabilityBin[] {
  const weight = numberOf(row['w']);
  if (!(weight > 0)) return [];
  return [
    {
      bin: numberOf(row['z']),
      n: numberOf(row['n']),
      positives: numberOf(row['np']),
      weight: significant(weight),
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
