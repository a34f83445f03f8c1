import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointAt } from '../../../src/core/reviews/point-at.ts';

const record = `schema: countersign/decision@1
id: DR-0001
title: "Lower the bar"

# why
context: >
  Seven people tell us
  that women are missed.
options:
  - title: Lower the bar for everyone
    against: [More false offers, "Slower: twice"]
  - {title: Two bars, for: Accuracy}
rollback:
  plan: |
    Set the bar back.
    Run it again.
  owner: ada
`;

const rows: readonly (readonly [
  what: string,
  first: number,
  last: number,
  words: string,
  pointer: string,
  quote: string | undefined,
])[] = [
  ['a line of a single value', 2, 2, '', '/id', 'DR-0001'],
  ['a line in quotes', 3, 3, '', '/title', 'Lower the bar'],
  ['a line of a folded text', 8, 8, '', '/context', 'that women are missed.'],
  ['the key of a folded text', 6, 6, '', '/context', undefined],
  [
    'several lines of it',
    7,
    8,
    'people tell us\n  that women',
    '/context',
    'people tell us that women',
  ],
  ['an item of a list', 10, 10, '', '/options/0/title', 'Lower the bar for everyone'],
  ['words in a short list', 11, 11, 'false offers', '/options/0/against/0', 'false offers'],
  ['a short list', 11, 11, '', '/options/0/against', undefined],
  ['a map in braces', 12, 12, '', '/options/1', undefined],
  ['words in a map in braces', 12, 12, 'Two bars', '/options/1/title', 'Two bars'],
  ['two options', 10, 12, '', '/options', undefined],
  ['a line of a block', 16, 16, '', '/rollback/plan', 'Run it again.'],
  ['a key with a block below', 13, 13, '', '/rollback', undefined],
  ['an empty line', 4, 4, '', '', undefined],
  ['a comment', 5, 5, '', '', undefined],
  ['everything', 1, 17, record, '', undefined],
  ['past the end', 99, 99, '', '', undefined],
];

for (const [what, first, last, words, pointer, quote] of rows) {
  test(`pointing at ${what}`, () =>
    assert.deepEqual(pointAt('a.yaml', record, { first, last, words }), { pointer, quote }));
}

test('a record with errors still has places, a text that is none has not', () => {
  assert.equal(
    pointAt('a.yaml', record.replace('id: DR-0001', 'id: DR-0001\nid: DR-0002'), {
      first: 17,
      last: 17,
      words: '',
    })?.pointer,
    '/rollback/plan',
  );
  assert.equal(pointAt('a.yaml', 'words', { first: 1, last: 1, words: '' }), null);
});
