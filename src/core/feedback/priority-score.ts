import type { Feedback } from '../records/feedback.ts';

/** What a weight can be given to: the numbers of a feedback item's `priority`. */
export const weighable = ['impact', 'effort', 'risk', 'confidence', 'reach'] as const;

type Weighable = (typeof weighable)[number];

/** Weights of the formula, by what they weigh. */
export type PriorityWeights = Readonly<Partial<Record<Weighable, number>>>;

/** Impact for each unit of effort. */
const usual: PriorityWeights = { impact: 1, effort: -1 };

/** What stands for a number that nobody has given: the middle of 1 to 5; of confidence and reach, what changes nothing. */
const unsaid: Readonly<Record<Weighable, number>> = {
  impact: 3,
  effort: 3,
  risk: 3,
  confidence: 1,
  reach: 1,
};

/**
 * How much an item is worth before others: the product of its numbers, each to the power of its weight, so that
 * `{reach: 1, impact: 1, confidence: 1, effort: -1}` is the RICE score and no weights are impact over effort.
 *
 * @returns null where nobody has judged the impact, or the formula gives no finite number
 */
export function priorityScore(
  priority: Feedback['priority'],
  weights: PriorityWeights = usual,
): number | null {
  if (priority?.impact === undefined) return null;
  const score = weighable.reduce(
    (product, name) => product * (priority[name] ?? unsaid[name]) ** (weights[name] ?? 0),
    1,
  );
  return Number.isFinite(score) ? score : null;
}
