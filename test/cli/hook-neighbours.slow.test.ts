import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { git, write } from '../extension/model-repository.ts';
import { countersign } from './program.ts';
import { breakRecord, environment, newRepository, person } from './hooked-repository.ts';

/** Puts the printed line right below the first line of a hook. */
async function chain(top: string, name: string, text: string): Promise<void> {
  const path = join(top, '.git/hooks', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o755 });
  const { stdout } = await countersign(top, ['hook', 'install'], environment);
  const line = stdout.split('\n').find((candidate) => candidate.startsWith(`${name}: `)) ?? '';
  const [, added] = /after #!: (.*) \(.*\)$/.exec(line) ?? [];
  assert.ok(added, line);
  writeFileSync(path, text.replace('\n', `\n${added}\n`));
}

test('whoever comes after the gate before a push has what git told, to the byte', async () => {
  const top = newRepository();
  await chain(
    top,
    'pre-push',
    '#!/bin/sh\ncat > "$(git rev-parse --git-dir)/told"; echo "$@" >> "$(git rev-parse --git-dir)/told"\n',
  );
  write(top, 'docs/note.md', 'x\n');
  git(top, 'add', '--all');
  git(top, 'commit', '--quiet', '--no-verify', '--message=note');
  const pushed = person(top, ['push', 'origin', 'change', 'change:second']);
  assert.equal(pushed.status, 0, pushed.stderr);
  const head = git(top, 'rev-parse', 'HEAD').trim();
  const none = '0'.repeat(40);
  assert.equal(
    readFileSync(join(top, '.git/told'), 'utf8'),
    `refs/heads/change ${head} refs/heads/change ${none}\nrefs/heads/change ${head} refs/heads/second ${none}\norigin ${top}.git\n`,
  );
  write(top, 'model/score.py', 'def score(row):\n    return 1\n');
  git(top, 'commit', '--quiet', '--all', '--no-verify', '--message=score');
  const refused = person(top, ['push', 'origin', 'change:main']);
  assert.notEqual(refused.status, 0);
  assert.match(refused.stderr, /the push to main: fail: /);
});

/** Git LFS where it is, or can be had without asking anybody; else why not. */
function noLfs(): false | string {
  const there = (): boolean => spawnSync('git', ['lfs', 'version']).status === 0;
  if (!there() && process.getuid?.() === 0)
    for (const args of [
      ['update', '--quiet'],
      ['install', '--yes', '--quiet', 'git-lfs'],
    ])
      spawnSync('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return there() ? false : 'git-lfs is not here';
}

test('Git LFS uploads beside the gate', { skip: noLfs() }, async () => {
  const top = newRepository();
  const lfs = (...args: readonly string[]): void => {
    const ran = person(top, ['lfs', ...args]);
    assert.equal(ran.status, 0, ran.stderr);
  };
  lfs('install', '--local');
  const hook = readFileSync(join(top, '.git/hooks/pre-push'), 'utf8');
  await chain(top, 'pre-push', hook);
  write(top, '.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n');
  write(top, 'weights/w.bin', 'W'.repeat(5000));
  for (const args of [
    ['add', '--all'],
    ['commit', '--quiet', '--no-verify', '--message=weights'],
  ])
    assert.equal(person(top, args).status, 0);
  const pushed = person(top, ['push', 'origin', 'change']);
  assert.equal(pushed.status, 0, pushed.stderr);
  assert.equal(
    readdirSync(join(`${top}.git`, 'lfs/objects'), { recursive: true }).filter((name) =>
      /[0-9a-f]{64}$/.test(String(name)),
    ).length,
    1,
  );
});

test('a formatter behind the gate is named', async () => {
  const top = newRepository();
  await chain(
    top,
    'pre-commit',
    '#!/bin/sh\n# prettier comes first\n! command -v lint-staged || lint-staged\n',
  );
  const { stdout } = await countersign(top, ['hook', 'status'], environment);
  assert.match(
    stdout,
    /^pre-commit: git runs the gate, and lint-staged behind it may change what the gate has judged — next: put the line of the gate behind lint-staged/m,
  );
  const path = join(top, '.git/hooks/pre-commit');
  const [first, gate, comment, ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [first, comment, 'true || lint-staged', gate, ...rest.slice(1)].join('\n'));
  assert.match(
    (await countersign(top, ['hook', 'status'], environment)).stdout,
    /^pre-commit: git runs the gate \(/m,
  );
});

test('half-way through a rebase records alone are judged, and the whole at the push', async () => {
  const top = newRepository();
  await countersign(top, ['hook', 'install'], environment);
  for (const text of ['    return 1\n', '    return 2\n']) {
    write(top, 'model/score.py', `def score(row):\n${text}`);
    git(top, 'commit', '--quiet', '--all', '--no-verify', '--message=score');
  }
  const reword = {
    GIT_SEQUENCE_EDITOR: "sed -i.bak '1s/^pick/reword/'",
    GIT_EDITOR: 'sed -i.bak s/score/SCORE/',
  };
  const rebased = person(top, ['rebase', '--interactive', 'main'], reword);
  assert.equal(rebased.status, 0, rebased.stderr);
  assert.match(rebased.stdout + rebased.stderr, /half-way through a rebase only records/);
  assert.match(git(top, 'log', '--format=%s', 'main..HEAD'), /score\nSCORE/);
  const pushed = person(top, ['push', 'origin', 'change:main']);
  assert.notEqual(pushed.status, 0);
  assert.match(pushed.stderr, /the push to main: fail: /);
});

test('a commit waits for the records that it brings, and a push for all of the branch', async () => {
  const top = newRepository();
  breakRecord(top);
  git(top, 'commit', '--quiet', '--no-verify', '--message=broken');
  await countersign(top, ['hook', 'install'], environment);
  write(top, 'docs/note.md', 'x\n');
  git(top, 'add', '--all');
  assert.equal(person(top, ['commit', '--quiet', '--message=note']).status, 0);
  const pushed = person(top, ['push', 'origin', 'change']);
  assert.notEqual(pushed.status, 0);
  assert.match(pushed.stderr, /the push to change: fail: /);
  write(top, 'docs/note.md', 'y\n');
  breakRecord(top);
  write(top, '.countersign/feedback/FB-0002.yaml', 'schema: countersign/feedback@1\n');
  git(top, 'add', '--all');
  assert.notEqual(person(top, ['commit', '--quiet', '--message=more']).status, 0);
});
