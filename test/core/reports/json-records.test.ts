import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonRecords } from '../../../src/core/reports/json-records.ts';

function read(text: string, length: number): unknown {
  const records = new JsonRecords();
  for (let at = 0; at < text.length; at += length)
    if (!records.push(text.slice(at, at + length))) break;
  return records.end();
}

const shapes: readonly (readonly [what: string, text: string, shape: object])[] = [
  [
    'an object a line',
    '{"a":1}\n{"a":2}\n',
    { rows: 2, columns: ['a'], form: 'newline_delimited' },
  ],
  ['empty lines between', '{"a":1}\n\n{"a":2}', { rows: 2, form: 'newline_delimited' }],
  ['a name that comes late', '{"a":1}\n{"a":2,"b":3}\n', { columns: ['a', 'b'] }],
  ['brackets, quotes and commas inside texts', '{"a":"}]\\"{,"}\n{"a":"\\\\"}\n', { rows: 2 }],
  ['one name inside and outside', '{"a":{"a":1,"b":{"a":2}},"b":2}\n{"a":2}\n', { rows: 2 }],
  ['names of inner objects are no columns', '{"a":{"b":[{"c":1}]}}\n{"a":2}\n', { columns: ['a'] }],
  ['texts in lists are no names', '{"a":["x","y"],"b":1}\n{"a":2}\n', { columns: ['a', 'b'] }],
  ['names are in their own characters', '{"\\u00e4\\n":1}\n', { columns: ['ä\n'] }],
  ['one array', '[{"a":1},\n {"a":{"x":1}}]\n', { rows: 2, form: 'array' }],
  ['an empty array', '[]', { rows: 0, form: 'array' }],
  ['objects over several lines', '{\n"a":1\n}\n{\n"a":2\n}\n', { rows: 2, form: 'unstructured' }],
  ['objects on one line', '{"a":1} {"a":2}\n', { rows: 2, form: 'unstructured' }],
  ['numbers that are none', '{"a":NaN}\n{"a":-Infinity}\n', { rows: 2 }],
  ['one flat object is one row', '{"a":1,"b":"x"}\n', { rows: 1 }],
];

for (const [what, text, shape] of shapes)
  test(`JSON: ${what}`, () => {
    for (const length of [1, 2, 1000]) {
      const found = read(text, length) as Record<string, unknown>;
      assert.deepEqual({ ...found, ...shape }, found);
    }
  });

const refused: readonly (readonly [what: string, text: string, problem: object])[] = [
  ['columns of pandas', '{"a":{"0":1,"1":2},"b":{"0":1}}', { kind: 'json by columns' }],
  [
    'the split form',
    '{"columns":["a"],"data":[[1],[2]]}',
    { kind: 'json by columns', names: ['columns', 'data'] },
  ],
  ['rows as lists', '[[1,2],[3,4]]', { kind: 'json rows', line: 1 }],
  ['numbers', '{"a":1}\n5\n', { kind: 'json rows', line: 2 }],
  ['texts', '["a","b"]', { kind: 'json rows' }],
  ['something after an array', '[{"a":1}]\n{"a":2}', { kind: 'json rows', line: 2 }],
  ['an object that is not closed', '{"a":1}\n{"a":2', { kind: 'json cut', line: 2 }],
  ['a text that is not closed', '{"a":1}\n{"a":"2}\n', { kind: 'json cut', line: 2 }],
  ['a comma before the end of a row', '{"a":1}\n{"a":2,}\n', { kind: 'json comma', line: 2 }],
  ['a comma behind each line', '{"a":1},\n{"a":2},\n', { kind: 'json comma', line: 1 }],
  ['a comma before the end', '[{"a":1},\n{"a":2},\n]', { kind: 'json comma', line: 2 }],
  ['a comma at the end of a list', '{"a":[1, ]}\n', { kind: 'json comma', line: 1 }],
  ['nothing', ' \n', { kind: 'empty' }],
  [
    'a name that stands twice in a row',
    '{"a":1,"b":1}\n{"a":2,"b":1,"a":3}\n',
    { kind: 'json name twice', line: 2, name: 'a' },
  ],
];

for (const [what, text, problem] of refused)
  test(`JSON refuses ${what}`, () => {
    for (const length of [1, 2, 1000]) {
      const found = read(text, length) as Record<string, unknown>;
      assert.deepEqual({ ...found, ...problem }, found);
    }
  });
