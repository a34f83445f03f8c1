import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duplicateFindings } from '../../../src/core/feedback/duplicate-findings.ts';
import { parseRecord } from '../../../src/core/records/parse-record.ts';

const rows: readonly (readonly [what: string, rest: string, codes: readonly string[]])[] = [
  ['a duplicate', 'status: duplicate\nduplicate_of: FB-0002\n', []],
  ['a duplicate of nobody knows what', 'status: duplicate\n', []],
  ['an item of its own', 'status: triaged\n', []],
  [
    'an item taken up again',
    'status: triaged\nduplicate_of: FB-0002\n',
    ['record/duplicate-status 7'],
  ],
  ['a shipped item', 'status: shipped\nduplicate_of: FB-0002\n', ['record/duplicate-status 7']],
];

for (const [what, rest, codes] of rows)
  test(`what an item says of being a duplicate: ${what}`, () => {
    const text = `schema: countersign/feedback@1\nid: FB-0001\ntitle: One\nchannel: survey\nobserved_at: unknown\n${rest}`;
    const { record } = parseRecord(
      '.countersign/feedback/FB-0001.yaml',
      new TextEncoder().encode(text),
    );
    assert.ok(record);
    assert.deepEqual(
      duplicateFindings([record]).map(({ code, line }) => `${code} ${line}`),
      codes,
    );
  });
