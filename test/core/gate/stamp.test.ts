import assert from 'node:assert/strict';
import { test } from 'node:test';
import { provenTimes, type Stamp, stampedCommit } from '../../../src/core/gate/stamp.ts';

const steps = ['a', 'b', 'c', 'd'].map((oid, index) => ({
  oid,
  time: new Date(Date.UTC(2026, 0, 1 + index)),
}));
const stamp = (commit: string, time: string): Stamp => ({
  commit,
  file: `.countersign/stamps/${commit}.tsr`,
  time,
  authority: null,
});

const rows: readonly {
  readonly name: string;
  readonly stamps: readonly Stamp[];
  readonly by: readonly (string | null)[];
  readonly days: readonly number[];
}[] = [
  {
    name: 'without stamps dates stand',
    stamps: [],
    by: [null, null, null, null],
    days: [1, 2, 3, 4],
  },
  {
    name: 'a stamp is over all that came before, and moves no earlier date',
    stamps: [stamp('c', '2026-01-09T00:00:00Z')],
    by: ['c', 'c', 'c', null],
    days: [1, 2, 3, 4],
  },
  {
    name: 'the earliest over it or over what rests on it counts',
    stamps: [
      stamp('b', '2026-01-09T00:00:00Z'),
      stamp('c', '2026-01-07T00:00:00Z'),
      stamp('d', '2026-01-08T00:00:00Z'),
    ],
    by: ['c', 'c', 'c', 'd'],
    days: [1, 2, 3, 4],
  },
  {
    name: 'two over one commit: the earlier',
    stamps: [stamp('d', '2026-01-09T00:00:00Z'), stamp('d', '2026-01-08T00:00:00Z')],
    by: ['d', 'd', 'd', 'd'],
    days: [1, 2, 3, 4],
  },
  {
    name: 'a date after the stamp was no date',
    stamps: [stamp('c', '2026-01-02T00:00:00Z')],
    by: ['c', 'c', 'c', null],
    days: [1, 2, 2, 4],
  },
  {
    name: 'a stamp over something else says nothing',
    stamps: [stamp('x', '2026-01-01T00:00:00Z')],
    by: [null, null, null, null],
    days: [1, 2, 3, 4],
  },
];

for (const { name, stamps, by, days } of rows) {
  test(name, () => {
    const proven = provenTimes(steps, stamps);
    assert.deepEqual(
      proven.map((step) => step.stamp?.commit ?? null),
      by,
    );
    assert.deepEqual(
      proven.map(({ time }) => time.getUTCDate()),
      days,
    );
    assert.deepEqual(
      proven.map(({ oid }) => oid),
      steps.map(({ oid }) => oid),
    );
  });
}

test('the earlier of two stamps over one commit is the one that is named', () => {
  const times = ['2026-01-09T00:00:00Z', '2026-01-08T00:00:00Z'];
  for (const order of [times, times.toReversed()])
    assert.equal(
      provenTimes(
        steps,
        order.map((time) => stamp('d', time)),
      )[3]?.stamp?.time,
      '2026-01-08T00:00:00Z',
    );
});

test('a stamp is named by a whole object id', () => {
  const oid = 'ab'.repeat(20);
  assert.equal(stampedCommit(`.countersign/stamps/${oid}.tsr`), oid);
  assert.equal(stampedCommit(`.countersign/stamps/${'ab'.repeat(32)}.tsr`), 'ab'.repeat(32));
  for (const path of [
    `x.countersign/stamps/${oid}.tsr`,
    `.countersign/stamps/${oid.slice(1)}.tsr`,
    `.countersign/stamps/${oid.toUpperCase()}.tsr`,
    `.countersign/stamps/x/${oid}.tsr`,
    `.countersign/stamps/${oid}.tsq`,
    `stamps/${oid}.tsr`,
    `.countersign/stamps/${oid}.tsr\n`,
  ])
    assert.equal(stampedCommit(path), null, path);
});
