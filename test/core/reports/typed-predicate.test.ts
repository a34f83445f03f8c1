import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tryingPredicate, typedPredicate } from '../../../src/core/reports/typed-predicate.ts';

const rows: readonly (readonly [where: string, columns: readonly string[], typed: string])[] = [
  ['abs(p) < 30', ['p'], 'abs(CAST(p AS DOUBLE)) < 30'],
  ['P > 1', ['p'], 'CAST(P AS DOUBLE) > 1'],
  ['"a ""b""" > 1', ['a "b"'], 'CAST("a ""b""" AS DOUBLE) > 1'],
  ["p <> 'p' AND q = 'it''s p'", ['p'], "CAST(p AS DOUBLE) <> 'p' AND q = 'it''s p'"],
  ['round(round) > 1', ['round'], 'round(CAST(round AS DOUBLE)) > 1'],
  ['page > p', ['p'], 'page > CAST(p AS DOUBLE)'],
  ['größe > 1', ['größe'], 'CAST(größe AS DOUBLE) > 1'],
];

for (const [where, columns, typed] of rows)
  test(`with its types: ${where}`, () => {
    assert.equal(typedPredicate(where, columns, 'CAST'), typed);
  });

test('casts that may fail make a value missing', () => {
  assert.equal(
    tryingPredicate("cast(p AS INTEGER) < 3 AND q = 'CAST(' AND TRY_CAST(r AS DOUBLE) > cast"),
    "TRY_CAST(p AS INTEGER) < 3 AND q = 'CAST(' AND TRY_CAST(r AS DOUBLE) > cast",
  );
});
