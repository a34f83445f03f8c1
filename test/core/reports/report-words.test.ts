import assert from 'node:assert/strict';
import { test } from 'node:test';
import { betweenWords, groupLabel } from '../../../src/core/reports/report-words.ts';
import { disparityForms, disparityValue } from '../../../src/core/statistics/disparity.ts';
import type { GroupKey } from '../../../src/core/reports/answer-rows.ts';

const men: GroupKey = { sex: 'men' };
const women: GroupKey = { sex: 'women' };

for (const [metric, value, between, words] of [
  ['recall_difference', 0.2, [women, men], 'lowest women, highest men'],
  ['recall_ratio', 0.8, [women, men], 'lowest women, highest men'],
  ['recall_difference', 0, [women, men], 'no group above another'],
  ['recall_ratio', 1, [women, men], 'no group above another'],
  ['recall_ratio', 0, [women, men], 'lowest women, highest men'],
  ['recall_reference_ratio', 1, [women, men], 'women against men'],
  ['average_odds_difference', 0.1, [women, men], 'women against men'],
  ['recall', 0.5, [women], 'women'],
  ['recall', 0.5, [], ''],
] as const)
  test(`${metric} of ${value} between ${between.length} groups: ${words}`, () => {
    assert.equal(betweenWords({ metric, value, between }, groupLabel), words);
  });

test('a gap is never between a group and itself', () => {
  const table = { tp: 5, fp: 5, tn: 5, fn: 5 };
  for (const form of ['recall_difference', 'recall_ratio', 'equalized_odds_difference'])
    assert.deepEqual(
      disparityValue(disparityForms[form] as never, [table, table, table], 0)?.between,
      [0, 1],
      form,
    );
});
