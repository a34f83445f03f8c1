// biome-ignore-all lint/suspicious/noThenProperty: the key of a rule's second half is called so in the file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareItems, type InboxItem } from '../../../src/core/inbox/inbox-item.ts';
import { waitingFeedback } from '../../../src/core/inbox/waiting-feedback.ts';
import { waitingConditions } from '../../../src/core/inbox/waiting-signoffs.ts';
import { waitingThreads } from '../../../src/core/inbox/waiting-threads.ts';
import type { Feedback } from '../../../src/core/records/feedback.ts';
import type { NewEvent } from '../../../src/core/reviews/new-event.ts';
import { reviewThreads } from '../../../src/core/reviews/review-threads.ts';
import { reviewEvent } from '../reviews/events.ts';

const cy = 'Cy <cy@example.org>';
const ada = 'Ada <ada@example.org>';
const ben = 'Ben <ben@example.org>';
const now = new Date('2026-11-24T12:00:00Z');

function threadsFor(
  me: string,
  owned: readonly string[],
  ...events: readonly (readonly [string, Partial<NewEvent>])[]
): readonly (readonly [string, boolean])[] {
  const { threads } = reviewThreads(events.map(([name, said]) => reviewEvent(name, said)));
  return waitingThreads(threads, {
    me: me.split(' ', 1)[0]?.toLowerCase() ?? '',
    isMine: (by) => by === me,
    owns: (record) => owned.includes(record),
    branchesOf: () => ['origin/topic'],
    now,
  }).map(({ kind, overdue }) => [kind, overdue]);
}

const asked = ['a', { type: 'comment', body: 'Who?', by: cy, at: '2026-11-18T09:00:00Z' }] as const;
const told = ['b', { type: 'reply', body: 'I do.', by: ada, at: '2026-11-18T10:00:00Z' }] as const;
const found = [
  'c',
  {
    thread: 'T2',
    type: 'finding',
    body: 'No target',
    severity: 'high',
    due: '2026-11-23',
    by: cy,
    at: '2026-11-18T09:00:00Z',
  },
] as const;

const rows: readonly (readonly [
  string,
  string,
  readonly string[],
  readonly (readonly [string, Partial<NewEvent>])[],
  readonly (readonly [string, boolean])[],
])[] = [
  [
    'the owner of the record, where another spoke last',
    ada,
    ['DR-0001'],
    [asked],
    [['thread', false]],
  ],
  ['not who spoke last', ada, ['DR-0001'], [asked, told], []],
  ['who asked, once there is an answer', cy, [], [asked, told], [['thread', false]]],
  [
    'who is named in it',
    ben,
    [],
    [['a', { ...asked[1], body: '@cy @ben: please review this.' }]],
    [['thread', false]],
  ],
  [
    'not who has the beginning of that name',
    ben,
    [],
    [['a', { ...asked[1], body: '@benedict @ben-2: please review this.' }]],
    [],
  ],
  ['nobody else', ada, [], [asked], []],
  [
    'nobody, once it is resolved',
    cy,
    [],
    [asked, told, ['d', { type: 'resolve', by: ada, at: '2026-11-18T11:00:00Z' }]],
    [],
  ],
  ['the owner, where a finding is overdue', ada, ['DR-0001'], [found], [['finding', true]]],
  [
    'the owner, though they spoke last',
    ada,
    ['DR-0001'],
    [found, ['e', { ...told[1], thread: 'T2' }]],
    [['finding', true]],
  ],
  [
    'the owner, where a finding has the day yet',
    ada,
    ['DR-0001'],
    [['c', { ...found[1], due: '2026-11-24' }]],
    [['finding', false]],
  ],
];

for (const [what, me, owned, events, expected] of rows)
  test(`a review thread waits for ${what}`, () =>
    assert.deepEqual(threadsFor(me, owned, ...events), expected));

const item: Feedback = {
  schema: 'countersign/feedback@1',
  id: 'FB-0001',
  title: 'Unfair',
  channel: 'survey',
  observed_at: 'unknown',
  status: 'new',
};
const rules = {
  schema: 'countersign/triage@1',
  rules: [{ id: 'all', when: {}, then: { assignee: 'validator' } }],
} as unknown as Parameters<typeof waitingFeedback>[1];
const version = (
  more: Partial<Feedback>,
  branch = 'main',
): { readonly value: Feedback; readonly branches: readonly string[] } => ({
  value: { ...item, ...more },
  branches: [branch],
});

const items: readonly (readonly [string, Parameters<typeof waitingFeedback>, RegExp | null])[] = [
  ['nobody’s waits for everybody', [[version({})], null, new Set(['ben'])], /is nobody’s/],
  [
    'what a rule proposes for a role waits for who has it',
    [[version({})], rules, new Set(['ben', 'validator'])],
    /would be yours/,
  ],
  ['and not for others', [[version({})], rules, new Set(['ada'])], null],
  [
    'what is assigned waits for its assignee',
    [[version({ assignee: 'ada' })], rules, new Set(['ada'])],
    /is assigned to you/,
  ],
  [
    'what another branch has triaged waits no more',
    [[version({}), version({ status: 'triaged' }, 'topic')], null, new Set(['ada'])],
    null,
  ],
  ['nothing is nothing', [[], null, new Set(['ada'])], null],
];

for (const [what, args, says] of items) {
  test(`feedback to triage: ${what}`, () => {
    const waiting = waitingFeedback(...args);
    if (says === null) assert.equal(waiting, null);
    else assert.match(waiting?.what ?? '', says);
  });
}

test('what is overdue comes first, then what is to be signed, then by day', () => {
  const made = (kind: InboxItem['kind'], due: string | null, overdue = false): InboxItem => ({
    kind,
    branches: [],
    what: '',
    about: kind,
    due,
    overdue,
    command: '',
  });
  const sorted = [
    made('triage', null),
    made('finding', '2026-12-02'),
    made('finding', '2026-12-01'),
    made('signoff', null),
    made('condition', '2026-11-01', true),
  ].sort(compareItems);
  assert.deepEqual(
    sorted.map(({ kind, due }) => [kind, due]),
    [
      ['condition', '2026-11-01'],
      ['signoff', null],
      ['finding', '2026-12-01'],
      ['finding', '2026-12-02'],
      ['triage', null],
    ],
  );
});

const owed = {
  text: 'rehearse',
  owner: 'ada',
  due: '2026-12-01',
  rule: 'model-change',
  by: 'ben',
  role: 'validator',
  state: 'open',
  payload: 'sha256:1',
  condition: 0,
} as const;

for (const [me, condition, wanted] of [
  [
    'ada',
    owed,
    'do what ben approved model-change on: rehearse; once it is done, tell ben, who closes it, as could another validator',
  ],
  ['ben', owed, 'you close a condition that ada owns: rehearse'],
  ['ada', { ...owed, by: 'ada' }, 'do what you approved model-change on, then close it: rehearse'],
] as const) {
  test(`a condition of ${condition.by} that ada owns says to ${me} what to do`, () => {
    assert.deepEqual(
      waitingConditions([condition], { names: ['main'], go: '', range: 'main...HEAD' }, me).map(
        ({ what }) => what,
      ),
      [wanted],
    );
  });
}
