import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { ExceptionContext, JudgedException } from '../../../src/core/gate/exceptions.ts';
import { isPast } from '../../../src/core/reviews/review-threads.ts';
import { digest, hex } from './values.ts';
import { file, judged, usual } from './judged-exceptions.ts';

for (const [now, late] of [
  ['2026-12-03T23:59:59Z', false],
  ['2026-12-04T00:00:00Z', true],
  ['2026-11-01T00:00:00Z', false],
] as const) {
  test(`approvals by the third of December are ${late ? '' : 'not '}overdue at ${now}`, () =>
    assert.equal(isPast(usual.follow_up_by, new Date(now)), late));
}

const until = new Date('2026-11-24T00:00:00Z');
const ownId = judged({}).id ?? '';
const kept: readonly (readonly [
  name: string,
  context: Partial<ExceptionContext>,
  signedAt: string,
  want: readonly [state: JudgedException['state'], code: string | undefined, landed: boolean],
])[] = [
  [
    'signed when what it excuses stood before',
    { stood: new Map([[digest, until]]) },
    '2026-11-24T00:00:00Z',
    ['stale', 'signoff/served', false],
  ],
  [
    'signed after that',
    { stood: new Map([[digest, until]]) },
    '2026-11-24T00:00:01Z',
    ['valid', undefined, false],
  ],
  [
    'of which something else stood before',
    { stood: new Map([[`v1:${hex('e')}`, until]]) },
    '2026-11-24T00:00:00Z',
    ['valid', undefined, false],
  ],
];

for (const [about, context, signed_at, want] of kept)
  test(`an exception ${about} is ${want[0]}`, () => {
    const found = judged({ context, payload: { signed_at } });
    assert.deepEqual([found.state, found.findings[0]?.code, found.landed], want);
  });

test('an exception that was only sent promises nothing, and one that lies at the tip has landed', () => {
  const sent = judged({ context: { sent: new Set([ownId]) } });
  assert.deepEqual([sent.state, sent.findings[0]?.code], ['stale', 'exception/not-in-change']);
  assert.equal(judged({ context: { sent: new Set(['x']) } }).state, 'valid');
  const there = judged({
    context: {
      landedIds: new Map([[ownId, file]]),
      sent: new Set([ownId]),
      stood: new Map([[digest, new Date('2027-01-01T00:00:00Z')]]),
    },
  });
  assert.deepEqual([there.state, there.landed, there.findings], ['valid', true, []]);
  assert.equal(judged({ context: { landedIds: new Map() } }).landed, false);
});
