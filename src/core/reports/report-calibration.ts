import { normalQuantile } from '../statistics/normal.ts';
import { wilsonInterval } from '../statistics/proportion.ts';
import { scoreMetrics } from '../statistics/scores/score-estimates.ts';
import type { Side } from './evaluation-plan.ts';
import type { EvaluationResult, ResultMetric } from './result.ts';

/** A bin of scores: from where to where, how many rows, and what was promised and what came, with Wilson's interval where rows weigh the same. */
export type CalibrationBin = {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly mean_score: number;
  readonly positive_rate: number;
  readonly low: number | null;
  readonly high: number | null;
};

/** How far one side's scores can be taken at their word, over everyone. */
export type ReportCalibration = {
  readonly side: Side;
  readonly metrics: Readonly<Record<string, ResultMetric>>;
  readonly bins: readonly CalibrationBin[];
  /** Whether neighbouring bins were put together so that none names a few people. */
  readonly merged: boolean;
};

/** The calibration of each side that has a score. */
export function reportCalibration({ models }: EvaluationResult): readonly ReportCalibration[] {
  return (
    Object.entries(models) as [Side, NonNullable<EvaluationResult['models'][Side]>][]
  ).flatMap(([side, { overall }]): readonly ReportCalibration[] => {
    const { scores } = overall;
    if (!scores) return [];
    const z = normalQuantile(0.975);
    const ends = [...scores.bins.slice(1).map(({ bin }) => bin), scores.width];
    const bins = scores.bins.map(
      ({ bin, n, positives, weight, mean_score, positive_rate }, index): CalibrationBin => {
        // A merged bin ends where the next begins; others are one wide, also before an empty one.
        const end = scores.merged ? (ends[index] as number) : bin + 1;
        const [low, high] = weight === n ? wilsonInterval(positives, n, z) : [null, null];
        return {
          from: bin / scores.width,
          to: end / scores.width,
          n,
          mean_score,
          positive_rate,
          low,
          high,
        };
      },
    );
    return [
      {
        side,
        metrics: Object.fromEntries(
          scoreMetrics.flatMap((name) =>
            overall.metrics[name] ? [[name, overall.metrics[name]] as const] : [],
          ),
        ),
        bins,
        merged: scores.merged === true,
      },
    ];
  });
}
