import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Verdict } from '../../../src/core/gate/check-result.ts';
import type { JudgedException } from '../../../src/core/gate/exceptions.ts';
import type { ShownException } from '../../../src/core/gate/verdict.ts';
import { hex, signoffOf } from './values.ts';
import { conditions, judged, payload } from './verdict-input.ts';

test('sign-offs are shown that the change brings, and rejects that landed', () => {
  const via = { forge: 'github', login: 'ben-h', commit: 'a'.repeat(40) };
  const { signoffs } = judged({
    signoffs: [
      signoffOf('ben', { via }, { moved: ['a'] }),
      signoffOf('cy', {}, { landed: true }),
      signoffOf('dee', { decision: 'reject' }, { landed: true }),
      { ...signoffOf('eve', {}, { state: 'forged' }), payload: null },
      { ...signoffOf('fay', {}, { landed: true }), payload: null },
    ],
  });
  const [first, second, third] = signoffs;
  const file = (person: string): string => `.countersign/signoffs/model-change/${person}.yaml`;
  assert.equal(signoffs.length, 3);
  assert.deepEqual(first, {
    file: file('ben'),
    rule: 'model-change',
    person: 'ben',
    role: 'validator',
    decision: 'approve',
    signed_at: '2026-11-23T06:00:00Z',
    state: 'valid',
    via: 'github:ben-h',
    moved: ['a'],
  });
  assert.deepEqual([second?.file, second?.decision, second?.via], [file('dee'), 'reject', null]);
  assert.deepEqual(third, {
    file: file('eve'),
    rule: null,
    person: null,
    role: null,
    decision: null,
    signed_at: null,
    state: 'forged',
    via: null,
    moved: [],
  });
});

test('a sign-off that another took the place of, and one that follows up an exception, say so', () => {
  const first = signoffOf('ben', { decision: 'reject' });
  const second = {
    ...signoffOf('ben', { replaces: first.id }),
    file: 'second.yaml',
    id: `sha256:${hex('9')}` as const,
  };
  const follower = signoffOf('cy', {}, { state: 'stale', moved: ['a'] });
  const { signoffs } = judged({
    signoffs: [first, second, follower],
    followUps: new Set([follower.file]),
  });
  assert.deepEqual(
    signoffs.map(({ replaced_by, follows_up }) => [replaced_by, follows_up]),
    [
      ['second.yaml', undefined],
      [undefined, undefined],
      [undefined, true],
    ],
  );
  // A key that is good no more takes no reject back.
  const weak = judged({
    signoffs: [
      first,
      {
        ...second,
        state: 'revoked',
        proof: {
          kind: 'proven',
          state: 'revoked',
          principal: 'ben@example.org',
          key: 'k',
          touched: false,
          verified: false,
          why: '',
        },
      },
    ],
  });
  assert.equal(weak.signoffs[0]?.replaced_by, undefined);
});

const exceptionOf = (more: Partial<JudgedException>, followUp = '2026-11-23'): JudgedException => ({
  file: 'EX.yaml',
  id: null,
  payload: { ...payload, follow_up_by: followUp },
  proof: null,
  state: 'stale',
  landed: true,
  findings: [],
  ...more,
});

test('the approvals that an exception promised are told which commits they sign', () => {
  const landing = { before: 'a'.repeat(40), after: 'b'.repeat(40) };
  const { exceptions, findings } = judged({ exceptions: [{ ...exceptionOf({}), landing }] });
  assert.deepEqual(exceptions[0]?.landing, landing);
  assert.equal(
    findings[0]?.fix,
    `the missing approvals sign what landed: countersign sign --range ${landing.before}...${landing.after} --rule model-change`,
  );
});

const promises: readonly (readonly [
  name: string,
  exception: ShownException,
  shown: string,
  verdict: Verdict,
])[] = [
  ['whose approvals are overdue', exceptionOf({}), 'overdue', 'fail'],
  ['whose approvals have a day left', exceptionOf({}, '2026-11-24'), 'follow-up-open', 'pass'],
  [
    'whose approvals are late, and of which the policy knows no more',
    { ...exceptionOf({}), forgotten: true },
    'overdue',
    'pass',
  ],
  ['of this change', exceptionOf({ landed: false, state: 'valid' }), 'valid', 'pass'],
  ['of this change, stale and late', exceptionOf({ landed: false }), 'stale', 'pass'],
  ['of which nothing is known', exceptionOf({ payload: null }), 'stale', 'pass'],
];

for (const [name, exception, shown, verdict] of promises) {
  test(`an exception ${name}`, () => {
    const found = judged({ exceptions: [exception] });
    assert.equal(found.verdict, verdict);
    const { file, payload: known } = exception;
    assert.deepEqual(found.exceptions, [
      {
        file,
        rule: known?.rule ?? '',
        person: known?.person ?? '',
        reason: known?.reason ?? '',
        expires: known?.expires ?? '',
        follow_up_by: known?.follow_up_by ?? '',
        state: shown,
      },
    ]);
    assert.deepEqual(
      found.findings.map(({ code, severity, path, line }) => [code, severity, path, line]),
      verdict === 'fail' ? [['exception/overdue', 'error', 'EX.yaml', 4]] : [],
    );
    if (verdict === 'fail')
      assert.match(
        found.findings[0]?.message ?? '',
        /^the approvals that eve promised by 2026-11-23 did not come$/,
      );
  });
}

for (const [name, one, rules, found, shown] of conditions) {
  test(`a condition ${name}`, () => {
    const result = judged({ conditions: [one], blocking: rules });
    assert.deepEqual(
      result.findings.map(({ code, severity }) => [code, severity]),
      found,
    );
    assert.equal(result.conditions.length, shown);
    assert.equal(result.verdict, found[0]?.[1] === 'error' ? 'fail' : 'pass');
    for (const { message } of result.findings)
      assert.equal(message, 'model-change: ada promised by 2026-12-01: watch recall');
  });
}
