import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { appendOnlyFindings } from '../../../src/core/gate/append-only-findings.ts';
import type { RangeCommit } from '../../../src/core/gate/authors.ts';
import type { RawEntry } from '../../../src/core/gate/raw-diff.ts';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';
import {
  back,
  commitOf,
  entry,
  exception,
  lands,
  notUtf8,
  oid,
  signoff,
  told,
} from './change-values.ts';

const review = '.countersign/reviews/DR-0001/20260101T000000Z-ada-0001.yaml';

const added = entry(signoff);

const altered: readonly {
  readonly name: string;
  readonly entries?: readonly RawEntry[];
  readonly touched?: readonly RawEntry[];
  readonly lands?: ReadonlyMap<string, string>;
  readonly want: string | null;
}[] = [
  { name: 'added', entries: [added], touched: [added], lands: lands(signoff), want: null },
  {
    name: 'edited',
    entries: [entry(signoff, '100644', '100644')],
    lands: lands(signoff),
    want: 'signoff/edited',
  },
  { name: 'deleted', entries: [entry(signoff, '000000', '100644')], want: 'signoff/deleted' },
  {
    name: 'added and deleted in the range',
    touched: [added, entry(signoff, '000000', '100644')],
    want: 'signoff/deleted',
  },
  {
    name: 'added and edited in the range',
    entries: [entry(signoff, '100644', '000000', '2')],
    touched: [added],
    lands: new Map([[signoff, oid('2')]]),
    want: 'signoff/edited',
  },
  {
    name: 'added by one history and dropped by a merge',
    touched: [added],
    want: 'signoff/deleted',
  },
  {
    name: 'deleted and brought back as it was',
    touched: [entry(signoff, '000000', '100644'), added],
    lands: lands(signoff),
    want: 'signoff/deleted',
  },
  {
    name: 'an exception, edited',
    entries: [entry(exception, '100644', '100644')],
    lands: lands(exception),
    want: 'signoff/edited',
  },
  {
    name: 'a review event, edited',
    entries: [entry(review, '100644', '100644')],
    lands: lands(review),
    want: 'review/edited',
  },
  {
    name: 'a review event, deleted',
    entries: [entry(review, '000000', '100644')],
    want: 'review/deleted',
  },
  {
    name: 'any other file, edited',
    entries: [entry('model/a.py', '100644', '100644')],
    want: null,
  },
  { name: 'a path that is not UTF-8', entries: [entry(notUtf8, '100644', '100644')], want: null },
  { name: 'only in conflict', touched: [entry(review, '000000', '000000')], want: null },
];

for (const { name, entries = [], touched = [], lands: landing = new Map(), want } of altered) {
  test(`records are only ever added: ${name}`, () => {
    const path = [...entries, ...touched][0]?.path.text;
    assert.deepEqual(
      told(appendOnlyFindings({ entries, commits: [commitOf(...touched)] }, landing)),
      want === null ? [] : [[want, 'error', path]],
    );
  });
}

const putBack: readonly (readonly [
  name: string,
  touched: RawEntry,
  lands: string,
  asSigned: string,
  want: string | null,
])[] = [
  ['as it was signed', back, '1', `100644 ${oid('1')}`, null],
  ['with other bytes', back, '1', `100644 ${oid('2')}`, 'signoff/edited'],
  ['as a program', entry(signoff, '100755', '100644'), '1', `100644 ${oid('1')}`, 'signoff/edited'],
  ['and altered again', back, '2', `100644 ${oid('1')}`, 'signoff/edited'],
];

for (const [name, touched, landed, signed, want] of putBack)
  test(`what was altered on the target is put back: ${name}`, () =>
    assert.deepEqual(
      told(
        appendOnlyFindings(
          {
            entries: [touched],
            commits: [commitOf(touched)],
            asSigned: new Map([[signoff, signed]]),
          },
          new Map([[signoff, oid(landed)]]),
        ),
      ),
      want === null ? [] : [[want, 'error', signoff]],
    ));

