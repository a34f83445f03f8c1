import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Parsed } from '../../../src/core/records/parse-record.ts';
import { fc } from '../../drawn-inputs.ts';
import { encoder, feedback, feedbackPath, parse, short } from './parsed-text.ts';

test('places of values and keys', () => {
  const { record } = parse(`${feedback}trail:\n  slices: [SL-ABCD,\n    SL-EFGH]\n`);
  assert.deepEqual(record?.locate(['trail', 'slices', 1]), {
    path: feedbackPath,
    line: 9,
    column: 5,
    end_line: 9,
    end_column: 12,
  });
  assert.deepEqual(record?.locateKey(['trail', 'slices']), {
    path: feedbackPath,
    line: 8,
    column: 3,
    end_line: 8,
    end_column: 9,
  });
  assert.deepEqual(record?.locate(['trail', 'slices', 7]), record?.locate(['trail', 'slices']));
  assert.deepEqual(record?.locate(['title']), {
    path: feedbackPath,
    line: 3,
    column: 8,
    end_line: 3,
    end_column: 9,
  });
});

test('columns count UTF-16 code units', () => {
  assert.deepEqual(short(parse(`${feedback}cohort: {"😀é": .nan}\n`)), ['7:17 record/not-finite']);
});

test('the message names the nearest known key', () => {
  const [finding] = parse(`${feedback}recieved_at: x\n`).findings;
  assert.match(finding?.fix ?? '', /did you mean received_at\?/);
  assert.equal(finding?.severity, 'warning');
});

test('a name as long as a file does not make a message as long', () => {
  const parsed = parse(
    `${feedback}${'a'.repeat(1000)}: 1\n${'"😀'.repeat(1)}${'b'.repeat(900)}": 1\n`,
  );
  assert.equal(parsed.findings.length, 2);
  for (const { message } of parsed.findings) assert.ok(message.length < 410);
});

test('an unknown key is a warning, in a policy an error', () => {
  const policy =
    'schema: countersign/policy@1\nrepository: a\ntargets: [main]\npeople: {}\nroles: {}\nrules: []\nrule: []\nx-a: 1\n';
  const { findings, record } = parse(policy, '.countersign/policy.yaml');
  assert.deepEqual(
    findings.map(({ code, severity, line, fix }) => [code, severity, line, fix]),
    [['record/unknown-key', 'error', 7, 'did you mean rules? A key of your own begins with x-']],
  );
  assert.equal(record, null);
  assert.equal(parse(`${feedback}foo: 1\n`).findings[0]?.severity, 'warning');
});

test('arbitrary bytes never throw, and every finding has a place inside the file', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      (bytes) => void checkPlaces(parse(bytes), bytes),
    ),
    { numRuns: 2000 },
  );
});

const scraps = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  '- ',
  ': ',
  '? ',
  '&a ',
  '*a ',
  '!t ',
  '|\n',
  '>-\n',
  '"',
  "'",
  '\n',
  '\n  ',
  '\t',
  '#',
  '---\n',
  '...',
  '%',
  '\r\n',
  '\r',
  '~',
  '.nan',
  '<<: ',
  '__proto__: ',
  'x-a: ',
  '0',
  ',',
  '\ufeff',
  '😀',
  '\u0000',
);

test('records with scraps put in or cut out never throw', () => {
  const mutation = fc.tuple(fc.nat(feedback.length), fc.nat(8), fc.array(scraps, { maxLength: 4 }));
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 5 }), (mutations) => {
      const text = mutations.reduce(
        (now, [at, cut, put]) => now.slice(0, at) + put.join('') + now.slice(at + cut),
        `${feedback}trail: {code: [{path: a, lines: [1, 2]}]}\nhistory:\n  - at: 2026-03-01T09:12:00Z\n`,
      );
      const parsed = parse(text);
      checkPlaces(parsed, encoder.encode(text));
      assert.equal(
        parsed.record === null,
        parsed.findings.some(({ severity }) => severity === 'error'),
      );
    }),
    { numRuns: 3000 },
  );
});

function checkPlaces({ findings }: Parsed, bytes: Uint8Array): void {
  const lines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\n');
  for (const { code, line = 0, column = 0, end_line = 0, message, fix } of findings) {
    assert.ok(line >= 1 && line <= lines.length && end_line >= line, `${code} at line ${line}`);
    assert.ok(
      column >= 1 && column <= (lines[line - 1] ?? '').length + 1,
      `${code} at column ${column}`,
    );
    assert.ok(message.length > 0 && fix);
  }
}
