import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeTriageSteps } from '../../../src/core/feedback/take-triage-steps.ts';
import type { TriageStep } from '../../../src/core/feedback/triage-step.ts';

const path = '.countersign/feedback/FB-0001.yaml';
const moment = { at: '2026-10-02T10:00:00Z', by: 'ada' };
const head =
  'schema: countersign/feedback@1\nid: FB-0001\ntitle: One\nchannel: survey\nobserved_at: unknown\n';
const accept: TriageStep = { kind: 'accept' };
const decline: TriageStep = { kind: 'decline', reason: '' };
const owner: TriageStep = { kind: 'assignee', assignee: 'ben' };
const take = (rest: string, step: TriageStep, together = false) =>
  takeTriageSteps({ path, text: head + rest }, [step], { moment, rules: null, together });

const rows: readonly (readonly [
  what: string,
  rest: string,
  step: TriageStep,
  together: boolean,
  expected: RegExp | 'left' | 'same' | 'broken',
])[] = [
  ['a new item among several', 'status: new\n', accept, true, /status: triaged/],
  ['a triaged item among several', 'status: triaged\n', accept, true, 'same'],
  ['a declined item among several', 'status: declined\n', accept, true, 'left'],
  ['a duplicate among several', 'status: duplicate\nduplicate_of: FB-0002\n', accept, true, 'left'],
  ['a shipped item among several', 'status: shipped\n', decline, true, 'left'],
  ['an accepted item among several', 'status: accepted\n', accept, true, 'left'],
  [
    'an owner for a declined item among several',
    'status: declined\n',
    owner,
    true,
    /assignee: ben/,
  ],
  ['a declined item by itself', 'status: declined\n', accept, false, /status: triaged/],
  ['a text that is no record', 'stat\n', accept, false, 'broken'],
];

for (const [what, rest, step, together, expected] of rows)
  test(`a step of triage over ${what}`, () => {
    const taken = take(rest, step, together);
    if (expected === 'left' || expected === 'broken') assert.equal(taken.kind, expected);
    else {
      assert.ok(taken.kind === 'triaged');
      if (expected === 'same') assert.deepEqual([taken.text, taken.changes], [head + rest, []]);
      else assert.match(taken.text, expected);
    }
  });

test('an item that is taken up again is a duplicate of nothing any more', () => {
  for (const step of [accept, decline]) {
    const taken = take('status: duplicate\nduplicate_of: FB-0002\n', step);
    assert.ok(taken.kind === 'triaged');
    assert.equal(taken.value.duplicate_of, undefined);
    assert.doesNotMatch(taken.text, /duplicate_of/);
  }
});

test('the history is added to as it stands, in whatever form', () => {
  for (const history of [
    'history:\n  - {at: "2026-10-01T10:00:00Z", by: cy, change: seen}\n',
    'history: [{at: "2026-10-01T10:00:00Z", by: cy, change: seen}]\n',
    'history: []\n',
  ]) {
    const taken = take(`status: new\n${history}assignee: cy\n`, accept);
    assert.ok(taken.kind === 'triaged');
    assert.deepEqual(
      taken.value.history?.map(({ change }) => change),
      history.includes('seen') ? ['seen', 'status: new → triaged'] : ['status: new → triaged'],
    );
    assert.equal(taken.value.assignee, 'cy');
  }
});
