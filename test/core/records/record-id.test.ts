import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldEmail, matchesEmailPattern } from '../../../src/core/records/email.ts';
import { kindOfPath, recordPath } from '../../../src/core/records/kind-of-path.ts';
import { misplacedRecord } from '../../../src/core/records/misplaced-record.ts';
import { newRecord } from '../../../src/core/records/new-record.ts';
import { type ParsedRecord, parseRecord } from '../../../src/core/records/parse-record.ts';
import { importedId, isRecordId, kindOfId, newId } from '../../../src/core/records/record-id.ts';
import type { NamedKind } from '../../../src/core/records/record-kind.ts';
import { closestName, nearestName } from '../../../src/core/records/schema/nearest-name.ts';
import { fc } from '../../drawn-inputs.ts';

const kinds: readonly NamedKind[] = ['feedback', 'decision', 'slice', 'evaluation'];
const kind = fc.constantFrom(...kinds);

test('new ids are 40 bits in Crockford base 32', () => {
  assert.equal(newId('feedback', new Uint8Array([0, 0, 0, 0, 0])), 'FB-00000000');
  assert.equal(newId('decision', new Uint8Array([255, 255, 255, 255, 255, 1])), 'DR-ZZZZZZZZ');
  // "hello" in base 32 is NBSWY3DP by RFC 4648; the same fives of bits in Crockford's letters.
  assert.equal(newId('slice', new TextEncoder().encode('hello')), 'SL-D1JPRV3F');
  assert.throws(() => newId('feedback', new Uint8Array(4)), RangeError);
});

test('an imported id is the first twelve hex digits of a SHA-256, in capitals', () => {
  assert.equal(importedId('feedback', `0123456789abcdef${'0'.repeat(48)}`), 'FB-0123456789AB');
  assert.throws(() => importedId('feedback', '0123'), RangeError);
});

test('every new id is an id of its kind', () => {
  fc.assert(
    fc.property(
      kind,
      fc.uint8Array({ minLength: 5, maxLength: 9 }),
      (of, bytes) => isRecordId(newId(of, bytes)) && kindOfId(newId(of, bytes)) === of,
    ),
  );
  for (const text of ['FB-abc', 'FB-ABC', 'XX-ABCD', 'FB-ABCD\n', '', 'FB-ABCDEFGHIJKLMNOPQ'])
    assert.equal(kindOfId(text), null);
});

const paths: readonly (readonly [string, string | null])[] = [
  ['.countersign/policy.yaml', 'policy'],
  ['.countersign/triage.yaml', 'triage'],
  ['.countersign/checklists/model-change.yaml', 'checklist'],
  ['.countersign/imports/zendesk.yaml', 'import'],
  ['.countersign/feedback/FB-ABCD.yaml', 'feedback'],
  ['.countersign/decisions/DR-ABCD.yaml', 'decision'],
  ['.countersign/slices/SL-ABCD.yaml', 'slice'],
  ['.countersign/evaluations/EV-ABCD.yaml', 'evaluation'],
  ['.countersign/reviews/DR-ABCD/0001.yaml', 'review'],
  ['.countersign/results/EV-ABCD/0123456789ab.json', 'result'],
  ['.countersign/signoffs/model-change/ben.0123456789ab.cdef.yaml', 'signoff'],
  ['.countersign/exceptions/EX-ABC123.yaml', 'exception'],
  ['.countersign/signoffs/model-change/ben.yaml', null],
  ['.countersign/feedback/deep/FB-ABCD.yaml', null],
  ['.countersign/feedback/FB-ABCD.yml', null],
  ['.countersign/private/a.yaml', null],
  ['.countersign/allowed_signers', null],
  ['sub/.countersign/policy.yaml', null],
  ['policy.yaml', null],
];

for (const [path, expected] of paths)
  test(`${path} is ${expected ?? 'no record'}`, () => assert.equal(kindOfPath(path), expected));

