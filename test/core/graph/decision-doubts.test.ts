import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionDoubts } from '../../../src/core/graph/decision-doubts.ts';
import { parseRecord, type ParsedRecord } from '../../../src/core/records/parse-record.ts';

function record(path: string, text: string): ParsedRecord {
  const parsed = parseRecord(path, new TextEncoder().encode(text));
  assert.ok(parsed.record, JSON.stringify(parsed.findings));
  return parsed.record;
}

const policy = record(
  '.countersign/policy.yaml',
  'schema: countersign/policy@1\nrepository: x\ntargets: [main]\npeople:\n  ada: {name: Ada, emails: [ada@example.org], principals: [ada@example.org]}\nroles: {policy-admin: [ada]}\nrules: []\n',
);

const decision = (more: string, status = 'accepted'): ParsedRecord =>
  record(
    '.countersign/decisions/DR-DOUBT001.yaml',
    `schema: countersign/decision@1\nid: DR-DOUBT001\ntitle: x\nstatus: ${status}\nrisk: low\n${more}`,
  );

const paths = new Set([
  'README.md',
  'model/score.py',
  'model/deep/a.sql',
  'data/a.csv',
  'model/.hidden',
]);

const rows: readonly (readonly [more: string, ...said: string[]])[] = [
  ['owner: ada\ngoverns: ["model/**", "**/*.sql", README.md, "model/*.py"]\n'],
  ['owner: policy-admin\nrollback: {owner: ada}\n'],
  ['owner: adda\n', 'record/unknown-person 6:8 write ada'],
  ['owner: "@ada"\n', 'record/unknown-person 6:8 write ada'],
  [
    'owner: ada\nrollback: {owner: zoe}\n',
    'record/unknown-person 7:19 write one of ada, policy-admin, or add zoe to people in .countersign/policy.yaml',
  ],
  ['owner: ada\ngoverns: ["modle/**"]\n', 'record/governs-nothing 7:11 write "model/**"'],
  [
    'owner: ada\ngoverns: ["model/dep/*.sql"]\n',
    'record/governs-nothing 7:11 write "model/deep/*.sql"',
  ],
  ['owner: ada\ngoverns: [model/scor.py]\n', 'record/governs-nothing 7:11 write "model/score.py"'],
  ['owner: ada\ngoverns: [model]\n', 'record/governs-nothing 7:11 write "model/**"'],
  ['owner: ada\ngoverns: [model/]\n', 'record/governs-nothing 7:11 write "model/**"'],
  ['owner: ada\ngoverns: ["*.sql"]\n', 'record/governs-nothing 7:11 write "**/*.sql"'],
  [
    'owner: ada\ngoverns: ["serving/**"]\n',
    'record/governs-nothing 7:11 write a glob from the top of the repository, such as "model/**"; files that come later count too',
  ],
];

for (const [more, ...said] of rows)
  test(`doubts of ${JSON.stringify(more)}`, () => {
    assert.deepEqual(
      decisionDoubts([policy, decision(more)], paths).map(
        ({ code, line, column, fix }) => `${code} ${line}:${column} ${fix}`,
      ),
      said,
    );
  });

test('without a policy nobody is unknown, and what has ended may govern what is gone', () => {
  assert.deepEqual(decisionDoubts([decision('owner: zoe\n')], paths), []);
  for (const status of ['rejected', 'rolled-back', 'superseded'])
    assert.deepEqual(
      decisionDoubts([decision('owner: zoe\ngoverns: [gone/**]\n', status)], paths),
      [],
    );
});

test('the assignee of an item is a person or role of the policy', () => {
  const item = (assignee: string): ParsedRecord =>
    record(
      '.countersign/feedback/FB-DOUBT001.yaml',
      `schema: countersign/feedback@1\nid: FB-DOUBT001\ntitle: x\nchannel: issue\nobserved_at: unknown\nstatus: new\nassignee: ${assignee}\n`,
    );
  assert.deepEqual(
    ['ada', 'policy-admin', 'ben'].map((who) => decisionDoubts([policy, item(who)], paths).length),
    [0, 0, 1],
  );
});
