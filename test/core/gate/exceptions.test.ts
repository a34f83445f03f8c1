import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { sha256Hex } from '../../../src/core/gate/change-digest.ts';
import type { JudgedException } from '../../../src/core/gate/exceptions.ts';
import type { SignatureProof } from '../../../src/core/gate/judged-signoff.ts';
import { payloadBytes } from '../../../src/core/gate/signoff-file.ts';
import { gatePolicy, hex } from './values.ts';
import { eves, file, type Given, judged, usual } from './judged-exceptions.ts';

const forged: SignatureProof = { kind: 'unproven', state: 'forged', why: 'x' };
const stranger: SignatureProof = { kind: 'unproven', state: 'unknown-signer', why: 'x' };
const validator = gatePolicy({
  exceptions: { role: 'validator', max_days: 3, follow_up_days: 10 },
});
const { exceptions: _, ...without } = gatePolicy();

const rows: readonly {
  readonly name: string;
  readonly given: Given;
  readonly state: JudgedException['state'];
  readonly code?: string;
  readonly severity?: 'warning';
  readonly line?: 4;
}[] = [
  { name: 'as it should be, as long as it may be', given: {}, state: 'valid' },
  { name: 'of another form', given: { text: 'x\n' }, state: 'forged', code: 'exception/malformed' },
  {
    name: 'that is executable',
    given: { mode: '100755' },
    state: 'forged',
    code: 'exception/malformed',
  },
  {
    name: 'with a signature over something else',
    given: { proof: forged },
    state: 'forged',
    code: 'exception/forged',
  },
  {
    name: 'by a key that is nobody’s',
    given: { proof: stranger },
    state: 'not-allowed',
    code: 'exception/unknown-signer',
  },
  {
    name: 'whose payload is none',
    given: { payload: { reason: '' } },
    state: 'forged',
    code: 'exception/payload',
  },
  {
    name: 'where the policy has none',
    given: { context: { policy: without } },
    state: 'not-allowed',
    code: 'exception/not-allowed',
    line: 4,
  },
  {
    name: 'with another’s key',
    given: { proof: { ...eves, principal: 'ben@example.org' } },
    state: 'not-allowed',
    code: 'exception/not-allowed',
    line: 4,
  },
  {
    name: 'for another repository',
    given: { payload: { repository: 'other' } },
    state: 'not-allowed',
    code: 'exception/elsewhere',
    line: 4,
  },
  {
    name: 'for another target',
    given: { payload: { target: 'refs/heads/release/1' } },
    state: 'not-allowed',
    code: 'exception/elsewhere',
    line: 4,
  },
  {
    name: 'in another role',
    given: { payload: { role: 'model-owner' } },
    state: 'not-allowed',
    code: 'exception/not-allowed',
    line: 4,
  },
  {
    name: 'in a role that is theirs and not that of exceptions',
    given: { context: { policy: validator } },
    state: 'not-allowed',
    code: 'exception/not-allowed',
    line: 4,
  },
  {
    name: 'in the role of exceptions, which they do not have',
    given: { payload: { role: 'validator' }, context: { policy: validator } },
    state: 'not-allowed',
    code: 'exception/not-allowed',
    line: 4,
  },
  {
    name: 'by a key that has expired',
    given: { proof: { ...eves, state: 'expired' } },
    state: 'expired',
    code: 'exception/expired-key',
    severity: 'warning',
    line: 4,
  },
  {
    name: 'by a key that was revoked',
    given: { proof: { ...eves, state: 'revoked' } },
    state: 'expired',
    code: 'exception/revoked-key',
    severity: 'warning',
    line: 4,
  },
  {
    name: 'five minutes ahead',
    given: { payload: { signed_at: '2026-11-24T06:05:00Z' } },
    state: 'valid',
  },
  {
    name: 'a second more ahead',
    given: { payload: { signed_at: '2026-11-24T06:05:01Z' } },
    state: 'not-allowed',
    code: 'exception/future',
    line: 4,
  },
  {
    name: 'that runs a second too long',
    given: { payload: { expires: '2026-11-26T06:00:01Z' } },
    state: 'not-allowed',
    code: 'exception/too-long',
    line: 4,
  },
  {
    name: 'that runs too long from now, though signed ahead',
    given: { payload: { signed_at: '2026-11-24T06:05:00Z', expires: '2026-11-27T06:00:01Z' } },
    state: 'not-allowed',
    code: 'exception/too-long',
    line: 4,
  },
  {
    name: 'whose approvals follow on the last second that is allowed',
    given: { payload: { signed_at: '2026-11-23T00:00:00Z', expires: '2026-11-26T00:00:00Z' } },
    state: 'valid',
  },
  {
    name: 'whose approvals follow a day too late',
    given: { payload: { follow_up_by: '2026-12-04' } },
    state: 'not-allowed',
    code: 'exception/too-long',
    line: 4,
  },
  {
    name: 'that expires now',
    given: { context: { now: new Date('2026-11-26T06:00:00Z') } },
    state: 'expired',
    code: 'exception/expired',
    severity: 'warning',
    line: 4,
  },
  {
    name: 'that expires in a second',
    given: { context: { now: new Date('2026-11-26T05:59:59Z') } },
    state: 'valid',
  },
  {
    name: 'of another digest',
    given: { payload: { digest: `v1:${hex('e')}` } },
    state: 'stale',
    code: 'exception/stale',
    severity: 'warning',
    line: 4,
  },
  {
    name: 'of a rule that nothing touches',
    given: { payload: { rule: 'docs' } },
    state: 'stale',
    code: 'exception/stale',
    severity: 'warning',
    line: 4,
  },
];

for (const { name, given, state, code, severity = 'error', line = 1 } of rows) {
  test(`an exception ${name}`, () => {
    const found = judged(given);
    assert.equal(found.state, state, found.findings[0]?.message);
    assert.deepEqual(
      found.findings.map((finding) => [finding.code, finding.severity, finding.path, finding.line]),
      code === undefined ? [] : [[code, severity, file, line]],
    );
    assert.deepEqual([found.file, found.landed], [file, false]);
    assert.equal(found.payload === null, state === 'forged' || code === 'exception/unknown-signer');
  });
}

test('what is known of an exception', () => {
  const id = `sha256:${sha256Hex(payloadBytes('exception', JSON.stringify(usual)))}`;
  assert.deepEqual(
    { ...judged({}), proof: null },
    { file, id, payload: usual, proof: null, landed: false, state: 'valid', findings: [] },
  );
  assert.equal(judged({}).proof?.kind, 'proven');
  assert.equal(judged({ proof: forged }).proof, null);
  assert.deepEqual(
    [
      judged({ text: 'x\n' }).id,
      judged({ mode: '100755' }).id,
      judged({ proof: forged }).id,
      judged({ proof: stranger }).id,
    ],
    [null, id, id, id],
  );
});

test('what landed by a key that is known no more still says what was promised, and excuses nothing', () => {
  const found = judged({ proof: stranger, landed: true });
  assert.deepEqual([found.payload, found.state, found.landed], [usual, 'not-allowed', true]);
  assert.equal(judged({ proof: stranger, landed: true, payload: { reason: '' } }).payload, null);
});
