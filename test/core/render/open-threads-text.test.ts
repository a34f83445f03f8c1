import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ThreadFacts } from '../../../src/core/gate/evidence-context.ts';
import { openThreadsText } from '../../../src/core/render/open-threads-text.ts';

const now = new Date('2026-11-24T06:00:00Z');
const thread = (more: Partial<ThreadFacts> = {}): ThreadFacts => ({
  id: 't',
  record: 'DR-1',
  open: true,
  finding: false,
  due: null,
  closing: null,
  ...more,
});
const finding = (day: string): ThreadFacts =>
  thread({ finding: true, due: Date.parse(`${day}T00:00:00Z`) + 86_400_000 });
const read = (id: string): string => `; read: countersign review list ${id} --open`;

const rows: readonly (readonly [
  name: string,
  threads: readonly ThreadFacts[],
  wanted: readonly string[],
])[] = [
  ['nothing', [], []],
  ['a thread that is resolved', [thread({ open: false })], []],
  ['one thread', [thread()], [`DR-1: 1 thread is open${read('DR-1')}`]],
  [
    'a finding beside another thread',
    [thread(), finding('2026-12-01'), thread({ open: false })],
    [`DR-1: 2 threads are open, 1 of them a finding due 2026-12-01${read('DR-1')}`],
  ],
  [
    'a finding alone that is overdue',
    [finding('2026-11-23')],
    [`DR-1: 1 thread is open, a finding OVERDUE since 2026-11-23${read('DR-1')}`],
  ],
  [
    'a finding on its last day',
    [finding('2026-11-24')],
    [`DR-1: 1 thread is open, a finding due 2026-11-24${read('DR-1')}`],
  ],
  [
    'two findings',
    [finding('2026-12-09'), finding('2026-12-01')],
    [`DR-1: 2 threads are open, findings of which the first is due 2026-12-01${read('DR-1')}`],
  ],
  [
    'two findings, one overdue',
    [finding('2026-12-09'), finding('2026-11-01')],
    [`DR-1: 2 threads are open, findings of which 1 is OVERDUE${read('DR-1')}`],
  ],
  [
    'two records',
    [thread({ record: 'EV-1' }), thread()],
    [`DR-1: 1 thread is open${read('DR-1')}`, `EV-1: 1 thread is open${read('EV-1')}`],
  ],
];

for (const [name, threads, wanted] of rows)
  test(`in review before one signs: ${name}`, () =>
    assert.deepEqual(openThreadsText(threads, now), wanted));
