import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { readFromReportPage } from '../../../src/core/render/report-page.ts';
import { readFromSignoffPage } from '../../../src/core/render/signoff-page.ts';

const signed = {
  kind: 'sign',
  rule: 'model-change',
  digest: `v1:${'1'.repeat(64)}`,
  decision: 'approve',
  answers: { harm: { answer: 'yes', note: 'looked' }, back: { answer: 'no' } },
  reason: '',
  vouches: [],
  meets: ['rehearse the rollback'],
};

const forms: readonly unknown[] = [
  { kind: 'ready' },
  { kind: 'refresh' },
  { kind: 'open', path: 'model/score.js' },
  { kind: 'openRecord', id: 'DR-1111' },
  { kind: 'report', id: 'EV-1111' },
  { kind: 'compare', rule: 'model-change', path: 'model/score.js', since: true },
  signed,
  { ...signed, decision: 'reject', reason: 'the bar is too low', answers: {} },
];

const reports: readonly unknown[] = [
  { kind: 'ready' },
  { kind: 'openRecord', id: 'DR-1111' },
  { kind: 'openFile', path: 'model/score.js' },
  { kind: 'run' },
  { kind: 'cancel' },
];

/** What no page sends: whoever reads a message must not be the first to find that out. */
const neither: readonly unknown[] = [
  null,
  undefined,
  '',
  'ready',
  [],
  {},
  { kind: 'constructor' },
  { kind: ['ready'] },
  { kind: 'openRecord' },
  { kind: 'openRecord', id: 7 },
  { kind: 'openRecord', id: null },
];

test('each message of the sign-off form is read as it was sent', () => {
  for (const message of forms) assert.deepEqual(readFromSignoffPage(message), message);
});

test('each message of the report page is read as it was sent', () => {
  for (const message of reports) assert.deepEqual(readFromReportPage(message), message);
});

test('what is no message of a page is none for its reader', () => {
  for (const message of neither) {
    assert.equal(readFromSignoffPage(message), null, JSON.stringify(message));
    assert.equal(readFromReportPage(message), null, JSON.stringify(message));
  }
  assert.equal(readFromReportPage(signed), null);
  assert.equal(readFromSignoffPage({ kind: 'run' }), null);
});

test('a signature is asked for in full or not at all', () => {
  for (const broken of [
    { decision: 'withdraw' },
    { decision: true },
    { digest: undefined },
    { rule: ['model-change'] },
    { answers: [] },
    { answers: { harm: 'yes' } },
    { answers: { harm: { answer: 'maybe' } } },
    { answers: { harm: { answer: 'yes', note: 3 } } },
    { reason: null },
    { vouches: 'mallory@example.org' },
    { meets: [1] },
  ])
    assert.equal(readFromSignoffPage({ ...signed, ...broken }), null, JSON.stringify(broken));
});
