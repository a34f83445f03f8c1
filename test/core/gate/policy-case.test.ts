import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPolicyCase } from '../../../src/core/gate/policy-case.ts';

const usual = {
  schema: 'countersign/case@1',
  about: 'two sign',
  tip: 'main',
  head: '0123456789012345678901234567890123456789',
  at: '2026-11-24T06:00:00+01:00',
  expect: 'pass',
};
const text = (more: Readonly<Record<string, unknown>> = {}): string =>
  Object.entries({ ...usual, ...more })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}\n`)
    .join('');

test('a case is read as it is written, an id of digits as a text', () => {
  const { schema: _, ...read } = usual;
  assert.deepEqual(readPolicyCase(text()), { schema: 'countersign/case@1', ...read });
  assert.deepEqual(readPolicyCase(text({ target: 'release/1', expect: 'fail' })), {
    schema: 'countersign/case@1',
    ...read,
    target: 'release/1',
    expect: 'fail',
  });
});

for (const [name, source, why] of [
  ['another schema', text({ schema: 'countersign/case@2' }), /^schema: /],
  ['no word on what it is about', text({ about: '""' }), /^about: /],
  ['no tip', text({ tip: '""' }), /^tip: /],
  ['no head', text({ head: undefined }), /^head: /],
  ['an empty target', text({ target: '""' }), /^target: /],
  ['a time without an offset', text({ at: '2026-11-24T06:00:00' }), /^at: /],
  ['an answer that is none', text({ expect: 'maybe' }), /^expect: /],
  ['a key that is not known', text({ more: 'x' }), /^the file: .*more/],
  ['a list', '- a\n', /^the file: /],
  ['a break in the text', 'schema: [\n', /^[^\n]+$/],
  ['an alias', `${text({ about: '&a x' })}target: *a\n`, /alias/i],
] as const) {
  test(`a case is told what is wrong with it: ${name}`, () => {
    const read = readPolicyCase(source);
    assert.match(typeof read === 'string' ? read : `read as ${JSON.stringify(read)}`, why);
  });
}
