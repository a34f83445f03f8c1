import type { Target } from '../records/target.ts';
import { isRate } from '../statistics/confusion.ts';
import { disparityForms } from '../statistics/disparity.ts';
import { isScoreMetric, type ScoreMetric } from '../statistics/scores/score-estimates.ts';

/** All values that a metric can take, both ends among them. `high` is infinite where nothing bounds it. */
export type MetricRange = { readonly low: number; readonly high: number };

const share: MetricRange = { low: 0, high: 1 };
const signed: MetricRange = { low: -1, high: 1 };
const amount: MetricRange = { low: 0, high: Number.POSITIVE_INFINITY };

/** Log loss is at most −ln of the value at which a score is clipped, 2.22e-16. */
const ofScores: Readonly<Record<ScoreMetric, MetricRange>> = {
  brier: share,
  log_loss: { low: 0, high: 36.05 },
  auc: share,
  ece: share,
  calibration_in_the_large: signed,
};

/** Metrics that are not made of a table of predictions and labels. A measure of satisfaction has whatever scale it was asked on. */
const ofOthers: Readonly<Record<string, MetricRange>> = {
  flip_rate: share,
  consistency: share,
  error_rate: share,
  latency_p50: amount,
  latency_p95: amount,
};

/** What values a metric of a target can take; null where its name is not known here. A threshold, `@0.9`, changes nothing. */
export function metricRange(name: string): MetricRange | null {
  const [base = ''] = name.split('@');
  if (isRate(base)) return share;
  if (isScoreMetric(base)) return ofScores[base];
  if (base === 'average_odds_difference') return signed;
  if (Object.hasOwn(disparityForms, base)) return share;
  if (Object.hasOwn(ofOthers, base)) return ofOthers[base] ?? null;
  const [, rate = '', form] = /^(.*)_reference_(difference|ratio)$/.exec(base) ?? [];
  if (!isRate(rate)) return null;
  return form === 'difference' ? signed : amount;
}

/** Why a target asks for nothing, or for what cannot be, and what was likely meant. */
export type TargetProblem = { readonly message: string; readonly fix: string };

/** Judges whether some value of the metric meets a target and some other misses it; null where both are so, or its range is not known. */
export function targetProblem({
  metric,
  op,
  value,
}: Pick<Target, 'metric' | 'op' | 'value'>): TargetProblem | null {
  const range = metricRange(metric);
  if (range === null) return null;
  const always = op === '>=' ? value <= range.low : value >= range.high;
  const never = op === '>=' ? value > range.high : value < range.low;
  if (!always && !never) return null;
  return {
    message: `${metric} ${rangeWords(range)}, so ${op} ${value} ${always ? 'always' : 'never'} holds`,
    fix: `${meant(value, range)}${innerWords(op, range)}`,
  };
}

function rangeWords({ low, high }: MetricRange): string {
  return Number.isFinite(high) ? `lies between ${low} and ${high}` : `is never below ${low}`;
}

/** A number per hundred, or with a sign that the metric does not have, as it was likely meant. */
function meant(value: number, { low, high }: MetricRange): string {
  const within = (guess: number): boolean => guess > low && guess < high;
  const guess = [value / 100, -value, -value / 100].find(within);
  return guess === undefined || Math.abs(value) === 1
    ? ''
    : `did you mean ${Number(guess.toPrecision(12))}? Else `;
}

/** The values between which a target says something. */
function innerWords(op: Target['op'], { low, high }: MetricRange): string {
  const side = op === '>=' ? 'floor' : 'ceiling';
  if (!Number.isFinite(high)) return `write a ${side} above ${low}`;
  return op === '>='
    ? `write a ${side} above ${low}, at most ${high}`
    : `write a ${side} from ${low} to under ${high}`;
}

/** What a change of a metric can be at most, either way; null where nothing bounds it. */
export function largestChange(name: string): number | null {
  const range = metricRange(name);
  return range === null || !Number.isFinite(range.high) ? null : range.high - range.low;
}
