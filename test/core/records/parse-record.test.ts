import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ParsedRecord } from '../../../src/core/records/parse-record.ts';
import { encoder, feedback, parse, short } from './parsed-text.ts';

type Row = readonly [
  what: string,
  text: string | Uint8Array,
  findings: readonly string[],
  path?: string,
];

const refusals: readonly Row[] = [
  [
    'a byte that is not UTF-8',
    new Uint8Array([...encoder.encode(`${feedback}body: é`), 0xff, 0x41]),
    ['7:8 record/not-utf8'],
  ],
  [
    'a character cut off at the end',
    new Uint8Array([...encoder.encode(feedback), 0x62, 0xe2, 0x82]),
    ['7:2 record/not-utf8'],
  ],
  [
    'a surrogate encoded as bytes',
    new Uint8Array([...encoder.encode('a: '), 0xed, 0xa0, 0x80]),
    ['1:4 record/not-utf8'],
  ],
  ['more than 1 MiB', `${feedback}body: ${'x'.repeat(1024 * 1024)}`, ['1:1 record/too-large']],
  ['a byte-order mark inside', `${feedback}body: a\ufeffb\n`, ['7:8 record/byte-order-mark']],
  ['a control character', `${feedback}body: a\u001b[31m\n`, ['7:8 record/control-character']],
  ['a carriage return alone', `${feedback}body: a\rb\n`, ['7:8 record/control-character']],
  ['a key twice', `${feedback}title: y\n`, ['7:1 record/duplicate-key']],
  [
    'a key twice, once in quotes, below',
    `${feedback}cohort:\n  "1": a\n  1: b\n`,
    ['9:3 record/duplicate-key'],
  ],
  [
    'anchor and alias',
    `${feedback}group: &a x\nassignee: *a\n`,
    ['7:8 record/anchor', '8:11 record/alias'],
  ],
  ['a tag', `${feedback}group: !!str 3\n`, ['7:8 record/tag']],
  ['a tag on the whole record', `!x\n${feedback}`, ['1:1 record/tag']],
  ['a directive', `%YAML 1.1\n---\n${feedback}`, ['1:1 record/directive']],
  ['a tab that indents a map', `${feedback}rater:\n\tkind: person\n`, ['8:1 record/tab']],
  ['a tab that indents a flow list', `${feedback}history: [\n  \t]\n`, ['8:3 record/tab']],
  ['a second document', `${feedback}---\nfoo: 1\n`, ['7:1 record/several-documents']],
  ['a text that is not YAML', `${feedback}body: "open\n`, ['7:7 record/syntax']],
  [
    'nothing after a broken line is judged',
    `${feedback}titel: 1\nbody: [1\n  2\nprioriti: 1\n`,
    ['7:1 record/unknown-key', '10:1 record/syntax'],
  ],
  [
    'more than 64 levels',
    `${feedback}x-a: ${'['.repeat(64)}${']'.repeat(64)}`,
    ['7:69 record/too-deep'],
  ],
  ['levels without end', `${feedback}x-a: ${'['.repeat(500_000)}`, ['7:69 record/too-deep']],
  ['lists in lists without end', `${'- '.repeat(500_000)}`, ['1:129 record/too-deep']],
  [
    'a value that a comma ends',
    `${feedback}priority: {impact: 3,5}\n`,
    ['7:20 record/split-value'],
  ],
  ['a list as key', `${feedback}x-a:\n  ? [a, b]\n  : 1\n`, ['8:5 record/key']],
  ['infinity', `${feedback}priority: {reach: .inf}\n`, ['7:19 record/not-finite']],
  ['not a number, in a key of the team', `${feedback}x-a: .nan\n`, ['7:6 record/not-finite']],
  [
    'a number that would lose digits',
    `${feedback}cohort: {a: 12345678901234567890}\n`,
    ['7:13 record/number-too-large'],
  ],
  ['half a surrogate pair', `${feedback}body: "a\\ud800"\n`, ['7:7 record/not-a-character']],
  ['an empty file', '', ['1:1 record/not-a-map']],
  ['a list', '- a\n', ['1:1 record/not-a-map']],
];

