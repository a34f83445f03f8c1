import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { parseStrictJson } from '../../../src/core/gate/strict-json.ts';

const nested = (depth: number, open = '[', close = ']'): string =>
  `${open.repeat(depth)}${close.repeat(depth)}`;
const objects = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

const accepted: readonly string[] = [
  '1',
  '"a"',
  '{}',
  '[]',
  '{"a":1,"b":2}',
  '{"a":{"a":1}}',
  '[{"a":1},{"a":2}]',
  '{"a":[1,2],"b":{"a":1,"b":[{"a":1}]}}',
  '{"a":"a","b":"a"}',
  '["a","a"]',
  '{"a":["a","a"],"a ":1}',
  '{"A":1,"a":2}',
  '{"":1}',
  '{"a":"\\"b\\":","b":1}',
  '{"a":"{[","b":1}',
  '{"a":"}]"}',
  '{"a":"\\\\","b":"\\\\\\""}',
  '{"a":"😀"}',
  '{"a":"\\ud83d\\ude00"}',
  '{"\\ud83d\\ude00":1}',
  '{"proto__":1}',
  nested(16),
  objects(16),
  `[${Array(20).fill('[]').join()}]`,
  `[${Array(20).fill('{}').join()}]`,
  `[${Array(20).fill('1').join()}]`,
];

for (const text of accepted) {
  test(`signed JSON may be ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`, () =>
    assert.deepEqual(parseStrictJson(text), { ok: true, value: JSON.parse(text) }));
}

const refused: readonly (readonly [text: string, why: RegExp])[] = [
  ['', /^it is not JSON: /],
  ['{', /^it is not JSON: /],
  ['{"a":1,}', /^it is not JSON: /],
  ['{"a":1,"a":1}', /^the key "a" stands twice in one object$/],
  ['{"a":1,"b":2,"a":3}', /^the key "a" stands twice/],
  ['{"a":1,"\\u0061":2}', /^the key "a" stands twice/],
  ['{"b":{"a":1,"a":2}}', /^the key "a" stands twice/],
  ['[1,{"a":1,"a":2}]', /^the key "a" stands twice/],
  ['{"a":[1,2],"a":1}', /^the key "a" stands twice/],
  ['{"a":{"b":1},"a":1}', /^the key "a" stands twice/],
  ['{"a":[{"b":1}],"a":1}', /^the key "a" stands twice/],
  ['{"":1,"":2}', /^the key "" stands twice/],
  ['{"a\\"":1,"a\\"":2}', /^the key "a\\"" stands twice/],
  ['{"__proto__":1}', /^the key "__proto__" stands twice/],
  ['{"a":{"\\u005f_proto__":1}}', /^the key "__proto__"/],
  ['"\ud800"', /^it holds half of a surrogate pair$/],
  ['"\\ud800"', /^it holds half/],
  ['"\\udc00"', /^it holds half/],
  ['"\\ud800\\ud800\\udc00"', /^it holds half/],
  ['"\\ud800\\udc00\\udc00"', /^it holds half/],
  ['{"\\ud800":1}', /^it holds half/],
  ['{"a":1,"b":["x",{"c":"\\udc00"}]}', /^it holds half/],
  ['{"a":1,"\\udfff":"x"}', /^it holds half/],
  [nested(17), /^it is nested more than 16 deep$/],
  [objects(17), /^it is nested more than 16 deep$/],
  [`[1,${nested(16)}]`, /^it is nested more than 16 deep$/],
];

for (const [text, why] of refused) {
  test(`signed JSON may not be ${JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)}`, () => {
    const read = parseStrictJson(text);
    assert.equal(read.ok, false);
    assert.match(read.ok ? '' : read.why, why);
  });
}
