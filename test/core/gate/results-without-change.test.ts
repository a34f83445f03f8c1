import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Finding } from '../../../src/core/finding/finding.ts';
import { recordsResult, undecidableResult } from '../../../src/core/gate/results-without-change.ts';

const bare = {
  schema: 'countersign/check@1',
  tip: null,
  head: null,
  lands: null,
  target: null,
  policy: null,
  authors: [],
  rules: [],
  signoffs: [],
  exceptions: [],
  conditions: [],
  ungoverned: 0,
};
const error: Finding = {
  code: 'record/value',
  severity: 'error',
  message: 'm',
  path: 'b.yaml',
  line: 1,
  column: 1,
  fix: 'mend it',
};
const warning: Finding = { ...error, severity: 'warning', path: 'a.yaml', fix: 'look at it' };

test('a check that could not be made is no pass, and says why and what next', () => {
  const examined = { entries: 0, commits: 0, records: 0, signoffs: 0, skipped: 0 };
  assert.deepEqual(undecidableResult(error), {
    ...bare,
    verdict: 'undecidable',
    exit: 2,
    stage: 'all',
    examined,
    findings: [error],
    next: 'mend it',
  });
  const { fix: _, ...mute } = error;
  assert.equal(undecidableResult(mute).next, null);
});

const rows: readonly (readonly [
  name: string,
  findings: readonly Finding[],
  verdict: string,
  exit: number,
  next: string | null,
])[] = [
  ['nothing to say', [], 'pass', 0, null],
  ['a warning', [warning], 'pass', 0, null],
  ['an error', [error], 'fail', 1, 'mend it'],
  ['an error after a warning', [error, warning], 'fail', 1, 'mend it'],
];

for (const [name, findings, verdict, exit, next] of rows) {
  test(`a check of records with ${name}`, () => {
    const examined = { entries: 0, commits: 0, records: 7, signoffs: 0, skipped: 0 };
    const sorted = [...findings].sort((a, b) => ((a.path ?? '') < (b.path ?? '') ? -1 : 1));
    const result = recordsResult(7, findings);
    assert.deepEqual(
      { ...result, findings: null },
      { ...bare, verdict, exit, stage: 'records', examined, findings: null, next },
    );
    assert.deepEqual(result.findings, sorted);
  });
}
