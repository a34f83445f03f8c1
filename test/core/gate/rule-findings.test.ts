import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Stage } from '../../../src/core/gate/check-result.ts';
import { ruleFindings } from '../../../src/core/gate/rule-findings.ts';
import { rows } from './rule-verdicts.ts';
import { answerRows } from './answer-rows.ts';

for (const { name, verdict, severities, code, says, fix } of [...rows, ...answerRows]) {
  test(`what is open in a rule: ${name}`, () => {
    for (const [index, stage] of (
      ['all', 'author', 'records'] satisfies readonly Stage[]
    ).entries()) {
      const found = ruleFindings(verdict, stage);
      assert.deepEqual(
        found.map((finding) => [finding.code, finding.severity]),
        severities === null ? [] : [[code, severities[index]]],
      );
      if (says) assert.match(found[0]?.message ?? '', says);
      if (fix) assert.match(found[0]?.fix ?? '', fix);
    }
  });
}
