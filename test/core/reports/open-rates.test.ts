import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRates, ratesBehind } from '../../../src/core/reports/open-rates.ts';
import type { EvaluationResult } from '../../../src/core/reports/result.ts';
import { plainTexts, reportOf } from './reports.ts';

const { targets, ...plain } = reportOf(plainTexts).result as EvaluationResult;
const [recall, accuracy, ratio] = targets as readonly [
  EvaluationResult['targets'][number],
  EvaluationResult['targets'][number],
  EvaluationResult['targets'][number],
];
const shown = (changed: EvaluationResult['targets']): readonly string[] =>
  openRates({ ...plain, targets: changed }).map(
    ({ metric, grouping, rows, targets: of }) =>
      `${metric} by ${grouping}: ${rows.map(({ label }) => label).join(' ')}; ${of.map(({ metric: name }) => name).join(' ')}`,
  );

for (const [what, changed, wanted] of [
  ['nothing, where every target is met', [recall], []],
  [
    'the rate that a comparison of groups rests on',
    [recall, accuracy, ratio],
    ['selection_rate by gender: everyone female male (missing); selection_rate_ratio'],
  ],
  [
    'what failed before what is open',
    [ratio, { ...recall, state: 'not met' }],
    [
      'recall by gender: everyone female male (missing); recall',
      'selection_rate by gender: everyone female male (missing); selection_rate_ratio',
    ],
  ],
  [
    'a target on everybody by every grouping',
    [{ ...accuracy, state: 'not met' }],
    ['accuracy by gender: everyone female male (missing); accuracy'],
  ],
  [
    'two targets on one rate once',
    [
      { ...recall, state: 'not met' },
      { ...recall, metric: 'recall_difference', state: 'undecided' },
    ],
    ['recall by gender: everyone female male (missing); recall recall_difference'],
  ],
] as const satisfies readonly (readonly [string, EvaluationResult['targets'], readonly string[]])[])
  test(`rates behind open targets: ${what}`, () => assert.deepEqual(shown(changed), wanted));

test('the rates that a metric is made of', () => {
  const rows = [
    ['fpr', 'fpr'],
    ['fpr_difference', 'fpr'],
    ['recall_reference_ratio', 'recall'],
    ['equal_opportunity_difference', 'recall'],
    ['equalized_odds_difference', 'recall fpr'],
    ['average_odds_difference', 'recall fpr'],
    ['flip_rate', ''],
  ] as const;
  for (const [metric, wanted] of rows) assert.equal(ratesBehind(metric).join(' '), wanted, metric);
});
