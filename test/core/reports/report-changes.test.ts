import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  changeLines,
  type ChangeEffect,
  reportChanges,
  withheldGroups,
} from '../../../src/core/reports/report-changes.ts';
import { effectTitle } from '../../../src/core/render/report/effect-words.ts';
import type { Report } from '../../../src/core/reports/report.ts';
import type { ResultPair } from '../../../src/core/reports/result.ts';

function pair(metric: string, difference: number, half = 0.01): ResultPair {
  return {
    metric,
    by: { sex: '2' },
    difference,
    low: difference - half,
    high: difference + half,
    p: 0.01,
    method: 'tango+midp',
    n: 100,
    flips: { '0→1': 9, '1→0': 9 },
  };
}

type Favourable = 'positive' | 'negative' | undefined;
const rows: readonly (readonly [Favourable, string, number, number, ChangeEffect])[] = [
  [undefined, 'recall', 0.1, 0, 'higher'],
  [undefined, 'fpr', 0.1, 0, 'higher'],
  [undefined, 'accuracy', -0.1, 0, 'lower'],
  ['positive', 'recall', 0.1, 0, 'helped'],
  ['positive', 'fpr', 0.1, 0, 'helped'],
  ['positive', 'selection_rate', -0.1, 0, 'harmed'],
  ['negative', 'recall', 0.1, 0, 'harmed'],
  ['negative', 'fpr', -0.1, 0, 'helped'],
  ['negative', 'accuracy', 0.1, 0, 'higher'],
  ['positive', 'recall', 0.005, 0, 'unclear'],
  ['positive', 'recall', 0.05, 0.1, 'small'],
  ['positive', 'recall', 0.1, 0.1, 'helped'],
];
for (const [favourable, metric, difference, smallest, effect] of rows)
  test(`${metric} ${difference} is ${effect}, ${favourable ?? 'nothing'} favourable, from ${smallest} on`, () => {
    const result = { paired: [pair(metric, difference)], ...(favourable ? { favourable } : {}) };
    const [change] = reportChanges(result, smallest);
    assert.equal(change?.effect, effect);
    const title = effectTitle({ result } as unknown as Report);
    assert.equal(/help|harm/.test(title), favourable !== undefined);
  });

test('a code is told by its name, and a group that is not shown is named', () => {
  const labels = { sex: { '2': 'female' } };
  const hidden: ResultPair = { ...pair('recall', 0.2), difference: null, suppressed: true };
  assert.deepEqual(
    changeLines(reportChanges({ paired: [pair('recall', 0.2)] }, 0), 'higher', labels),
    ['sex female (2): recall +0.200 (+0.190 to +0.210)'],
  );
  assert.deepEqual(withheldGroups({ paired: [hidden], labels }), ['sex female (2)']);
});
