import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesAny, ruleScope } from '../../../src/core/gate/scope.ts';
import { isCostlyGlob } from '../../../src/core/records/costly-glob.ts';
import { globCost } from '../../../src/core/records/glob-cost.ts';
import { isInvolvedGlob } from '../../../src/core/records/involved-glob.ts';
import { within } from '../../fuzz/within.ts';
import { fc } from '../../drawn-inputs.ts';

for (const [glob, ways, stars, folders] of [
  ['model/score.py', 1, 0, 0],
  ['*_v*.csv', 1, 2, 0],
  ['a*/b*c*', 1, 2, 0],
  ['a*c*/b*', 1, 2, 0],
  ['a/**/b/**', 1, 1, 2],
  ['{a,b}{c,d,e}', 6, 0, 0],
  ['{a,{b,c}}', 3, 0, 0],
  ['@(a|b)(c|d)', 4, 0, 0],
  ['?(a|b)', 3, 0, 0],
  ['!(a|b)', 2, 1, 0],
  ['{a*b*,c*}', 2, 2, 0],
  ['{a*/b*,c*}', 2, 2, 0],
  ['{a/**,**/b}', 2, 1, 1],
  ['(*,*)', 1, 2, 0],
  ['{*|*}', 1, 2, 0],
  ['{a*)b*}', 1, 2, 0],
  ['{a*,b*', 1, 2, 0],
  ['{a,b}{*,(*', 2, 2, 0],
  ['\\{a,b}', 1, 0, 0],
  ['[{]a,b}', 1, 0, 0],
  ['a,b|c)}', 1, 0, 0],
] as const)
  test(`what ${glob} costs`, () => assert.deepEqual(globCost(glob), { ways, stars, folders }));

test('a glob of any length is judged at once', () => {
  for (const piece of ['(', '{a,', '}', '{a,a}', '*', '[', '\\'])
    for (const times of [900 / piece.length, 200_000])
      within(piece, () => isCostlyGlob(piece.repeat(times)) || isInvolvedGlob(piece.repeat(times)));
});

test('no glob that is let be stops a check', () => {
  const piece = fc.constantFrom(
    '{a,a}',
    '?(a)',
    '!(a)',
    '*',
    '**',
    '/',
    'a',
    '{*,a}',
    '[ab]',
    '@(a|aa)',
    '{a,{a,aa}}',
    '{**,a}',
    '{/,a}',
    '?',
    '{*,/}',
    '?(a|a)',
  );
  const paths = [`${'a'.repeat(100)}!`, `${'a/'.repeat(50)}!`];
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
      const glob = `${pieces.join('')}b`;
      if (isInvolvedGlob(glob)) return;
      within(glob, () => {
        const matches = matchesAny([glob]);
        for (const path of paths) matches(path);
        ruleScope({ id: 'r', paths: [glob] }).covers('a/a', 'b');
      });
    }),
    { numRuns: 200 },
  );
});
