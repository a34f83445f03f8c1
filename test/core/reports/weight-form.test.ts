import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weightForm } from '../../../src/core/reports/weight-form.ts';

const rows: readonly (readonly [
  what: string,
  answers: readonly (readonly [rows: number, decimals: number | null, greatest: number | null])[],
  form: object | null,
])[] = [
  ['no weight at all', [[9, null, null]], { decimals: 0, exponent: 0 }],
  ['whole numbers', [[9, 0, 100]], { decimals: 0, exponent: 2 }],
  ['trailing zeros before the point', [[9, -20, 1e20]], { decimals: 0, exponent: 20 }],
  [
    'the side with more decimals decides',
    [
      [9, 2, 7],
      [9, 5, 0.5],
    ],
    { decimals: 5, exponent: 1 },
  ],
  ['tiny weights', [[9, 14, 2e-10]], { decimals: 14, exponent: -9 }],
  ['all digits of a double', [[1e6, 18, 0.9]], { decimals: 18, exponent: 0 }],
  ['38 digits in all', [[9, 36, 0.9]], { decimals: 36, exponent: 0 }],
  ['one digit more than the engine has', [[9, 37, 0.9]], null],
  ['more rows need more digits', [[1e9, 30, 0.9]], null],
  ['large and fine at once', [[9, 20, 1e20]], null],
];

for (const [what, answers, form] of rows)
  test(`weights: ${what}`, () =>
    assert.deepEqual(
      weightForm(answers.map(([n, decimals, greatest]) => ({ rows: n, decimals, greatest }))),
      form,
    ));
