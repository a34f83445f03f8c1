import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRecord } from '../../../src/core/records/parse-record.ts';

const path = '.countersign/feedback/FB-AAAA0001.yaml';
const head =
  'schema: countersign/feedback@1\nid: FB-AAAA0001\ntitle: x\nchannel: issue\nobserved_at: unknown\n';

function found(text: string): readonly string[] {
  return parseRecord(path, new TextEncoder().encode(text)).findings.map(
    ({ code, line, message, fix }) => `${line} ${code} ${message} — ${fix}`,
  );
}

type Row = readonly [name: string, text: string, line: number, says: RegExp];

const rows: readonly Row[] = [
  [
    'two statuses and two histories',
    `${head}<<<<<<< HEAD\nstatus: accepted\nhistory:\n  - {at: 2026-03-01T09:12:00Z}\n=======\nstatus: triaged\nhistory:\n  - {at: 2026-03-02T09:12:00Z}\n>>>>>>> left\n`,
    6,
    /HEAD has lines 7 to 9, "status: accepted ⏎ .*", and left has lines 11 to 13, "status: triaged.* — keep one status and the entries of both in history, delete the lines/,
  ],
  [
    'with what stood before',
    `${head}<<<<<<< HEAD\nstatus: accepted\n||||||| base\nstatus: new\n=======\nstatus: triaged\n>>>>>>> left\n`,
    6,
    /HEAD has line 7, "status: accepted", and left has line 11, "status: triaged" — keep one status,/,
  ],
  [
    'entries of the history',
    `${head}status: new\nhistory:\n<<<<<<< HEAD\n  - {at: 2026-03-01T09:12:00Z}\n=======\n  - {at: 2026-03-02T09:12:00Z}\n>>>>>>> left\n`,
    8,
    /— keep the entries of both in history,/,
  ],
  [
    'one side empty, two conflicts',
    `<<<<<<< HEAD\n=======\nx: 1\n>>>>>>> left\n${head}<<<<<<< HEAD\nstatus: new\n=======\n>>>>>>> left\n`,
    1,
    /the first of 2: HEAD has nothing here, and left has line 3, "x: 1"/,
  ],
  [
    'with CRLF',
    `${head}<<<<<<< HEAD\nstatus: accepted\n=======\nstatus: triaged\n>>>>>>> left\n`.replaceAll(
      '\n',
      '\r\n',
    ),
    6,
    /HEAD has line 7, "status: accepted", and left has line 9, "status: triaged"/,
  ],
  [
    'a middle that was forgotten',
    `${head}status: new\n=======\n`,
    7,
    /a marker of a merge conflict/,
  ],
  [
    'an end that was forgotten',
    `${head}status: new\n>>>>>>> left\n`,
    7,
    /a marker of a merge conflict/,
  ],
  [
    'no names',
    `${head}<<<<<<<\nstatus: new\n=======\nstatus: triaged\n>>>>>>>\n`,
    6,
    /one side has line 7.*, and one side has line 9/,
  ],
];

for (const [name, text, line, says] of rows)
  test(`a merge conflict: ${name}`, () => {
    const findings = found(text);
    assert.equal(findings.length, 1, findings.join('\n'));
    assert.match(findings[0] ?? '', new RegExp(`^${line} record/merge-conflict `));
    assert.match(findings[0] ?? '', says);
  });

test('the id of a record with a conflict is known, so that links to it are not called dangling', () => {
  const parsed = parseRecord(path, new TextEncoder().encode(`${head}<<<<<<< HEAD\n`));
  assert.deepEqual([parsed.record, parsed.id], [null, 'FB-AAAA0001']);
});

test('words about conflicts are words', () => {
  for (const body of [
    'body: "<<<<<<< HEAD"\n',
    'body: |\n  <<<<<<< HEAD\n  a\n  =======\n  b\n  >>>>>>> left\n',
    'body: |\n  Title\n  =======\n',
    'body: we saw <<<<<<< in the file\n',
  ])
    assert.deepEqual(found(`${head}status: new\n${body}`), []);
});