test('a file that was taken away or edited is brought back from where it was as it was signed', () => {
  const [adds, edits] = [
    { ...commitOf(added), oid: oid('a') },
    { ...commitOf(entry(signoff, '100644', '100644', '2')), oid: oid('b') },
  ];
  const drops = { ...commitOf(entry(signoff, '000000', '100644')), oid: oid('d') };
  const source = (change: Parameters<typeof appendOnlyFindings>[0]): string | undefined =>
    /--source=([0-9a-f]+) /.exec(appendOnlyFindings(change, new Map())[0]?.fix ?? '')?.[1];
  assert.equal(
    source({ entries: [entry(signoff, '100644', '100644')], commits: [edits], tip: oid('7') }),
    '7'.repeat(12),
  );
  assert.equal(source({ entries: [], commits: [adds, drops], tip: oid('7') }), 'a'.repeat(12));
  assert.equal(
    source({
      entries: [entry(signoff, '100644', '000000', '2')],
      commits: [adds, edits],
      tip: oid('7'),
    }),
    'a'.repeat(12),
  );
  assert.equal(source({ entries: [], commits: [drops] }), undefined);
});

test('where nobody knows what would land, the commits alone tell what was taken away', () => {
  const change = { entries: [entry(signoff, '000000', '100644')], commits: [] };
  assert.deepEqual(told(appendOnlyFindings(change, new Map())), [
    ['signoff/deleted', 'error', signoff],
  ]);
  assert.deepEqual(
    appendOnlyFindings({ ...change, conflicts: [pathFromText('model/a.py')] }, new Map()),
    [],
  );
});

test('a signed file that is back is missed by nobody, and the commit that took it is named', () => {
  const deleted = entry(signoff, '000000', '100644');
  const back = entry(signoff, '100644', '000000');
  const [found] = appendOnlyFindings(
    { entries: [], commits: [{ ...commitOf(back), oid: oid('d') }, commitOf(deleted)], tip },
    new Map([[signoff, back.newOid]]),
  );
  assert.equal(
    found?.message,
    'a signed record was deleted in cccccccccccc; they are only ever added',
  );
  assert.equal(
    found?.fix,
    'no later commit mends that, so write the branch anew without it: git reset --soft $(git merge-base eeeeeeeeeeee HEAD) && git commit',
  );
});

const tip = 'e'.repeat(40);
const pending = (...touched: readonly RawEntry[]): RangeCommit => ({
  ...commitOf(...touched),
  oid: 'pending',
});
for (const [name, entries, commits, fix] of [
  [
    'the target has it',
    [entry(signoff, '000000', '100644')],
    [pending(entry(signoff, '000000', '100644'))],
    `bring the file back as it was: git restore --staged --worktree --source=eeeeeeeeeeee -- ${signoff}`,
  ],
  [
    'a commit of the branch has it',
    [],
    [commitOf(entry(signoff)), pending(entry(signoff, '000000', '100644'))],
    `bring the file back as it was: git restore --staged --worktree --source=cccccccccccc -- ${signoff}`,
  ],
  [
    'nobody knows who has it',
    [],
    [pending(entry(signoff, '000000', '100644'))],
    'bring the file back as it was',
  ],
  [
    'a commit took it from what the target has',
    [entry(signoff, '000000', '100644')],
    [commitOf(entry(signoff, '000000', '100644'))],
    `no later commit mends that, so write the branch anew without it: git reset --soft $(git merge-base eeeeeeeeeeee HEAD) && git restore --staged --worktree --source=eeeeeeeeeeee -- ${signoff} && git commit`,
  ],
  [
    'a commit took it from what another brought',
    [],
    [{ ...commitOf(entry(signoff, '000000', '100644')), oid: oid('d') }, commitOf(entry(signoff))],
    `no later commit mends that, so write the branch anew without it: git reset --soft $(git merge-base eeeeeeeeeeee HEAD) && git restore --staged --worktree --source=cccccccccccc -- ${signoff} && git commit`,
  ],
] as const)
  test(`a signed file that was deleted is brought back: ${name}`, () =>
    assert.equal(appendOnlyFindings({ entries, commits, tip }, new Map())[0]?.fix, fix));
