import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentBox, threadOfBox } from '../../src/extension/reviews/comment-box.ts';

const ours = { scheme: 'comment', authority: 'countersign.reviews' };
const uuid = '31ff3298-5f0f-4ff0-b1ad-db9c2fbfd696';

for (const [what, uri, box] of [
  [
    'a new thread',
    { ...ours, path: `/countersign.countersign/commentinput-${uuid}-2.md` },
    { kind: 'new' },
  ],
  [
    'a reply',
    { ...ours, path: `/countersign.countersign/commentinput-${uuid}-countersign.reviews.12.md` },
    { kind: 'reply', number: 12 },
  ],
  [
    'an edit',
    { ...ours, authority: '', path: '/commentinput-2-1795510711467.md' },
    { kind: 'edit' },
  ],
  [
    'another extension',
    { ...ours, authority: 'other', path: `/a.b/commentinput-${uuid}-2.md` },
    null,
  ],
  ['another scheme', { ...ours, scheme: 'file', path: `/commentinput-${uuid}-2.md` }, null],
  ['another document', { ...ours, path: '/notes.md' }, null],
] as const) {
  test(`the box of a comment: ${what}`, () => assert.deepEqual(commentBox(uri), box));
}

for (const [what, number, numbers, threads, found] of [
  ['in order', 7, [7, 3, 9, 3], ['a', 'b', 'c'], 'b'],
  ['more boxes than threads', 7, [7, 3, 9], ['a', 'b'], undefined],
  ['fewer boxes than threads', 7, [7], ['a', 'b'], undefined],
  ['a number that was not seen', 8, [7], ['a'], undefined],
] as const) {
  test(`the thread of a numbered box: ${what}`, () =>
    assert.equal(threadOfBox(number, numbers, threads), found));
}
