import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleFieldFindings } from '../../../src/core/feedback/rule-field-findings.ts';
import { parseRecord } from '../../../src/core/records/parse-record.ts';
import { sliceDoubts } from '../../../src/core/records/slice-doubts.ts';

const slices: readonly (readonly [where: string, fix: string | null])[] = [
  ["gender = 'female'", null],
  ['gender = "female"', "write gender = 'female'"],
  ['gender="female" AND age < 3', "write gender='female' AND age < 3"],
  ['race IN ("a", "b")', "write race IN ('a', 'b')"],
  ['name LIKE "O\'B%"', "write name LIKE 'O''B%'"],
  ['"age group" = \'30\'', null],
  ['a <> "b c"', null],
];

for (const [where, fix] of slices)
  test(`a slice where ${where}`, () => {
    const text = `schema: countersign/slice@1\nid: SL-DOUBT001\ntitle: x\ntable: t\nwhere: |-\n  ${where}\ncolumns: ["b c"]\n`;
    const { record } = parseRecord(
      '.countersign/slices/SL-DOUBT001.yaml',
      new TextEncoder().encode(text),
    );
    assert.ok(record);
    assert.deepEqual(
      sliceDoubts([record]).map((found) => [found.code, found.fix]),
      fix === null ? [] : [['record/double-quotes', fix]],
    );
  });

const curly: readonly (readonly [where: string, fix: string | null])[] = [
  ['gender = ‘female’', "write gender = 'female'"],
  ['gender = “female” AND age < 3', "write gender = 'female' AND age < 3"],
  ["name = 'O’Brien'", null],
  ["name = 'it''s “so”' AND gender = ’f’", "write name = 'it''s “so”' AND gender = 'f'"],
];

for (const [where, fix] of curly)
  test(`a slice in the quotes of a word processor: ${where}`, () => {
    const text = `schema: countersign/slice@1\nid: SL-DOUBT001\ntitle: x\ntable: t\nwhere: |-\n  ${where}\n`;
    const { record } = parseRecord(
      '.countersign/slices/SL-DOUBT001.yaml',
      new TextEncoder().encode(text),
    );
    assert.ok(record);
    assert.deepEqual(
      sliceDoubts([record]).map((found) => [found.code, found.fix]),
      fix === null ? [] : [['record/curly-quotes', fix]],
    );
  });

test('a rule that looks for words in the quotes of a word processor', () => {
  const text =
    'schema: countersign/triage@1\nrules:\n  - id: a\n    when: {text: [unfair, “turned down”, it’s so]}\n    then: {component: x}\n';
  const { record } = parseRecord('.countersign/triage.yaml', new TextEncoder().encode(text));
  assert.ok(record);
  assert.deepEqual(
    ruleFieldFindings([record]).map(({ code, line, column, fix }) => [code, line, column, fix]),
    [['record/curly-quotes', 4, 27, 'write "turned down"']],
  );
});
