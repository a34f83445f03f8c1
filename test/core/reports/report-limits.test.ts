import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportLimits } from '../../../src/core/reports/report-limits.ts';
import type { EvaluationResult } from '../../../src/core/reports/result.ts';
import { plainTexts, reportOf } from './reports.ts';

const { result, planned } = reportOf(plainTexts);
const found = result as EvaluationResult;
/** The same, where no group is the reference: nothing has a p-value. */
const unheld: EvaluationResult = {
  ...found,
  models: Object.fromEntries(
    Object.entries(found.models).map(([side, model]) => [
      side,
      { ...model, disparities: model.disparities.filter(({ p }) => p === undefined) },
    ]),
  ),
};

const rows: readonly (readonly [what: string, result: EvaluationResult, says: RegExp | null])[] = [
  ['corrected', found, /P-values against the reference group are corrected for that \(holm\)\.$/],
  ['not corrected', { ...found, correction: 'none' }, /P-values are not corrected for that\.$/],
  ['nowhere', unheld, null],
];

for (const [what, of, says] of rows)
  test(`p-values that are ${what}`, () => {
    const said = reportLimits(of, planned).filter((limit) => /P-values/.test(limit));
    assert.equal(said.length, says === null ? 0 : 1);
    if (says !== null) assert.match(said[0] ?? '', says);
  });
