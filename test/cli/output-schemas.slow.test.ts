import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Ajv } from 'ajv';
import { outputSchemas, outputs } from '../../scripts/output-schemas.ts';
import { makeSample, type SampleManifest } from '../../scripts/sample.ts';

const root = new URL('../..', import.meta.url);
const cli = new URL('dist/cli.js', root).pathname;
const folder = new URL('media/schemas/output/', root);
const parent = mkdtempSync(join(tmpdir(), 'countersign-schemas-'));
let sample: SampleManifest;

before(async () => {
  sample = await makeSample(join(parent, 'wage-model'), { cli });
  writeFileSync(
    join(parent, 'answers.json'),
    JSON.stringify({
      why: { answer: 'yes', note: 'read it' },
      harm: { answer: 'yes', note: 'looked' },
      rollback: 'yes',
      reran: 'yes',
    }),
  );
});
after(() => rmSync(parent, { recursive: true, force: true }));

/** Commands, the exit codes that they may have in the sample, and the schema of what they print. */
const documents: readonly {
  readonly name: string;
  readonly exit: readonly number[];
  readonly args: (sample: SampleManifest) => readonly string[];
}[] = [
  { name: 'index', exit: [0], args: () => ['index'] },
  ...['feedback', 'decisions', 'slices', 'evaluations'].map((kind) => ({
    name: 'list',
    exit: [0],
    args: () => ['list', kind],
  })),
  { name: 'show', exit: [0], args: ({ decision }) => ['show', decision] },
  { name: 'trail', exit: [0], args: ({ decision }) => ['trail', decision] },
  { name: 'trail', exit: [0], args: ({ line }) => ['trail', `${line.path}:${line.line}`] },
  { name: 'anchors', exit: [0], args: ({ decision }) => ['anchors', decision] },
  { name: 'check', exit: [1], args: () => ['check', '--range', 'main...HEAD'] },
  { name: 'check', exit: [0], args: () => ['check', '--range', 'main...main'] },
  { name: 'check', exit: [2], args: () => ['check', '--range', 'main...nowhere'] },
  { name: 'digest', exit: [0], args: () => ['digest', '--range', 'main...HEAD'] },
  { name: 'digest-trust-root', exit: [0], args: () => ['digest', '--trust-root'] },
  { name: 'verify', exit: [0, 1], args: () => ['verify'] },
  { name: 'audit', exit: [0], args: () => ['audit'] },
  { name: 'policy-try', exit: [0], args: () => ['policy', 'try'] },
  { name: 'approved', exit: [1], args: () => ['approved', 'model/score.js', 'README.md'] },
  { name: 'export-vsa', exit: [0], args: () => ['export', 'vsa'] },
  {
    name: 'result',
    exit: [1],
    args: ({ evaluation }) => ['evaluate', evaluation.fail, '--out', join(parent, 'result.json')],
  },
  {
    name: 'evaluate-verify',
    exit: [0],
    args: ({ evaluation }) => [
      'evaluate',
      evaluation.fail,
      '--verify',
      join(parent, 'result.json'),
    ],
  },
  { name: 'report', exit: [0], args: ({ evaluation }) => ['report', evaluation.fail] },
  { name: 'report', exit: [0], args: ({ decision }) => ['report', decision] },
  { name: 'review-list', exit: [0], args: () => ['review', 'list'] },
  { name: 'inbox', exit: [0], args: () => ['inbox', '--me', 'cy'] },
  { name: 'triage', exit: [0], args: () => ['triage', '--dry-run'] },
  { name: 'hook', exit: [0], args: () => ['hook', 'status'] },
  { name: 'hook-run', exit: [0, 1], args: () => ['hook', 'run', 'pre-commit'] },
  { name: 'doctor', exit: [0, 1], args: () => ['doctor'] },
  { name: 'init', exit: [0], args: () => ['init'] },
  {
    name: 'sign-print',
    exit: [0],
    args: ({ keys }) => [
      'sign',
      '--range',
      'main...HEAD',
      '--as',
      'cy',
      '--role',
      'validator',
      '--key',
      keys.cy,
      '--answers',
      join(parent, 'answers.json'),
      '--print',
    ],
  },
  {
    name: 'sign',
    exit: [0],
    args: ({ keys }) => [
      'sign',
      '--range',
      'main...HEAD',
      '--as',
      'cy',
      '--role',
      'validator',
      '--key',
      keys.cy,
      '--answers',
      join(parent, 'answers.json'),
    ],
  },
  {
    name: 'new',
    exit: [0],
    args: () => [
      'new',
      'feedback',
      '--title',
      'Turned down',
      '--set',
      'channel=review',
      '--set',
      'received_at=2026-03-01T09:12:00Z',
    ],
  },
  {
    name: 'review-event',
    exit: [0],
    args: ({ decision }) => ['review', 'add', decision, '--at', '/decision', '--body', 'Why?'],
  },
];

for (const { name, exit, args } of documents) {
  test(`the JSON of "${args({
    decision: 'DR',
    line: { path: 'x', line: 1 },
    evaluation: {},
    keys: {},
  } as SampleManifest)
    .slice(0, 3)
    .join(' ')}" keeps its schema, and nothing in it is missing from the schema`, () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [cli, ...args(sample), '--json'],
      { cwd: sample.directory, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
    );
    assert.ok(exit.includes(status ?? -1), `${status}: ${stderr}${stdout.slice(0, 300)}`);
    const document: unknown = JSON.parse(stdout);
    for (const schema of [schemaOf(name), closed(schemaOf(name))]) {
      const validate = new Ajv({ strict: true, allowUnionTypes: true, formats }).compile(
        schema as object,
      );
      assert.ok(validate(document), JSON.stringify(validate.errors, null, 1));
    }
    assert.deepEqual(outputs[name]?.parse(document), document);
  });
}

test('every schema of a command is tried on what the command prints', () => {
  const tried = new Set([
    ...documents.map(({ name }) => name),
    'audit-state',
    'signoff-payload',
    'exception-payload',
  ]);
  assert.deepEqual(
    [...outputSchemas().keys()].filter((name) => !tried.has(name)),
    [],
  );
});

test('what cy signed keeps the schema of a sign-off’s payload', () => {
  const { stdout } = spawnSync(
    'git',
    ['grep', '--cached', '-h', '^  {', '--', '.countersign/signoffs'],
    { cwd: sample.directory, encoding: 'utf8' },
  );
  const payloads = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly person: string });
  assert.ok(payloads.some(({ person }) => person === 'cy'));
  const validate = new Ajv({ strict: true, allowUnionTypes: true, formats }).compile(
    schemaOf('signoff-payload') as object,
  );
  for (const payload of payloads)
    assert.ok(validate(payload), JSON.stringify(validate.errors, null, 1));
});

/** Formats that the schemas name; the patterns beside them say the same. */
const formats = { 'date-time': true, date: true, uri: true } as const;

function schemaOf(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.schema.json`, folder), 'utf8'));
}

/** The schema with no room for keys that it does not name: drift shows. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value)]),
  );
  return 'properties' in inner && !('additionalProperties' in inner)
    ? { ...inner, additionalProperties: false }
    : inner;
}
