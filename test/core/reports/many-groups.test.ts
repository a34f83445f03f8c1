import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tooManyGroups } from '../../../src/core/reports/many-groups.ts';

const rows: readonly (readonly [
  what: string,
  groups: number,
  largest: number,
  refused: boolean,
])[] = [
  ['few groups, none large', 200, 1, false],
  ['many groups, none large', 201, 29, true],
  ['many groups, one large', 201, 30, false],
  ['a thousand groups, one large', 1000, 30, false],
  ['more than a thousand', 1001, 5000, true],
];
for (const [what, groups, largest, refused] of rows)
  test(`groups: ${what}`, () => {
    const problem = tooManyGroups({ minN: 30 }, ['income'], { groups, largest });
    assert.equal(problem !== null, refused);
    if (problem) assert.match(problem.fix, /bands/);
  });
