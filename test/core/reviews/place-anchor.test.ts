import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { anchorPlacer, type PlaceState } from '../../../src/core/reviews/place-anchor.ts';
import { quoteOf, wordsOf } from '../../../src/core/reviews/quote.ts';
import {
  followPointer,
  readPointer,
  writePointer,
} from '../../../src/core/reviews/yaml-pointer.ts';
import { fc } from '../../drawn-inputs.ts';

const record = `schema: countersign/decision@1
id: DR-0001
title: Lower the bar
risk: high
context: >
  Seven people, from applicants to recruiters,
  tell us that women are missed.
options:
  - {title: Lower the bar for everyone, against: "More \\"false\\" offers"}
  - title: One bar for each gender
    for: Keeps accuracy
rollback:
  plan: |
    Set the bar back to 0.5.
    Run the scoring again, then tell the recruiters.
  owner: ada
`;

const women = 'tell us that women are missed.';
const moved = record.replace('rollback:', '# a note\nrollout: {kind: full}\nrollback:');

type Row = readonly [
  name: string,
  text: string,
  anchor: { readonly path?: string; readonly quote?: string },
  state: PlaceState,
  path: string | null,
  lines: readonly [number, number],
];

const rows: readonly Row[] = [
  ['the whole record', record, {}, 'exact', '', [1, 1]],
  ['a value without a quote', record, { path: '/risk' }, 'exact', '/risk', [4, 4]],
  [
    'words in a folded text',
    record,
    { path: '/context', quote: 'recruiters, tell us' },
    'exact',
    '/context',
    [6, 7],
  ],
  [
    'words of one line in a block',
    record,
    { path: '/rollback/plan', quote: 'Run the scoring again' },
    'exact',
    '/rollback/plan',
    [15, 15],
  ],
  [
    'words that are escaped stand at their value',
    record,
    { path: '/options/0/against', quote: 'More "false" offers' },
    'exact',
    '/options/0/against',
    [9, 9],
  ],
  [
    'a map',
    record,
    { path: '/rollback', quote: 'again, then tell the recruiters. ada' },
    'exact',
    '/rollback',
    [12, 16],
  ],
  [
    'lines above it move it along',
    moved,
    { path: '/rollback/plan', quote: 'Run the scoring again' },
    'exact',
    '/rollback/plan',
    [17, 17],
  ],
  [
    'an item before it',
    record.replace('options:\n', 'options:\n  - {title: Do nothing}\n'),
    { path: '/options/1/title', quote: 'One bar for each gender' },
    'moved',
    '/options/2/title',
    [11, 11],
  ],
  [
    'a key that was renamed',
    record.replace('rollback:', 'x-way-back:'),
    { path: '/rollback/plan', quote: 'Run the scoring again' },
    'moved',
    '/x-way-back/plan',
    [15, 15],
  ],
  [
    'words that went to another field',
    record.replace(`\n  ${women}`, ' all.').replace('Lower the bar\n', `As they ${women}\n`),
    { path: '/context', quote: women },
    'moved',
    '/title',
    [3, 3],
  ],
  [
    'words that were rewritten',
    record.replace('Run the scoring again', 'Score once more'),
    { path: '/rollback/plan', quote: 'Run the scoring again' },
    'changed',
    '/rollback/plan',
    [13, 15],
  ],
  [
    'few words prove nothing elsewhere',
    record.replace('risk: high', 'risk: low').replace('Lower the bar\n', 'A high bar\n'),
    { path: '/risk', quote: 'high' },
    'changed',
    '/risk',
    [4, 4],
  ],
  [
    'few words that are the whole value do',
    record.replace('risk: high\n', '').replace('id:', 'x-risk: high\nid:'),
    { path: '/risk', quote: 'high' },
    'moved',
    '/x-risk',
    [2, 2],
  ],
  [
    'a key that is gone without a quote',
    record.replace('  owner: ada\n', ''),
    { path: '/rollback/owner' },
    'lost',
    null,
    [12, 15],
  ],
  [
    'all that it was about is gone',
    record.slice(0, record.indexOf('rollback:')),
    { path: '/rollback/plan', quote: 'Run the scoring again' },
    'lost',
    null,
    [1, 1],
  ],
  [
    'a text that is no path names the whole record',
    record,
    { path: 'rollback.plan', quote: 'Run the scoring again' },
    'exact',
    '',
    [15, 15],
  ],
  ['a key that only looks inherited', record, { path: '/constructor/name' }, 'lost', null, [1, 1]],
];

for (const [name, text, anchor, state, path, lines] of rows) {
  test(`an anchor in a record: ${name}`, () => {
    const placed = anchorPlacer('.countersign/decisions/DR-0001.yaml', text)?.(anchor);
    assert.deepEqual(
      [placed?.state, placed?.path, [placed?.at.line, placed?.at.end_line]],
      [state, path, lines],
    );
    assert.ok((placed?.why ?? '').length > 10);
  });
}

test('a text that is no record places nothing, one with errors still does', () => {
  assert.equal(anchorPlacer('a.yaml', 'just words'), null);
  assert.equal(anchorPlacer('a.yaml', ''), null);
  assert.equal(
    anchorPlacer('a.yaml', 'id: DR-0001\nrisk: high\nrisk: low\n')?.({ path: '/risk' }).at.line,
    2,
  );
});

const key = fc.string({ minLength: 1, maxLength: 6 });
const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.string(), fc.lorem({ maxCount: 12 }));
const { tree } = fc.letrec<{ readonly tree: unknown; readonly map: object }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }),
    tie('map'),
  ),
  map: fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
}));

test('a pointer leads back to where it was written from', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(key, fc.nat({ max: 9 })), { maxLength: 4 }), (path) => {
      assert.deepEqual(readPointer(writePointer(path)), path.map(String));
    }),
  );
});

test('the beginning of a value is found where the value stands', () => {
  const pathsOf = (
    value: unknown,
    at: readonly (string | number)[],
  ): readonly (readonly (string | number)[])[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([step, item]) => [
          [...at, Array.isArray(value) ? Number(step) : step],
          ...pathsOf(item, [...at, Array.isArray(value) ? Number(step) : step]),
        ])
      : [];
  fc.assert(
    fc.property(fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 }), (value) => {
      const text = stringify(value, { version: '1.2', schema: 'core' });
      const place = anchorPlacer('a.yaml', text);
      if (place === null) return;
      for (const path of pathsOf(value, [])) {
        const pointer = writePointer(path);
        const there = followPointer(value, readPointer(pointer) ?? []);
        const quote = quoteOf(there.value);
        assert.ok(wordsOf(there.value).includes(quote) && quote.length <= 160);
        const placed = place({ path: pointer, quote });
        assert.equal(placed.state, 'exact', `${pointer} in ${text}`);
        assert.ok(placed.at.line >= 1 && placed.at.end_line <= text.split('\n').length);
      }
    }),
    { numRuns: 200 },
  );
});
