import { type Estimate, estimate } from '../estimate.ts';
import type { Interval } from '../proportion.ts';
import { effectiveSize } from '../rate-estimate.ts';
import { meanVariance, type Moments } from './mean-estimate.ts';

/**
 * For the rows of each class, moments of the share of the other class that lies on their wrong side: at or above a
 * positive, at or below a negative, a tie counting half. Comes from midranks; near 0 for a good score, where sums are exact.
 */
export type Misplacements = { readonly positives: Moments; readonly negatives: Moments };

/**
 * Area under the ROC curve: the chance that a positive's score exceeds a negative's, a tie counting half, with DeLong's
 * interval.
 *
 * Value = 1 − mean misplacement of the positives. Variance = S₁/m + S₀/k, the sample variances of the misplacements of
 * positives and negatives by the numbers of each (with weights: weighted, and Kish's effective numbers). Assumes
 * independent rows. Null with one class; no interval where a class has one row, or the classes are wholly apart.
 *
 * @see DeLong, E. R., DeLong, D. M., Clarke-Pearson, D. L. (1988). Biometrics 44, 837–845.
 * @example of positives 0.9, 0.4 and negatives 0.5, 0.1 the misplacements are 0, ½ and ½, 0, and the area is 3/4
 */
export function auc({ positives, negatives }: Misplacements, z: number): Estimate {
  if (!(positives.weight > 0))
    return { value: null, why: negatives.weight > 0 ? 'no positives' : 'no rows' };
  if (!(negatives.weight > 0)) return { value: null, why: 'no negatives' };
  const misplaced = Math.min(1, Math.max(0, positives.sum / positives.weight));
  const half =
    z * Math.sqrt(meanVariance(positives, misplaced) + meanVariance(negatives, misplaced));
  const value = 1 - misplaced;
  const interval: Interval | null =
    half > 0 ? [Math.max(0, value - half), Math.min(1, value + half)] : null;
  const size = effectiveSize(
    positives.weight + negatives.weight,
    positives.weight_squares + negatives.weight_squares,
  );
  return estimate(value, interval, size, interval ? 'delong' : 'no interval');
}