const header: readonly Row[] = [
  ['no schema', 'id: FB-ABCD\n', ['1:1 record/missing-schema']],
  ['schema of another type', 'schema: [1]\n', ['1:9 record/type']],
  [
    'schema second',
    `id: FB-ABCD\n${feedback.replace('id: FB-ABCD\n', '')}`,
    ['2:1 record/schema-not-first'],
  ],
  ['another version', feedback.replace('@1', '@2'), ['1:9 record/unknown-version']],
  ['no such kind', feedback.replace('feedback@1', 'feedbak@1'), ['1:9 record/unknown-kind']],
  ['not ours', feedback.replace('countersign/feedback@1', 'v1'), ['1:9 record/unknown-kind']],
  [
    'a kind of another folder',
    feedback.replace('feedback@1', 'decision@1'),
    ['1:9 record/wrong-kind'],
  ],
  ['another id than the file', feedback.replace('FB-ABCD', 'FB-ABCE'), ['2:5 record/id-mismatch']],
  [
    'a name that is no id',
    feedback.replace('FB-ABCD', 'FB-abcd'),
    ['2:5 record/value'],
    '.countersign/feedback/FB-abcd.yaml',
  ],
  [
    'a checklist under another name',
    'schema: countersign/checklist@1\nname: a\nitems: [{id: x, ask: y, must: true, by: both}]\n',
    ['2:7 record/name-mismatch'],
    '.countersign/checklists/b.yaml',
  ],
];

const fields: readonly Row[] = [
  [
    'nothing but schema',
    'schema: countersign/feedback@1\n',
    ['channel', 'id', 'received_at', 'status', 'title'].map(() => '1:1 record/missing-key'),
  ],
  [
    'no time, and not said to be unknown',
    feedback.replace(/received_at.*\n/, 'observed_at: 2026-03-01T09:12:00Z\n'),
    ['1:1 record/missing-key'],
  ],
  [
    'unknown keys at every level',
    `${feedback}titel: y\npriority: {efort: 2}\ncase: {ky: 1}\nhistory:\n  - {at: 2026-03-01T09:12:00Z, bye: ada}\n`,
    ['7:1', '8:12', '9:8', '11:32'].map((at) => `${at} record/unknown-key`),
  ],
  [
    'an unknown key in a reference',
    `${feedback}body: {private: a, digest: ${'a'.repeat(64)}, salt: x}\n`,
    ['7:94 record/unknown-key'],
  ],
  [
    '__proto__ is a key like others',
    `${feedback}__proto__: {status: shipped}\n`,
    ['7:1 record/unknown-key'],
  ],
  ['keys of the team, at every level', `${feedback}x-a: 1\npriority: {x-b: 2}\n`, []],
  [
    'a rule about several fields beside an unknown key',
    feedback.replace(/received_at.*\n/, 'foo: 1\n'),
    ['1:1 record/missing-key', '5:1 record/unknown-key'],
  ],
  [
    'text without quotes that reads as a number',
    `${feedback}source: {id: 007}\n`,
    ['7:14 record/type'],
  ],
  ['neither text nor a reference', `${feedback}body: [a]\n`, ['7:7 record/type']],
  ['no value', `${feedback}assignee:\n`, ['7:1 record/empty-value']],
  ['an empty title', feedback.replace('title: x', 'title: ""'), ['3:8 record/empty-value']],
  [
    'a value out of range',
    `${feedback}priority: {impact: 9, confidence: 1.5}\n`,
    ['7:20 record/range', '7:35 record/range'],
  ],
  [
    'a value that is none of them',
    feedback.replace('status: new', 'status: triagd'),
    ['6:9 record/value'],
  ],
  ['a time without an offset', feedback.replace('09:12:00Z', '09:12:00'), ['5:14 record/time']],
  ['a day that does not exist', feedback.replace('03-01T', '02-29T'), ['5:14 record/time']],
  [
    'a date that does not exist',
    `${feedback}privacy: {retain_until: 2026-04-31}\n`,
    ['7:25 record/date'],
  ],
  [
    'a path that leads out',
    `${feedback}trail: {code: [{path: ../x, lines: [1, 2]}]}\n`,
    ['7:23 record/path'],
  ],
  [
    'globs that could be matched in too many ways',
    'schema: countersign/decision@1\nid: DR-ABCD\ntitle: x\nstatus: accepted\nowner: ada\nrisk: low\ngoverns:\n  - model/**\n  - "+(*)b"\n  - "(a+)+b"\n  - "a/*b*c*d*e"\n  - "**/a/**/b/**/c/**/d/**"\n  - "a/*b*c*d"\n  - "**/a/**/b/**/c/**"\n',
    ['9:5', '10:5', '11:5', '12:5'].map((at) => `${at} record/glob`),
    '.countersign/decisions/DR-ABCD.yaml',
  ],
  [
    'lines that end before they begin',
    `${feedback}trail: {code: [{path: x, lines: [9, 2]}]}\n`,
    ['7:33 record/value'],
  ],
  ['a link to another kind', `${feedback}duplicate_of: DR-ABCD\n`, ['7:15 record/value']],
  [
    'two items with one id',
    'schema: countersign/checklist@1\nname: a\nitems:\n  - {id: x, ask: y, must: true, by: both}\n  - {id: x, ask: z, must: false, by: both}\n',
    ['5:10 record/duplicate-item'],
    '.countersign/checklists/a.yaml',
  ],
  [
    'an evaluation without a side, and one with two places',
    'schema: countersign/evaluation@1\nid: EV-ABCD\ntitle: x\nkind: offline\ndata: {baseline: {path: a, table: b}}\ncolumns: {labl: y}\n',
    ['5:18 record/missing-key', '6:11 record/unknown-key'],
    '.countersign/evaluations/EV-ABCD.yaml',
  ],
  [
    'a policy: unknown keys are errors',
    'schema: countersign/policy@1\nrepository: a\ntargets: [main]\npeople: {"../a": {emails: [a]}}\nroles: {}\nrules:\n - {id: a, paths: [a], require: [{role: x, cuont: 1}], evidence: [{kind: resutl}]}\n',
    ['4:18 record/value', '7:44 record/unknown-key', '7:74 record/value'],
    '.countersign/policy.yaml',
  ],
  [
    '200 findings are enough',
    `${feedback}history:\n${'  - {by: x}\n'.repeat(300)}x: &a 1\n`,
    [
      ...Array.from({ length: 200 }, (_, index) => `${8 + index}:6 record/missing-key`),
      '308:1 record/more-findings',
    ],
  ],
];

