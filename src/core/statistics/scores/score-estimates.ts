import type { Estimate } from '../estimate.ts';
import { effectiveSize } from '../rate-estimate.ts';
import { auc, type Misplacements } from './auc.ts';
import { calibrationError, type ReliabilityBin } from './calibration-error.ts';
import { meanEstimate, type Moments } from './mean-estimate.ts';

/** Names of what is measured of a score and not of a prediction. */
export const scoreMetrics = [
  'brier',
  'log_loss',
  'auc',
  'ece',
  'calibration_in_the_large',
] as const;
export type ScoreMetric = (typeof scoreMetrics)[number];

export function isScoreMetric(name: string): name is ScoreMetric {
  return (scoreMetrics as readonly string[]).includes(name);
}

/** All that is known of the scores of a group: sums over its rows, never the scores themselves. */
export type ScoreSums = Misplacements & {
  /** Rows with a score. */
  readonly n: number;
  /** Of them, those whose score is below 0 or above 1 and so no probability; they are in no sum but that of the order. */
  readonly outside: number;
  /** Of (score − label)². */
  readonly brier: Moments;
  /** Of −ln of the chance given to what happened, the score clipped to [2.22e-16, 1 − 2.22e-16]. */
  readonly log_loss: Moments;
  /** Of score − label. */
  readonly error: Moments;
  /** Equal-width bins of the calibration error, empty ones left out, of `width` in all. */
  readonly bins: readonly ReliabilityBin[];
  readonly width: number;
};

/**
 * Every metric of a group's scores. Those that take the score for a probability are null where a score is none.
 *
 * Brier score: the mean of (score − label)², 0 best, 1 worst (Brier 1950, Monthly Weather Review 78, 1–3). Log loss: the
 * mean of −ln of the chance given to what happened, 0 best (Good 1952, JRSS B 14, 107–114). Calibration in the large: mean
 * score less base rate; above 0 the scores promise more positives than there are.
 *
 * @param z normal quantile of the confidence
 */
export function scoreEstimates(
  sums: ScoreSums,
  z: number,
): Readonly<Record<ScoreMetric, Estimate>> {
  const probability = (measure: () => Estimate): Estimate =>
    sums.outside > 0
      ? { value: null, why: `${sums.outside} scores are outside 0 to 1` }
      : measure();
  return {
    brier: probability(() => meanEstimate(sums.brier, z, [0, 1])),
    log_loss: probability(() => meanEstimate(sums.log_loss, z, [0, Number.POSITIVE_INFINITY])),
    auc: auc(sums, z),
    ece: probability(() => calibrationError(sums.bins, sums.width)),
    calibration_in_the_large: probability(() => meanEstimate(sums.error, z, [-1, 1])),
  };
}

/** Rows that decide whether a metric may be judged: for the area under the curve those of the smaller class. */
export function scoreBase(metric: ScoreMetric, { n, positives, negatives }: ScoreSums): number {
  return metric === 'auc'
    ? Math.min(
        effectiveSize(positives.weight, positives.weight_squares),
        effectiveSize(negatives.weight, negatives.weight_squares),
      )
    : n;
}
