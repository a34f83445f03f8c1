import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewEvent } from '../../../src/core/reviews/new-event.ts';
import { compareTimes } from '../../../src/core/reviews/event-order.ts';
import {
  dueTime,
  type ReviewThreads,
  reviewThreads,
} from '../../../src/core/reviews/review-threads.ts';
import { reviewEvent } from './events.ts';
import { ada, at, comment, cy, reply } from './thread-events.ts';

/** What a thread says, in short. */
function told({ threads }: ReviewThreads): readonly unknown[] {
  return threads.map(({ id, state, comments }) => [id, state, comments.map(({ body }) => body)]);
}

type Row = readonly [
  name: string,
  events: readonly (readonly [name: string, said: Partial<NewEvent>, folder?: string])[],
  threads: readonly unknown[],
  codes: readonly string[],
];

const rows: readonly Row[] = [
  ['a comment is open', [['a', comment]], [['T1', 'open', ['Who?']]], []],
  [
    'a reply comes after it',
    [
      ['b', reply],
      ['c', comment],
    ],
    [['T1', 'open', ['Who?', 'I do.']]],
    [],
  ],
  [
    'the last step says the state',
    [
      ['a', comment],
      ['b', { type: 'resolve', at: at(2) }],
      ['c', { type: 'reopen', at: at(3) }],
      ['d', { type: 'resolve', at: at(4), body: 'Clear.' }],
    ],
    [['T1', 'resolved', ['Who?', 'Clear.']]],
    [],
  ],
  [
    'a reply does not open what is resolved',
    [
      ['a', comment],
      ['b', { type: 'resolve', at: at(2) }],
      ['c', { ...reply, at: at(3) }],
    ],
    [['T1', 'resolved', ['Who?', 'I do.']]],
    [],
  ],
  [
    'the same time is ordered by the name of the file',
    [
      ['b', { ...reply, at: at(0), body: 'two' }],
      ['a', { ...comment, body: 'one' }],
      ['c', { ...reply, at: at(0), body: 'three' }],
    ],
    [['T1', 'open', ['one', 'two', 'three']]],
    [],
  ],
  [
    'instants are compared, not texts',
    [
      ['a', { ...comment, at: '2026-11-18T10:30:00+02:00' }],
      ['b', { ...reply, at: '2026-11-18T08:29:59.999999999Z', body: 'before' }],
    ],
    [['T1', 'open', ['before', 'Who?']]],
    [],
  ],
  [
    'one id on two records is two threads',
    [
      ['a', comment],
      ['b', { ...comment, record: 'DR-0002', body: 'Why?' }],
    ],
    [
      ['T1', 'open', ['Who?']],
      ['T1', 'open', ['Why?']],
    ],
    [],
  ],
  [
    'an edit replaces the last words of its author',
    [
      ['a', comment],
      ['b', reply],
      ['c', { type: 'edit', body: 'Who, and when?', by: cy, at: at(2) }],
    ],
    [['T1', 'open', ['Who, and when?', 'I do.']]],
    [],
  ],
  [
    'an edit replaces the words that it names, the last edit wins',
    [
      ['a', comment],
      ['b', { ...reply, by: cy }],
      ['d', { type: 'edit', event: 'a', body: 'Who else?', by: cy, at: at(3) }],
      ['c', { type: 'edit', event: 'a', body: 'Who now?', by: cy, at: at(2) }],
    ],
    [['T1', 'open', ['Who else?', 'I do.']]],
    [],
  ],
  [
    'nobody edits the words of another',
    [
      ['a', comment],
      ['b', { type: 'edit', event: 'a', body: 'Nothing.', by: ada, at: at(2) }],
    ],
    [['T1', 'open', ['Who?', 'Nothing.']]],
    ['review/foreign-edit'],
  ],
  [
    'an edit of nothing is shown',
    [
      ['a', comment],
      ['b', { type: 'edit', event: 'z', body: 'Lost words', by: cy, at: at(2) }],
    ],
    [['T1', 'open', ['Who?', 'Lost words']]],
    ['review/foreign-edit'],
  ],
  [
    'a thread whose beginning is missing is shown, and open',
    [['b', reply]],
    [['T1', 'open', ['I do.']]],
    ['review/no-beginning'],
  ],
  [
    'a comment without words is odd, and opens all the same',
    [['a', { ...comment, body: ' \n' }]],
    [['T1', 'open', []]],
    ['review/no-words'],
  ],
  [
    'one event in two files counts once',
    [
      ['a', comment],
      ['b', { type: 'reply', body: 'I do.', at: at(1) }],
      ['c', { type: 'reply', body: 'I do.', at: at(1) }],
    ],
    [['T1', 'open', ['Who?', 'I do.']]],
    ['review/copy'],
  ],
  [
    'an event in the folder of another record is shown',
    [
      ['a', comment],
      ['b', reply, 'DR-0002'],
    ],
    [['T1', 'open', ['Who?', 'I do.']]],
    ['review/other-record'],
  ],
  [
    'and closes nothing',
    [
      ['a', comment],
      ['b', { type: 'resolve', at: at(2) }, 'DR-0002'],
    ],
    [['T1', 'open', ['Who?']]],
    ['review/other-record'],
  ],
  [
    'a copy elsewhere does not take the place of the event',
    [
      ['a', { type: 'resolve', at: at(2) }, 'DR-0002'],
      ['b', { type: 'resolve', at: at(2) }],
      ['c', comment],
    ],
    [['T1', 'resolved', ['Who?']]],
    ['review/copy'],
  ],
];

for (const [name, events, threads, codes] of rows) {
  test(`threads of a review: ${name}`, () => {
    const read = reviewThreads(
      events.map(([file, said, folder]) => reviewEvent(file, said, folder)),
    );
    assert.deepEqual(told(read), threads);
    assert.deepEqual(
      read.findings.map(({ code }) => code),
      codes,
    );
  });
}

test('a finding keeps its worst severity and its first due day', () => {
  const found = {
    type: 'finding',
    body: 'No target for people over 60',
    severity: 'low',
    due: '2026-12-01',
  } as const;
  const [thread] = reviewThreads([
    reviewEvent('a', comment),
    reviewEvent('b', { ...found, at: at(1) }),
    reviewEvent('c', { ...found, severity: 'high', due: '2026-12-24', at: at(2) }),
  ]).threads;
  assert.deepEqual(
    [thread?.type, thread?.severity, thread?.due],
    ['finding', 'high', '2026-12-01'],
  );
});

test('a day is over at its end, a time when it is there', () => {
  assert.equal(dueTime('2026-12-01'), Date.parse('2026-12-02T00:00:00Z'));
  assert.equal(dueTime('2026-12-01T10:00:00+02:00'), Date.parse('2026-12-01T08:00:00Z'));
});

test('times compare to the nanosecond, whatever their offsets', () => {
  assert.ok(compareTimes('2026-11-18T09:00:00.000000001Z', '2026-11-18T10:00:00+01:00') > 0);
  assert.equal(compareTimes('2026-11-18T09:00:00.5Z', '2026-11-18T08:00:00.500-01:00'), 0);
});
