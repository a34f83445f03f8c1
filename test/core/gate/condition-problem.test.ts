import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { CheckedCondition } from '../../../src/core/gate/check-result.ts';
import { conditionProblem, ownerlessFindings } from '../../../src/core/gate/condition-problem.ts';
import { isPast } from '../../../src/core/reviews/review-threads.ts';
import { gatePolicy, hex } from './values.ts';

const policy = gatePolicy();
const now = new Date('2026-11-24T23:59:59Z');

const rows: readonly (readonly [owner: string, due: string, part: string | null])[] = [
  ['ada', '2026-11-24', null],
  ['ada', '2026-11-23', 'due'],
  ['zoe', '2026-11-25', 'owner'],
  ['__proto__', '2026-11-25', 'owner'],
];

for (const [owner, due, part] of rows) {
  test(`a condition for ${owner} by ${due}: ${part ?? 'somebody can keep it'}`, () => {
    assert.equal(
      conditionProblem({ text: 'rehearse', owner, due }, policy, now)?.part ?? null,
      part,
    );
  });
}

test('a day is over when the next one begins', () => {
  assert.equal(isPast('2026-11-24', now), false);
  assert.equal(isPast('2026-11-24', new Date('2026-11-25T00:00:00Z')), true);
});

const condition = (owner: string, state: CheckedCondition['state']): CheckedCondition => ({
  text: 'watch recall',
  owner,
  due: '2026-12-01',
  rule: 'model-change',
  by: 'ben',
  role: 'validator',
  state,
  payload: `sha256:${hex('2')}`,
  condition: 0,
});

test('an open condition of somebody whom the policy does not know is a warning, and one that is met is none', () => {
  const found = ownerlessFindings(
    [
      condition('ada', 'open'),
      condition('zoe', 'met'),
      condition('zoe', 'open'),
      condition('zed', 'overdue'),
    ],
    policy,
  );
  assert.deepEqual(
    found.map(({ code, severity, message }) => [
      code,
      severity,
      /knows no (\w+)/.exec(message)?.[1],
    ]),
    [
      ['condition/unknown-owner', 'warning', 'zoe'],
      ['condition/unknown-owner', 'warning', 'zed'],
    ],
  );
});
