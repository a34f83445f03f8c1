import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import {
  forgottenFindings,
  type ForgottenPromise,
} from '../../../src/core/gate/forgotten-promises.ts';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';
import { ruleScope } from '../../../src/core/gate/scope.ts';
import { digest } from './values.ts';

const file = '.countersign/exceptions/EX-WAGE01.yaml';
const payload: ForgottenPromise['exception']['payload'] = {
  repository: 'wage-model',
  target: 'refs/heads/main',
  rule: 'model-change',
  digest,
  person: 'eve',
  role: 'policy-admin',
  reason: 'wrong wages',
  expires: '2026-11-26T06:00:00Z',
  follow_up_by: '2026-12-03',
  signed_at: '2026-11-23T06:00:00Z',
  nonce: '00ff',
};
const promise: ForgottenPromise = {
  exception: { file, payload },
  ...ruleScope({ id: 'model-change', paths: ['model/**'] }),
};
const late = '2026-12-04T00:00:00Z';

const rows: readonly (readonly [
  name: string,
  paths: readonly string[],
  wordsAlone: boolean,
  now: string,
  severity: string,
])[] = [
  ['of its files, once it is late', ['docs/a.md', 'model/x.py'], false, late, 'error'],
  ['of its files, on its last day', ['model/x.py'], false, '2026-12-03T23:59:59Z', 'warning'],
  ['of other files', ['docs/a.md'], false, late, 'warning'],
  ['of nothing', [], false, late, 'warning'],
  ['of words and the policy alone', ['model/policy.yaml'], true, late, 'warning'],
];

for (const [name, paths, wordsAlone, now, severity] of rows)
  test(`what the policy forgot stands against a change ${name}: ${severity}`, () => {
    const found = forgottenFindings([promise], {
      paths: paths.map(pathFromText),
      wordsAlone,
      now: new Date(now),
    });
    assert.deepEqual(found, [
      {
        code: 'exception/forgotten',
        severity,
        message:
          'the approvals that eve promised by 2026-12-03 did not come, and the policy has no rule model-change over these files any more under which they could',
        path: file,
        line: 4,
        column: 1,
        fix: 'bring the rule model-change back as it was by a policy change; the missing approvals sign under it',
      },
    ]);
  });

test('a file that says nothing promises nothing', () =>
  assert.deepEqual(
    forgottenFindings([{ ...promise, exception: { file, payload: null } }], {
      paths: [pathFromText('model/x.py')],
      wordsAlone: false,
      now: new Date(late),
    }),
    [],
  ));
