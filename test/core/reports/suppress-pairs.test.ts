import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResultPair } from '../../../src/core/reports/result.ts';
import { partName } from '../../../src/core/reports/suppress.ts';
import { suppressPairs } from '../../../src/core/reports/suppress-pairs.ts';

/** The comparisons of a group: `n` rows, so many flips up and down. */
function pairs(
  by: Readonly<Record<string, string>>,
  n: number,
  up: number,
  down: number,
): readonly ResultPair[] {
  return ['accuracy', 'selection_rate', 'recall', 'fpr'].map((metric) => ({
    metric,
    by,
    difference: 0.1,
    low: 0,
    high: 0.2,
    p: 0.04,
    method: 'tango+midp',
    n,
    flips: { '0→1': up, '1→0': down },
  }));
}

const hiddenGroups = (paired: readonly ResultPair[]): readonly string[] => [
  ...new Set(
    paired
      .filter(({ suppressed }) => suppressed)
      .map(({ by }) => Object.values(by).join() || 'everyone'),
  ),
];

for (const [what, groups, wanted] of [
  [
    'nothing small',
    [pairs({}, 90, 9, 9), pairs({ g: 'a' }, 50, 5, 0), pairs({ g: 'b' }, 40, 0, 9)],
    [],
  ],
  [
    'a group of few rows, and the smallest other',
    [
      pairs({}, 94, 9, 9),
      pairs({ g: 'a' }, 50, 5, 0),
      pairs({ g: 'b' }, 40, 5, 9),
      pairs({ g: 'c' }, 4, 0, 0),
    ],
    ['b', 'c'],
  ],
  [
    'few flips, though many rows',
    [pairs({}, 90, 9, 9), pairs({ g: 'a' }, 50, 2, 0), pairs({ g: 'b' }, 40, 7, 9)],
    ['a', 'b'],
  ],
  [
    'two small ones hide each other',
    [
      pairs({}, 90, 9, 9),
      pairs({ g: 'a' }, 50, 2, 0),
      pairs({ g: 'b' }, 40, 3, 9),
      pairs({ g: 'c' }, 40, 9, 9),
    ],
    ['a', 'b'],
  ],
  [
    'groupings are looked at one by one',
    [
      pairs({}, 90, 9, 9),
      pairs({ g: 'a' }, 45, 2, 0),
      pairs({ g: 'b' }, 45, 7, 9),
      pairs({ h: 'x' }, 90, 9, 9),
    ],
    ['a', 'b'],
  ],
  ['few flips of everyone', [pairs({}, 90, 1, 0)], ['everyone']],
] as const) {
  test(`comparisons: ${what}`, () =>
    assert.deepEqual(hiddenGroups(suppressPairs(groups.flat(), 5)), wanted));
}

test('what is hidden has no number left, and 0 hides nothing', () => {
  const [hidden] = suppressPairs(pairs({}, 4, 1, 0), 5);
  assert.deepEqual(
    [hidden?.difference, hidden?.low, hidden?.high, hidden?.p, hidden?.n, hidden?.flips],
    [null, null, null, null, null, { '0→1': null, '1→0': null }],
  );
  assert.deepEqual(suppressPairs(pairs({}, 4, 1, 0), 0), pairs({}, 4, 1, 0));
});

test('a group that a target protects is hidden only where no other will do', () => {
  const small = [
    pairs({}, 2000, 90, 90),
    pairs({ race: 'white' }, 1800, 60, 70),
    pairs({ race: 'black' }, 195, 28, 18),
    pairs({ race: 'other' }, 5, 2, 2),
  ].flat();
  assert.deepEqual(hiddenGroups(suppressPairs(small, 5)), ['black', 'other']);
  const last = new Set(['black', 'other'].map((race) => partName({ race })));
  assert.deepEqual(hiddenGroups(suppressPairs(small, 5, new Set(), last)), ['white', 'other']);
});