test('a file that looks like a record and lies where none is read is told of', () => {
  const told = [
    '.countersign/feedback/FB-ABCD.yml',
    '.countersign/feedback/deep/FB-ABCD.yaml',
    '.countersign/policy.yml',
    '.countersign/reviews/0001.yaml',
    '.countersign/results/EV-ABCD/mine.json',
    '.countersign/decisions/DR-ABCD.YAML',
  ];
  const passed = [
    ...paths.filter(([, kind]) => kind !== null).map(([path]) => path),
    '.countersign/feedback/README.md',
    '.countersign/private/a.yaml',
    '.countersign/allowed_signers',
    'feedback/a.yml',
    '.countersign/signoffs/a.yml',
  ];
  for (const path of told) assert.equal(misplacedRecord(path)?.code, 'record/misplaced', path);
  for (const path of passed) assert.equal(misplacedRecord(path), null, path);
});

test('a new record parses without any finding, whatever its title', () => {
  fc.assert(
    fc.property(
      kind,
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.uint8Array({ minLength: 5, maxLength: 5 }),
      (of, title, bytes) => {
        const id = newId(of, bytes);
        const text = newRecord(of, { id, title });
        const { findings, record } = parseRecord(
          recordPath(of, id),
          new TextEncoder().encode(text),
        );
        assert.deepEqual(findings, []);
        assert.equal(
          (record as Extract<ParsedRecord, { kind: 'slice' }>).value.title,
          title.replace(/\p{Surrogate}/gu, '\ufffd'),
        );
        assert.match(text, /^schema: countersign\/\w+@1\nid: /);
      },
    ),
  );
});

test('a new feedback invents no time', () => {
  assert.match(newRecord('feedback', { id: 'FB-ABCD' }), /^observed_at: unknown$/m);
  const dated = newRecord('feedback', {
    id: 'FB-ABCD',
    set: {
      received_at: '2026-03-01T09:12:00Z',
      body: 'one\ntwo\n',
      cohort: { region: 'north' },
      group: undefined,
    },
  });
  assert.equal(
    dated,
    'schema: countersign/feedback@1\nid: FB-ABCD\ntitle: untitled\nbody: |\n  one\n  two\nchannel: issue\nreceived_at: 2026-03-01T09:12:00Z\nstatus: new\ncohort: {region: north}\n',
  );
  assert.throws(() => newRecord('feedback', { id: 'DR-ABCD' }), RangeError);
});

test('the nearest name', () => {
  assert.equal(nearestName('titel', ['body', 'title', 'status']), 'title');
  assert.equal(nearestName('Validator', ['validator']), 'validator');
  assert.equal(nearestName('acc', ['auc', 'accuracy']), 'accuracy');
  assert.equal(nearestName('acc', ['auc', 'accuracy', 'accepted']), 'auc');
  assert.equal(nearestName('xyz', ['title']), null);
  assert.equal(nearestName('a'.repeat(1000), ['a'.repeat(1000)]), null);
  assert.equal(closestName('xyz', ['title', 'xx']), 'xx');
});

test('patterns of e-mails: only * is special, and ASCII case folds', () => {
  const match = [
    ['*[bot]@*', 'dependabot[BOT]@users.example'],
    ['a@b', 'A@B'],
    ['*', ''],
    ['a*a', 'aa'],
    ['*@example.org', 'x@EXAMPLE.org'],
    ['*a*b*', 'xaxbx'],
  ] as const;
  const none = [
    ['a@b', 'a@bc'],
    ['a*a', 'a'],
    ['a.b', 'axb'],
    ['é@x', 'É@x'],
    ['*ab*', 'ba'],
    ['', 'a'],
    ['a*b*b', 'ab'],
  ] as const;
  for (const [pattern, email] of match)
    assert.equal(matchesEmailPattern(pattern, email), true, `${pattern} ${email}`);
  for (const [pattern, email] of none)
    assert.equal(matchesEmailPattern(pattern, email), false, `${pattern} ${email}`);
  assert.equal(foldEmail('ÄDA@X.org'), 'Äda@x.org');
  assert.equal(matchesEmailPattern('*a'.repeat(5000), 'a'.repeat(5000).concat('b')), false);
});

test('a pattern matches as the regular expression that it stands for', () => {
  const small = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.', '@'), maxLength: 8 });
  fc.assert(
    fc.property(small, small, (pattern, email) => {
      const source = pattern
        .split('*')
        .map((part) => part.replaceAll('.', '\\.'))
        .join('.*');
      assert.equal(matchesEmailPattern(pattern, email), new RegExp(`^${source}$`).test(email));
    }),
    { numRuns: 3000 },
  );
});
