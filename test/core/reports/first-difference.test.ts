import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstDifference } from '../../../src/core/reports/first-difference.ts';

const rows: readonly (readonly [what: string, stored: unknown, now: unknown, found: unknown])[] = [
  ['the same', { a: [1, { b: null }] }, { a: [1, { b: null }] }, null],
  ['a number', { a: 1, b: 2 }, { a: 1, b: 3 }, { at: 'b', stored: '2', now: '3' }],
  [
    'one deep inside a list',
    { a: [{ b: 1 }, { b: 2 }] },
    { a: [{ b: 1 }, { b: 0 }] },
    { at: 'a.1.b', stored: '2', now: '0' },
  ],
  ['the first of several', { a: 1, b: 1 }, { a: 2, b: 2 }, { at: 'a', stored: '1', now: '2' }],
  ['what is gone', { a: [1, 2] }, { a: [1] }, { at: 'a.1', stored: '2', now: 'nothing' }],
  ['what is new', { a: {} }, { a: { x: 'y' } }, { at: 'a.x', stored: 'nothing', now: '"y"' }],
  ['another kind', { a: [] }, { a: {} }, { at: 'a', stored: '[]', now: '{}' }],
  ['null and nothing', { a: null }, {}, { at: 'a', stored: 'null', now: 'nothing' }],
];
for (const [what, stored, now, found] of rows)
  test(`first difference: ${what}`, () => assert.deepEqual(firstDifference(stored, now), found));
