import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricNames } from '../../../src/core/reports/metric-names.ts';
import {
  largestChange,
  metricRange,
  targetProblem,
} from '../../../src/core/reports/metric-range.ts';

/** What was likely meant, or `always`, `never` where nothing tells; `good` where some value meets the target and another misses it. */
function judged(metric: string, op: '>=' | '<=', value: number): string {
  const problem = targetProblem({ metric, op, value });
  if (problem === null) return 'good';
  return (
    /^did you mean (\S+)\?/.exec(problem.fix)?.[1] ??
    / (always|never) holds$/.exec(problem.message)?.[1] ??
    'unsaid'
  );
}

const rows: readonly (readonly [metric: string, op: '>=' | '<=', value: number, says: string])[] = [
  ['fpr', '<=', 5, '0.05'],
  ['fpr', '<=', 0.05, 'good'],
  ['fpr', '<=', 0, 'good'],
  ['fpr', '<=', 1, 'always'],
  ['fpr', '<=', -0.05, '0.05'],
  ['fpr', '>=', 5, '0.05'],
  ['recall', '>=', 0, 'always'],
  ['recall', '>=', -0.8, '0.8'],
  ['recall', '>=', 1, 'good'],
  ['recall', '>=', 80, '0.8'],
  ['recall', '>=', 1.0001, '0.010001'],
  ['accuracy', '<=', 1, 'always'],
  ['accuracy', '<=', 0.9999, 'good'],
  ['accuracy', '>=', 0.4, 'good'],
  ['precision@0.9', '>=', 90, '0.9'],
  ['precision@0.9', '>=', 0.9, 'good'],
  ['selection_rate_difference', '<=', 10, '0.1'],
  ['selection_rate_difference', '<=', 0.1, 'good'],
  ['selection_rate_difference', '<=', -0.1, '0.1'],
  ['selection_rate_difference', '>=', -1, 'always'],
  ['selection_rate_ratio', '>=', 0, 'always'],
  ['selection_rate_ratio', '>=', 80, '0.8'],
  ['selection_rate_ratio', '<=', 1.25, '0.0125'],
  ['f1_ratio', '>=', 0.8, 'good'],
  ['selection_rate_reference_difference', '>=', -0.1, 'good'],
  ['selection_rate_reference_difference', '>=', -1, 'always'],
  ['selection_rate_reference_difference', '<=', 1, 'always'],
  ['selection_rate_reference_difference', '>=', -10, '-0.1'],
  ['selection_rate_reference_ratio', '<=', 1.25, 'good'],
  ['selection_rate_reference_ratio', '>=', 0, 'always'],
  ['selection_rate_reference_ratio', '<=', -0.5, '0.5'],
  ['equalized_odds_difference', '<=', 10, '0.1'],
  ['equal_opportunity_difference', '<=', 1, 'always'],
  ['average_odds_difference', '<=', -0.1, 'good'],
  ['average_odds_difference', '>=', -1, 'always'],
  ['auc', '>=', 0, 'always'],
  ['auc', '>=', 70, '0.7'],
  ['auc', '>=', 0.7, 'good'],
  ['brier', '<=', 1, 'always'],
  ['ece', '<=', 5, '0.05'],
  ['calibration_in_the_large', '<=', 5, '0.05'],
  ['calibration_in_the_large', '>=', -0.02, 'good'],
  ['log_loss', '<=', 0.6, 'good'],
  ['log_loss', '<=', 2, 'good'],
  ['log_loss', '>=', 0, 'always'],
  ['log_loss', '<=', -0.6, '0.6'],
  ['log_loss', '<=', 60, '0.6'],
  ['flip_rate', '<=', 5, '0.05'],
  ['consistency', '>=', 95, '0.95'],
  ['consistency', '>=', 0.95, 'good'],
  ['error_rate', '<=', 2, '0.02'],
  ['latency_p95', '<=', 300, 'good'],
  ['latency_p50', '<=', -1, 'never'],
  ['latency_p50', '>=', 0, 'always'],
  ['satisfaction', '>=', 4, 'good'],
  ['revenue', '>=', 1000, 'good'],
];

for (const [metric, op, value, says] of rows)
  test(`${metric} ${op} ${value}: ${says}`, () => {
    assert.equal(judged(metric, op, value), says);
  });

test('every metric that a target may name has a range', () => {
  assert.deepEqual(
    metricNames().filter(({ name }) => metricRange(name) === null),
    [],
  );
});

test('what was likely meant is itself a target that says something', () => {
  for (const [metric, op, value] of rows) {
    const meant = judged(metric, op, value);
    if (Number.isFinite(Number(meant))) assert.equal(judged(metric, op, Number(meant)), 'good');
  }
});

test('a metric changes by its whole range at most', () => {
  assert.deepEqual(
    ['recall', 'selection_rate_reference_difference', 'latency_p95', 'revenue'].map(largestChange),
    [1, 2, null, null],
  );
});
