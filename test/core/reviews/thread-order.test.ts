import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { compareEvents } from '../../../src/core/reviews/event-order.ts';
import { type ReviewThreads, reviewThreads } from '../../../src/core/reviews/review-threads.ts';
import { reviewEvent } from './events.ts';
import { fc } from '../../drawn-inputs.ts';
import { ada, at, cy } from './thread-events.ts';

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
