import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { NewEvent } from '../../../src/core/reviews/new-event.ts';
import { compareEvents, compareTimes } from '../../../src/core/reviews/event-order.ts';
import {
  dueTime,
  type ReviewThreads,
  reviewThreads,
} from '../../../src/core/reviews/review-threads.ts';
import { reviewEvent } from './events.ts';
import { fc } from '../../drawn-inputs.ts';

const at = (minute: number): string => `2026-11-18T09:${String(minute).padStart(2, '0')}:00Z`;
const ada = 'Ada <ada@example.org>';
const cy = 'Cy <cy@example.org>';

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

const comment = { type: 'comment', body: 'Who?', by: cy, at: at(0) } as const;
const reply = { type: 'reply', body: 'I do.', at: at(1) } as const;

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

const saidArbitrary = fc.record({
  type: fc.constantFrom('comment', 'reply', 'edit', 'resolve', 'reopen', 'suggest', 'finding'),
  thread: fc.constantFrom('T1', 'T2'),
  record: fc.constantFrom('DR-0001', 'DR-0002'),
  by: fc.constantFrom(ada, cy),
  at: fc.constantFrom(at(0), at(1), '2026-11-18T10:01:00+01:00', at(2)),
  body: fc.constantFrom('one', 'two', ' ', '*/:#\u001b[31m'),
});
const eventArbitrary = fc.tuple(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  saidArbitrary,
  fc.constantFrom('DR-0001', 'DR-0002'),
);
const eventsArbitrary = fc.uniqueArray(eventArbitrary, {
  maxLength: 8,
  selector: ([name, , folder]) => `${folder}/${name}`,
});

test('the order of threads and words does not depend on the order in which events come', () => {
  fc.assert(
    fc.property(
      eventsArbitrary.chain((events) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
      ),
      ([events, shuffled]) => {
        const read = (list: typeof events): ReviewThreads =>
          reviewThreads(list.map(([name, said, folder]) => reviewEvent(name, said, folder)));
        // Two places that are read from different texts are different functions.
        assert.equal(JSON.stringify(read(shuffled)), JSON.stringify(read(events)));
      },
    ),
    { numRuns: 300 },
  );
});

test('words are never lost: each stands in a thread, was written anew by its author, or is a copy', () => {
  fc.assert(
    fc.property(eventsArbitrary, (drawn) => {
      const events = drawn.map(([name, said, folder], index) =>
        reviewEvent(name, { ...said, body: `words ${index}` }, folder),
      );
      const { threads } = reviewThreads(events);
      const shown = new Set(threads.flatMap(({ comments }) => comments.map(({ body }) => body)));
      for (const event of events) {
        const later = events.some(
          ({ value }) =>
            value.type === 'edit' &&
            value.by === event.value.by &&
            value.thread === event.value.thread &&
            value.record === event.value.record &&
            value.body !== event.value.body,
        );
        assert.ok(shown.has(event.value.body ?? '') || later, event.value.body);
      }
    }),
    { numRuns: 300 },
  );
});

test('a thread is resolved where its last step is a resolve in its own folder, and nowhere else', () => {
  fc.assert(
    fc.property(eventsArbitrary, (drawn) => {
      const events = drawn
        .map(([name, said, folder]) => reviewEvent(name, said, folder))
        .sort(compareEvents);
      for (const { state, id, record } of reviewThreads(events).threads) {
        const own = events.filter(
          ({ value, path }) =>
            value.thread === id &&
            value.record === record &&
            (value.type === 'reopen' || value.type === 'resolve') &&
            (value.type === 'reopen' || path.includes(`/${record}/`)),
        );
        // Of an event in several files, the first in the folder of its record counts.
        const rank = ({ path }: (typeof own)[number]): number =>
          Number(!path.includes(`/${record}/`));
        const first = (event: (typeof own)[number]): unknown =>
          own
            .filter(({ value }) => JSON.stringify(value) === JSON.stringify(event.value))
            .sort((a, b) => rank(a) - rank(b) || compareEvents(a, b))[0];
        assert.equal(
          state === 'resolved',
          own.filter((event) => first(event) === event).at(-1)?.value.type === 'resolve',
        );
      }
    }),
    { numRuns: 300 },
  );
});

test('every code of a review finding has a section in docs/findings.md', async () => {
  const root = new URL('../../../', import.meta.url);
  const source = await readFile(new URL('src/core/reviews/review-threads.ts', root), 'utf8');
  const documented = new Set(
    [...(await readFile(new URL('docs/findings.md', root), 'utf8')).matchAll(/^## (\S+)$/gm)].map(
      ([, code]) => code,
    ),
  );
  const codes = [...source.matchAll(/code: '(review\/[a-z-]+)'/g)].map(([, code]) => code);
  assert.equal(codes.length, 5);
  assert.deepEqual(
    codes.filter((code) => !documented.has(code)),
    [],
  );
});
