import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const score =
  'BASE = 10.0\n\n\ndef score(row):\n    wage = BASE + 0.8 * row["education"]\n    if row["occupation"] == "sales":\n        wage -= 0.5\n    return wage\n';

const files: Readonly<Record<string, string>> = {
  'model/score.py': score,
  '.countersign/policy.yaml': `schema: countersign/policy@1
repository: wage-model
targets: [main]
people:
  ada: {name: Ada, emails: [ada@example.org], principals: [ada@example.org]}
  ben: {name: Ben, emails: [ben@example.org], principals: [ben@example.org]}
  cy: {name: Cy, emails: [cy@example.org], principals: [cy@example.org]}
  eve: {name: Eve, emails: [eve@example.org], principals: [eve@example.org]}
roles: {model-owner: [ada], validator: [ben], policy-admin: [ben, cy, eve]}
rules:
  - id: model-change
    paths: ["model/**"]
    require:
      - {role: validator, count: 1, independent: true}
`,
  '.countersign/feedback/FB-0001.yaml': feedback(
    'FB-0001',
    'Tips are not counted for sales staff',
    'new',
    'trail:\n  code:\n    - {path: model/score.py, lines: [6, 7]}\n',
  ),
  '.countersign/feedback/FB-0002.yaml': feedback(
    'FB-0002',
    'Part-time work is rated too low',
    'new',
    '',
  ),
  '.countersign/feedback/FB-0003.yaml': feedback(
    'FB-0003',
    'The explanation names the wrong feature',
    'triaged',
    '',
  ),
  '.countersign/decisions/DR-0001.yaml': `schema: countersign/decision@1
id: DR-0001
title: Lower the base wage of sales staff by tips
status: accepted
owner: ada
risk: medium
feedback: [FB-0001, FB-0002]
trail:
  code:
    - {path: model/score.py, lines: [4, 8]}
`,
};

function feedback(id: string, title: string, status: string, rest: string): string {
  return `schema: countersign/feedback@1\nid: ${id}\ntitle: ${title}\nchannel: survey\nreceived_at: 2026-10-01T08:00:00+02:00\nstatus: ${status}  # as told\n${rest}`;
}

/** Makes a model repository with a policy, feedback, a decision and code, all landed on main. Needs git and ssh-keygen. */
export function writeModelRepository(folder: string): void {
  for (const [path, text] of Object.entries(files)) write(folder, path, text);
  const keys = ['ada', 'ben', 'cy', 'eve'].map(
    (person) => `${person}@example.org namespaces="model-signoff" ${publicKey()}`,
  );
  write(folder, '.countersign/allowed_signers', `${keys.join('\n')}\n`);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  for (const [key, value] of [
    ['user.name', 'Ada'],
    ['user.email', 'ada@example.org'],
    ['commit.gpgsign', 'false'],
  ] as const)
    git(folder, 'config', key, value);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=Start');
}

/** git in a folder, with nothing of the machine's own configuration. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
}

/** Writes a file of the folder, as another program would. */
export function write(folder: string, path: string, text: string): void {
  const absolute = join(folder, path);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, text);
}

/** The public half of a key that nobody keeps: in these tests nobody signs. */
function publicKey(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-key-'));
  try {
    execFileSync('ssh-keygen', [
      '-q',
      '-t',
      'ed25519',
      '-N',
      '',
      '-C',
      '',
      '-f',
      join(folder, 'key'),
    ]);
    return readFileSync(join(folder, 'key.pub'), 'utf8').trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
