import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionFacts } from '../../../src/core/gate/decision-facts.ts';
import { isInvolvedGlob } from '../../../src/core/records/involved-glob.ts';

for (const [glob, involved] of [
  ['model/**', false],
  ['**/*.py', false],
  ['data/*_v*.csv', false],
  ['{model,data}/**/*.{py,yaml}', false],
  ['[a-z]*.md', false],
  ['@(model|data)/**', false],
  ['*a*a*a*a*b', true],
  ['**/a/**/b/**/c/**', true],
  ['+(a|aa)b', true],
  ['(a+)+b', true],
  ['*(a|aa)b', true],
  ['a'.repeat(1001), true],
  ['{a,b,c}.{py,yaml,yml,json}', false],
  ['{a/**,b/**,c/**,d/**}', false],
  ['{a,a}'.repeat(30), true],
  ['?(a|a)'.repeat(20), true],
  ['!(a)!(a)!(a)!(a)b', true],
  ['{*,/}{*,/}{*,/}{*,/}', true],
  ['{**,a}{**,b}/{**,c}{**,d}', true],
] as const)
  test(`${glob.slice(0, 40)} is ${involved ? '' : 'not '}too involved`, () =>
    assert.equal(isInvolvedGlob(glob), involved));

test('a decision whose globs would take time without end stands over nothing', () => {
  const governs = ['*a*a*a*a*a*a*a*ab', '{a,b}'.repeat(7)];
  const facts = decisionFacts('x', '', {
    schema: 'countersign/decision@1',
    id: 'DR-WHY001',
    title: 't',
    status: 'accepted',
    owner: 'ada',
    risk: 'low',
    governs,
  });
  for (const path of [`${'a'.repeat(60)}c`, `${'a'.repeat(8)}b`, 'a'.repeat(7)])
    assert.equal(facts.covers(path), false);
});
