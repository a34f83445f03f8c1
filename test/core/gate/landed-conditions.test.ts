import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  conditionKey,
  conditionsIn,
  statedConditions,
  withConditions,
} from '../../../src/core/gate/landed-conditions.ts';
import type { AuditedLanding } from '../../../src/core/gate/landing.ts';
import { signoffOf } from './values.ts';

const first = { text: 'measure it again', owner: 'ada', due: '2026-12-01' };
const second = { text: 'tell the users', owner: 'ben', due: '2026-12-09' };
const approval = signoffOf('ben', { role: 'validator', conditions: [first, second] });

test('an approval states its conditions, each with its signer, its rule and its number, and all are open', () => {
  const whose = { rule: 'model-change', by: 'ben', role: 'validator', payload: 'sha256:ben' };
  assert.deepEqual(conditionsIn(approval), [
    { ...first, ...whose, condition: 0, state: 'open' },
    { ...second, ...whose, condition: 1, state: 'open' },
  ]);
  assert.deepEqual(conditionsIn(signoffOf('cy')), []);
});

test('the conditions of approvals that landed name their files, and nothing that meets them yet', () => {
  const stated = statedConditions([signoffOf('cy'), approval]);
  assert.deepEqual(
    stated.map(({ text, file, met_in }) => [text, file, met_in]),
    [
      [first.text, approval.file, null],
      [second.text, approval.file, null],
    ],
  );
  assert.equal(stated[1]?.state, 'open');
});

const [open] = statedConditions([approval]);
const key = conditionKey({ payload: 'sha256:ben', condition: 0 });

/** A landing that brings conditions, and what was met when it had landed. */
const landing = (to: string, conditions: readonly unknown[], closed: readonly string[] = []) =>
  ({ landing: { to, conditions }, closed: new Set(closed) }) as unknown as AuditedLanding;

const rows: readonly (readonly [
  name: string,
  landings: readonly AuditedLanding[],
  now: string,
  want: readonly [state: string, metIn: string | null],
])[] = [
  ['nothing met it, and there is time', [landing('a', [open])], '2026-12-01', ['open', null]],
  ['nothing met it, and the day is over', [landing('a', [open])], '2026-12-02', ['overdue', null]],
  ['its own landing met it', [landing('a', [open], [key])], '2026-12-02', ['met', 'a']],
  [
    'a later landing met it, and the first that did is named',
    [landing('a', [open]), landing('b', [], [key]), landing('c', [], [key])],
    '2026-12-02',
    ['met', 'b'],
  ],
  [
    'another condition of the approval was met',
    [
      landing('a', [open]),
      landing('b', [], [conditionKey({ payload: 'sha256:ben', condition: 1 })]),
    ],
    '2026-12-02',
    ['overdue', null],
  ],
];

for (const [name, landings, now, want] of rows)
  test(`what became of a condition: ${name}`, () => {
    const [audited, ...later] = withConditions(landings, new Date(`${now}T12:00:00Z`));
    const [condition] = audited?.landing.conditions ?? [];
    assert.deepEqual([condition?.state, condition?.met_in], want);
    assert.deepEqual([condition?.text, condition?.file], [first.text, approval.file]);
    assert.deepEqual(
      [audited, ...later].map((one) => one?.landing.to),
      landings.map((one) => one.landing.to),
    );
  });

test('what an earlier landing closed meets nothing of a later one', () => {
  const [, later] = withConditions(
    [landing('a', [], [key]), landing('b', [open])],
    new Date('2026-11-30T00:00:00Z'),
  );
  assert.deepEqual(
    later?.landing.conditions.map(({ state, met_in }) => [state, met_in]),
    [['open', null]],
  );
});