for (const [group, rows] of Object.entries({ refused: refusals, header, fields })) {
  for (const [what, text, findings, path] of rows)
    test(`${group}: ${what}`, () => assert.deepEqual(short(parse(text, path)), findings));
}

test('what is accepted', () => {
  const good = [
    feedback,
    `\ufeff${feedback}`,
    `# comment\n---\n${feedback}...\n`,
    feedback.replaceAll('\n', '\r\n'),
    feedback.replace(/received_at.*\n/, 'observed_at: unknown\n'),
    `${feedback}body: |\n  a\n  \tb\n`,
    `${feedback}x-a: ${'['.repeat(60)}${']'.repeat(60)}\n`,
    `${feedback}title2: 1\n`.replace('title2', 'x-title'),
    feedback.replace('title: x', `title: {private: t1, digest: "sha256:${'0'.repeat(64)}"}`),
    `${feedback}case: {key: 7, input: {age: 4, b: [null, .5]}, expected: false}\n`,
  ];
  for (const text of good) {
    const { findings, record, id } = parse(text);
    assert.deepEqual(findings, []);
    assert.equal(record?.kind, 'feedback');
    assert.equal(id, 'FB-ABCD');
  }
});

test('values are those of the core schema of YAML 1.2', () => {
  const { record } = parse(
    `${feedback}cohort: {a: yes, b: 0o17, c: 1e3, d: "1", e: True, f: 1_000, g: 2026-03-01, h: 0x1F, 1: x}\n`,
  );
  assert.deepEqual(
    { ...(record as Extract<ParsedRecord, { kind: 'feedback' }>).value.cohort },
    { 1: 'x', a: 'yes', b: 15, c: 1000, d: '1', e: true, f: '1_000', g: '2026-03-01', h: 31 },
  );
});

test('a warning leaves the record, an error takes it and keeps what was read', () => {
  assert.equal(parse(`${feedback}titel: y\n`).record?.kind, 'feedback');
  const broken = parse(`${feedback}assignee:\n`);
  assert.equal(broken.record, null);
  assert.equal(broken.id, 'FB-ABCD');
  assert.equal((broken.raw as { title: string }).title, 'x');
});

test('outside the folder the key schema says the kind, and no file name is compared', () => {
  const { kind, record } = parse(feedback, 'drafts/any.yaml');
  assert.equal(kind, 'feedback');
  assert.equal(record?.id, 'FB-ABCD');
});
