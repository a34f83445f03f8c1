import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { editRecord } from '../../../src/core/records/edit-record.ts';
import type { Suggestion } from '../../../src/core/feedback/classify-feedback.ts';
import { parseRecord } from '../../../src/core/records/parse-record.ts';
import type { Feedback } from '../../../src/core/records/feedback.ts';
import { triageEdits, type TriageStep } from '../../../src/core/feedback/triage-step.ts';

const path = '.countersign/feedback/FB-0001.yaml';
const text =
  'schema: countersign/feedback@1\nid: FB-0001\ntitle: One\nchannel: survey\nobserved_at: unknown\nstatus: new  # as told\nclassification: {component: score, confidence: 0.6, by: words, reason: "a word"}\n';
const moment = { at: '2026-10-02T10:00:00Z', by: 'ada' };

function after(...steps: readonly TriageStep[]): {
  readonly value: Feedback;
  readonly text: string;
} {
  return afterIn(text, ...steps);
}

function afterIn(
  start: string,
  ...steps: readonly TriageStep[]
): { readonly value: Feedback; readonly text: string } {
  let current = start;
  for (const step of steps) {
    const { record } = parseRecord(path, new TextEncoder().encode(current));
    assert.ok(record?.kind === 'feedback', current);
    current = editRecord(current, triageEdits(record.value, step, moment));
  }
  const { record, findings } = parseRecord(path, new TextEncoder().encode(current));
  assert.deepEqual(findings, []);
  return { value: record?.value as Feedback, text: current };
}

const rows: readonly (readonly [string, TriageStep, Partial<Feedback>, string])[] = [
  ['accept', { kind: 'accept' }, { status: 'triaged' }, 'status: new → triaged'],
  [
    'assignee',
    { kind: 'assignee', assignee: 'ben' },
    { assignee: 'ben', status: 'new' },
    'assignee: none → ben',
  ],
  [
    'priority',
    { kind: 'priority', impact: 4, effort: 2 },
    { priority: { impact: 4, effort: 2 } },
    'priority: impact 4, effort 2',
  ],
  ['risk alone', { kind: 'priority', risk: 5 }, { priority: { risk: 5 } }, 'priority: risk 5'],
  [
    'category',
    { kind: 'category', category: 'fairness' },
    { classification: { component: 'score', category: 'fairness', confidence: 1, by: 'ada' } },
    'category: none → fairness',
  ],
  ['phase', { kind: 'phase', phase: 'explore' }, { phase: 'explore' }, 'phase: none → explore'],
  [
    'duplicate',
    { kind: 'duplicate', of: 'FB-0002' },
    { status: 'duplicate', duplicate_of: 'FB-0002' },
    'status: new → duplicate of FB-0002',
  ],
  [
    'decline with a reason',
    { kind: 'decline', reason: 'not ours: see #3' },
    { status: 'declined' },
    'status: new → declined: not ours: see #3',
  ],
  [
    'decline without one',
    { kind: 'decline', reason: '' },
    { status: 'declined' },
    'status: new → declined',
  ],
  [
    'component',
    { kind: 'component', component: 'serving' },
    { classification: { component: 'serving', confidence: 1, by: 'ada' } },
    'component: score → serving',
  ],
];

for (const [name, step, expected, said] of rows) {
  test(`a step of triage writes what was decided and a line of history: ${name}`, () => {
    const { value } = after(step);
    assert.deepEqual({ ...value, ...expected }, value);
    assert.deepEqual(value.history, [{ ...moment, change: said }]);
  });
}

const suggestion: Suggestion = {
  rule: 'unfair',
  component: 'threshold',
  category: 'fairness',
  assignee: 'ada',
  phase: 'exploit',
  confidence: 0.8,
  reason: 'the text says "women"',
  ambiguous: false,
};

test('what a rule proposed is taken over with its name and reason', () => {
  const bare = text.replace(/classification.*\n/, '');
  const { value } = afterIn(bare, { kind: 'accept', suggestion });
  assert.deepEqual(value.classification, {
    component: 'threshold',
    category: 'fairness',
    confidence: 0.8,
    by: 'unfair',
    reason: 'the text says "women"',
  });
  assert.deepEqual(
    [value.status, value.assignee, value.phase, value.history?.[0]?.change],
    ['triaged', 'ada', 'exploit', 'status: new → triaged, as unfair proposed'],
  );
});

test('what a rule proposed takes nothing from what the item says itself', () => {
  const { value } = after({ kind: 'assignee', assignee: 'ben' }, { kind: 'accept', suggestion });
  assert.deepEqual(
    [value.classification?.component, value.assignee, value.phase],
    ['score', 'ben', 'exploit'],
  );
});

test('steps add up, and leave the rest of the file as it is', () => {
  const { value, text: written } = after(
    { kind: 'component', component: 'serving' },
    { kind: 'priority', impact: 5, effort: 1 },
    { kind: 'accept' },
  );
  assert.equal(value.history?.length, 3);
  assert.equal(value.status, 'triaged');
  assert.match(written, /status: triaged {2}# as told\n/);
  assert.ok(
    written.startsWith(
      'schema: countersign/feedback@1\nid: FB-0001\ntitle: One\nchannel: survey\nobserved_at: unknown\n',
    ),
  );
});
