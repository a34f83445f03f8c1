import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rateScale } from '../../../src/core/render/report/plot-scale.ts';

for (const [what, values, ticks] of [
  ['values far apart stand on all of 0 to 1', [0.1, 0.7], [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ['no value stands on all of 0 to 1', [], [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [
    'values close together stand on round numbers around them',
    [0.02, 0.09],
    [0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09],
  ],
  ['one value has room', [0.5], [0.5, 0.502, 0.504, 0.506, 0.508, 0.51]],
  ['the end is 1', [0.97, 1], [0.97, 0.975, 0.98, 0.985, 0.99, 0.995, 1]],
  ['the beginning is 0', [0, 0.02], [0, 0.005, 0.01, 0.015, 0.02]],
] as const) {
  test(what, () => {
    const scale = rateScale(values, 100, 400);
    assert.deepEqual(scale.ticks, ticks);
    for (const value of values) assert.ok(scale.x(value) >= 100 && scale.x(value) <= 500);
  });
}

test('what lies outside is drawn at the edge', () => {
  const { x } = rateScale([0.1, 0.9], 100, 400);
  assert.deepEqual([x(-1), x(0), x(0.5), x(1), x(2)], [100, 100, 300, 500, 500]);
});
