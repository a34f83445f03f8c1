import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { noRows, settleRows, type SettledRows } from '../../src/extension/tree/settle-rows.ts';
import type { TreeNode } from '../../src/extension/tree/tree-node.ts';

const row = (id: string, label: string, ...children: readonly TreeNode[]): TreeNode => ({
  id,
  label,
  ...(children.length > 0 ? { children } : {}),
});
const first = [
  row('new', 'New', row('a', 'A'), row('b', 'B')),
  row('done', 'Done', row('c', 'C', row('c1', 'C1'))),
];
const ids = ({ changed }: SettledRows): unknown =>
  changed === 'all' ? 'all' : changed.map(({ id }) => id);

const rows: readonly (readonly [string, readonly TreeNode[], unknown])[] = [
  ['nothing', first, []],
  ['a label', [row('new', 'New', row('a', 'A2'), row('b', 'B')), first[1] as TreeNode], ['a']],
  [
    'a row below a row that changed comes along',
    [first[0] as TreeNode, row('done', 'Done 1', row('c', 'C2', row('c1', 'C1')))],
    ['done'],
  ],
  [
    'a row that went to another parent',
    [
      row('new', 'New', row('b', 'B')),
      row('done', 'Done', row('c', 'C', row('c1', 'C1')), row('a', 'A')),
    ],
    ['new', 'done'],
  ],
  [
    'a row deep down that is gone',
    [first[0] as TreeNode, row('done', 'Done', row('c', 'C'))],
    ['c'],
  ],
  [
    'another order',
    [row('new', 'New', row('b', 'B'), row('a', 'A')), first[1] as TreeNode],
    ['new'],
  ],
  ['a row at the top that is gone', [first[0] as TreeNode], 'all'],
];

for (const [name, fresh, changed] of rows) {
  test(`what is drawn again: ${name}`, () => {
    const before = settleRows(noRows, first);
    const after = settleRows(before, fresh);
    assert.deepEqual(ids(after), changed);
    assert.deepEqual(after.roots, fresh);
  });
}

test('the same id is the same object after every refresh, with what is new in it', () => {
  const before = settleRows(noRows, first);
  const a = before.byId.get('a');
  const after = settleRows(before, [
    row('new', 'New', { ...row('a', 'A2'), icon: 'pass' }, row('b', 'B')),
    first[1] as TreeNode,
  ]);
  assert.equal(after.byId.get('a'), a);
  assert.deepEqual(a, { id: 'a', label: 'A2', icon: 'pass' });
  assert.equal(after.parents.get('a'), after.byId.get('new'));
  const last = settleRows(after, first);
  assert.deepEqual(
    last.byId.get('a'),
    { id: 'a', label: 'A' },
    'what a row no longer says is gone from it',
  );
});
