import assert from 'node:assert/strict';
import { test } from 'node:test';
import { priorityScore, type PriorityWeights } from '../../../src/core/feedback/priority-score.ts';

const rows: readonly (readonly [
  what: string,
  priority: Parameters<typeof priorityScore>[0],
  weights: PriorityWeights | undefined,
  score: number | null,
])[] = [
  ['impact over effort where nothing is weighed', { impact: 4, effort: 2 }, undefined, 2],
  ['the middle where nobody judged the effort', { impact: 3 }, undefined, 1],
  ['nothing where nobody judged the impact', { effort: 2, reach: 100 }, undefined, null],
  ['nothing without a priority', undefined, undefined, null],
  [
    'the RICE score',
    { reach: 100, impact: 3, confidence: 0.8, effort: 2 },
    { reach: 1, impact: 1, confidence: 1, effort: -1 },
    120,
  ],
  ['a weight that counts twice', { impact: 3, risk: 2 }, { impact: 2, risk: 1 }, 18],
  ['no weight at all makes all equal', { impact: 5 }, {}, 1],
  ['nothing where the formula is not finite', { impact: 3, reach: 0 }, { reach: -1 }, null],
];

for (const [what, priority, weights, score] of rows) {
  test(`the score of an item: ${what}`, () => {
    const found = priorityScore(priority, weights);
    if (score === null) assert.equal(found, null);
    else assert.ok(Math.abs((found ?? Number.NaN) - score) < 1e-12, String(found));
  });
}
