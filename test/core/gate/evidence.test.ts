import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { listed, uncited } from '../../../src/core/gate/citation.ts';
import { decisionOf, signoffOf } from './values.ts';
import { any, covering, elsewhere, hold, moved, one, two, with_ } from './evidence-values.ts';

hold('a decision', [
  {
    name: 'none',
    demand: any,
    context: with_([]),
    want: 'substance',
    ref: null,
    why: /^no decision is accepted$/,
  },
  {
    name: 'anywhere, listed',
    demand: any,
    context: with_([elsewhere]),
    want: 'met',
    ref: 'DR-0003',
  },
  {
    name: 'one that is not accepted',
    demand: any,
    context: with_([decisionOf('DR-0001', { status: 'proposed' })]),
    want: 'substance',
  },
  {
    name: 'not listed',
    demand: any,
    context: with_([one], {}, []),
    want: 'citation',
    ref: 'DR-0001',
  },
  {
    name: 'listed as it was before',
    demand: any,
    context: with_([one], {}, [moved]),
    want: 'citation',
  },
  {
    name: 'another file of that content listed',
    demand: any,
    context: with_([one], {}, [decisionOf('DR-0009')]),
    want: 'citation',
  },
  {
    name: 'one of two listed',
    demand: any,
    context: with_([one, two], {}, [two]),
    want: 'met',
    ref: 'DR-0002',
  },
  {
    name: 'before anybody could sign',
    demand: any,
    context: with_([one], { citing: null }),
    want: 'met',
  },
  {
    name: 'where nobody signed',
    demand: any,
    context: with_([one], { citing: [] }),
    want: 'citation',
    why: /^no independent approval lists \.countersign\/decisions\/DR-0001\.yaml as it is now; one that is signed now will$/,
  },
  {
    name: 'where one of two signers does not list it',
    demand: any,
    context: with_([one], {
      citing: [
        signoffOf('ben', { evidence: [{ path: one.path, sha256: one.sha256 }] }),
        signoffOf('cy'),
      ],
    }),
    want: 'citation',
  },
  {
    name: 'of two, the one that the change brings is told',
    demand: any,
    context: with_([one, two], { decisionsAtTip: [one] }),
    want: 'met',
    ref: 'DR-0002',
  },
  {
    name: 'of two that are not listed, the one that the change brings is told',
    demand: any,
    context: with_([one, two], { decisionsAtTip: [one] }, []),
    want: 'citation',
    ref: 'DR-0002',
  },
  { name: 'over the files', demand: covering, context: with_([one]), want: 'met', ref: 'DR-0001' },
  {
    name: 'over other files',
    demand: covering,
    context: with_([elsewhere]),
    want: 'substance',
    ref: null,
    why: /^no decision that is accepted or shipped stands over model\/score\.py$/,
  },
  {
    name: 'over one file of two',
    demand: covering,
    context: with_([one], { files: ['model/a.py', 'params.yaml'] }),
    want: 'substance',
    why: /params\.yaml$/,
  },
  {
    name: 'each file has its own',
    demand: covering,
    context: with_([one, elsewhere], { files: ['model/a.py', 'docs/x.md'] }),
    want: 'met',
  },
  {
    name: 'each file has its own, and one is not listed',
    demand: covering,
    context: with_([one, elsewhere], { files: ['model/a.py', 'docs/x.md'] }, [one]),
    want: 'citation',
    ref: 'DR-0003',
  },
  {
    name: 'a path that is not UTF-8 is covered by none',
    demand: covering,
    context: with_([decisionOf('DR-0001', { governs: ['**'] })], { files: [null] }),
    want: 'substance',
    why: /\(a path that is not UTF-8\)$/,
  },
  {
    name: 'by an anchor alone',
    demand: covering,
    context: with_([
      decisionOf('DR-0001', {
        governs: [],
        trail: { code: [{ path: 'model/score.py', lines: [1, 1] }] },
      }),
    ]),
    want: 'met',
  },
  {
    name: 'anchored elsewhere',
    demand: covering,
    context: with_([
      decisionOf('DR-0001', {
        governs: [],
        trail: { code: [{ path: 'model/other.py', lines: [1, 1] }] },
      }),
    ]),
    want: 'substance',
  },
  {
    name: 'by a glob that would take time without end',
    demand: covering,
    context: with_([decisionOf('DR-0001', { governs: ['*'.repeat(3).concat('(a)').repeat(40)] })]),
    want: 'substance',
  },
]);

test('who has to sign again for a file is who signed without it', () => {
  const [lists, misses] = [
    signoffOf('ben', { evidence: [{ path: one.path, sha256: one.sha256 }] }),
    signoffOf('cy'),
  ];
  assert.match(
    uncited(one, [lists, misses, signoffOf('ada'), misses]),
    /^the approval of ada and cy does not list \.countersign\/decisions\/DR-0001\.yaml as it is now: ada and cy must look/,
  );
  for (const citing of [null, [], [lists]])
    assert.match(uncited(one, citing), /^no independent approval lists/);
});

test('a few names, and how many more', () => {
  assert.equal(listed(['a', null]), 'a, (a path that is not UTF-8)');
  assert.equal(listed(['a', 'b', 'c']), 'a, b, c');
  assert.equal(listed(['a', 'b', 'c', 'd', 'e']), 'a, b, c and 2 more');
});
