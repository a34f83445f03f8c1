/** Hooks beside the real hook managers, which are installed into a cache folder; where they cannot be fetched, the tests are skipped. */
import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';
import { git, write, writeModelRepository } from '../extension/model-repository.ts';
import { temporaryFolder } from '../node/ssh-keygen.ts';
import { countersign, program } from './program.ts';

const cache = join(dirname(program), '..', '.cache', 'hook-managers');
const folder = temporaryFolder();
const home = join(folder, 'home');
const bin = join(folder, 'bin');
mkdirSync(home);
mkdirSync(bin);
writeFileSync(
  join(bin, 'countersign'),
  `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`,
  { mode: 0o755 },
);
const environment = {
  PATH: [bin, process.env['PATH']].join(delimiter),
  HOME: home,
  TMPDIR: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  CI: 'true',
  PYTHONPATH: join(cache, 'python'),
};

/** Installs a tool once; says why it could not be. */
function fetched(proof: string, command: string, args: readonly string[]): false | string {
  mkdirSync(cache, { recursive: true });
  if (existsSync(join(cache, proof))) return false;
  // Each by its ordinary client, from the registry that the machine is set up with.
  const ran = spawnSync(command, args, { cwd: cache, encoding: 'utf8', timeout: 180_000 });
  return ran.status === 0 && existsSync(join(cache, proof))
    ? false
    : `it could not be fetched: ${ran.error?.message ?? ran.stderr.trim().split('\n').at(-1)}`;
}

// Together: npm takes away what it was not asked for.
const noNpm = fetched(join('node_modules', 'husky', 'package.json'), 'npm', [
  'install',
  '--prefix',
  cache,
  '--no-audit',
  '--no-fund',
  '--no-save',
  '--ignore-scripts',
  'husky@9.1.7',
  'lefthook@2.2.2',
]);

let count = 0;

/** A model repository with a bare remote, its packages those that were fetched. */
function newRepository(files: Readonly<Record<string, string>>): string {
  const top = join(folder, `model-${count++}`);
  mkdirSync(top);
  writeModelRepository(top);
  git(top, 'init', '--quiet', '--bare', `${top}.git`);
  git(top, 'remote', 'add', 'origin', `${top}.git`);
  write(top, '.gitignore', 'node_modules\n');
  for (const [path, text] of Object.entries(files)) write(top, path, text);
  git(top, 'add', '--all');
  git(top, 'commit', '--quiet', '--message=Tools');
  git(top, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  git(top, 'switch', '--quiet', '--create=change');
  mkdirSync(join(top, 'node_modules'));
  for (const name of ['husky', 'lefthook', 'lefthook-linux-x64', 'lefthook-darwin-arm64', '.bin'])
    if (existsSync(join(cache, 'node_modules', name)))
      symlinkSync(join(cache, 'node_modules', name), join(top, 'node_modules', name));
  return top;
}

/** A program as a person runs it; npm's scripts find what packages bring. */
function person(top: string, command: string, args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(command, args, {
    cwd: top,
    env: {
      ...environment,
      PATH: [join(top, 'node_modules', '.bin'), environment.PATH].join(delimiter),
    },
    encoding: 'utf8',
  });
}

function must(top: string, command: string, args: readonly string[]): void {
  const ran = person(top, command, args);
  assert.equal(
    ran.status,
    0,
    `${command} ${args.join(' ')}: ${ran.error?.message ?? ''}${ran.stdout}${ran.stderr}`,
  );
}

type Hook = {
  readonly name: string;
  readonly state: string;
  readonly fires: boolean;
  readonly manager: string | null;
};

async function told(
  top: string,
  action: 'install' | 'status' | 'uninstall',
): Promise<readonly string[]> {
  const ran = await countersign(top, ['hook', action, '--json'], environment);
  assert.equal(ran.code, 0, ran.stderr);
  return (JSON.parse(ran.stdout) as { readonly hooks: readonly Hook[] }).hooks.map(
    ({ state, fires, manager }) => `${manager ?? state}${fires ? '+' : '-'}`,
  );
}

/** What `hook status` says is to be added for a hook, behind the last `: ` that begins it. */
async function advice(top: string, name: string, pattern: RegExp): Promise<string> {
  const { stdout } = await countersign(top, ['hook', 'status'], environment);
  const line = stdout.split('\n').find((candidate) => candidate.startsWith(`${name}: `)) ?? '';
  const [, found] = pattern.exec(line) ?? [];
  assert.ok(found, line);
  return found;
}

/** The gate refuses what it would refuse without the manager, and lets pass what it would let pass. */
function assertGuarded(top: string): void {
  const head = git(top, 'rev-parse', 'HEAD');
  const good = readFileSync(join(top, '.countersign/feedback/FB-0001.yaml'), 'utf8');
  write(top, '.countersign/feedback/FB-0001.yaml', 'schema: countersign/feedback@1\nid: FB-0001\n');
  git(top, 'add', '--all', '--', '.countersign');
  const refused = person(top, 'git', ['commit', '--message=broken']);
  assert.notEqual(refused.status, 0, refused.stdout + refused.stderr);
  assert.match(refused.stdout + refused.stderr, /what is staged: fail: /);
  assert.equal(git(top, 'rev-parse', 'HEAD'), head);
  write(top, '.countersign/feedback/FB-0001.yaml', good);
  write(top, 'model/score.py', 'def score(row):\n    return 1\n');
  git(top, 'add', '--all', '--', '.countersign', 'model');
  must(top, 'git', ['commit', '--message=score']);
  const pushed = person(top, 'git', ['push', 'origin', 'change:main']);
  assert.notEqual(pushed.status, 0, pushed.stdout + pushed.stderr);
  assert.match(pushed.stdout + pushed.stderr, /the push to main: fail: /);
  must(top, 'git', ['push', 'origin', 'change']);
}

test('husky', { skip: noNpm }, async () => {
  const top = newRepository({
    'package.json': '{ "name": "model", "private": true, "scripts": { "test": "exit 0" } }\n',
    '.husky/pre-commit': 'npm test\n',
  });
  must(top, 'husky', []);
  const before = readFileSync(join(top, '.husky/_/pre-commit'), 'utf8');
  assert.deepEqual(await told(top, 'install'), ['husky-', 'husky-', 'husky-']);
  assert.deepEqual(
    [
      readFileSync(join(top, '.husky/_/pre-commit'), 'utf8'),
      readFileSync(join(top, '.husky/pre-commit'), 'utf8'),
    ],
    [before, 'npm test\n'],
  );
  for (const name of ['pre-commit', 'pre-merge-commit', 'pre-push']) {
    const line = await advice(
      top,
      name,
      new RegExp(`add to \\.husky/${name}, .* ends the hook: (.*)$`),
    );
    const own = join(top, '.husky', name);
    writeFileSync(own, `${line}\n${existsSync(own) ? readFileSync(own, 'utf8') : ''}`);
  }
  assert.deepEqual(await told(top, 'status'), ['husky+', 'husky+', 'husky+']);
  assertGuarded(top);
  assert.deepEqual(await told(top, 'uninstall'), ['husky+', 'husky+', 'husky+']);
});

test('lefthook', { skip: noNpm }, async () => {
  const config = (own: Readonly<Record<string, string>>): string =>
    ['pre-commit', 'pre-merge-commit', 'pre-push']
      .map(
        (name) =>
          `${name}:\n  commands:\n    other:\n      run: "true"\n${own[name] ? `    ${own[name]}\n` : ''}`,
      )
      .join('');
  const top = newRepository({ 'lefthook.yml': config({}) });
  must(top, 'lefthook', ['install']);
  assert.deepEqual(await told(top, 'install'), ['lefthook-', 'lefthook-', 'lefthook-']);
  assert.equal(readFileSync(join(top, 'lefthook.yml'), 'utf8'), config({}));
  const own: Record<string, string> = {};
  for (const name of ['pre-commit', 'pre-merge-commit', 'pre-push'])
    own[name] = await advice(top, name, /then run lefthook install: (countersign: .*)$/);
  writeFileSync(join(top, 'lefthook.yml'), config(own));
  must(top, 'lefthook', ['install']);
  const hook = readFileSync(join(top, '.git/hooks/pre-commit'), 'utf8');
  assert.deepEqual(await told(top, 'status'), ['lefthook+', 'lefthook+', 'lefthook+']);
  assert.equal(readFileSync(join(top, '.git/hooks/pre-commit'), 'utf8'), hook);
  assertGuarded(top);
});

test('lefthook that keeps standard input to itself lets no push pass', {
  skip: noNpm,
}, async () => {
  const top = newRepository({
    'lefthook.yml':
      'pre-push:\n  commands:\n    countersign:\n      run: countersign hook run pre-push\n',
  });
  must(top, 'lefthook', ['install']);
  const pushed = person(top, 'git', ['push', 'origin', 'change']);
  assert.notEqual(pushed.status, 0);
  assert.match(pushed.stdout + pushed.stderr, /nobody told the pre-push hook what is pushed/);
});

const noPreCommit = fetched(join('python', 'pre_commit', '__init__.py'), 'python3', [
  '-m',
  'pip',
  'install',
  '--quiet',
  '--target',
  join(cache, 'python'),
  'pre-commit==4.7.0',
]);
const preCommit = ['-m', 'pre_commit'];
const types = ['pre-commit', 'pre-merge-commit', 'pre-push'].flatMap((name) => ['-t', name]);

test('pre-commit, with the lines that are printed', { skip: noPreCommit }, async () => {
  const other =
    '  - {repo: local, hooks: [{id: other, name: other, entry: "true", language: system, always_run: true}]}\n';
  const top = newRepository({ '.pre-commit-config.yaml': `repos:\n${other}` });
  must(top, 'python3', [...preCommit, 'install', ...types]);
  // Beside its hook before pushes pre-commit runs one of before: the only one that it hands the whole push to.
  assert.deepEqual(await told(top, 'install'), ['pre-commit-', 'pre-commit-', 'pre-commit+']);
  assert.deepEqual(await told(top, 'uninstall'), ['pre-commit-', 'pre-commit-', 'pre-commit-']);
  const lines = await advice(top, 'pre-commit', /-t pre-push: (- .*)$/);
  writeFileSync(join(top, '.pre-commit-config.yaml'), `repos:\n${other}  ${lines}\n`);
  git(top, 'add', '.pre-commit-config.yaml');
  assert.deepEqual(await told(top, 'status'), ['pre-commit+', 'pre-commit+', 'pre-commit+']);
  git(top, '-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message=hooks');
  assert.deepEqual(await told(top, 'install'), ['pre-commit+', 'pre-commit+', 'pre-commit+']);
  assertGuarded(top);
});

test('pre-commit, with the hooks that this project ships', { skip: noPreCommit }, async () => {
  const shipped = join(folder, 'shipped');
  mkdirSync(shipped);
  writeFileSync(
    join(shipped, '.pre-commit-hooks.yaml'),
    readFileSync(join(dirname(program), '..', '.pre-commit-hooks.yaml')),
  );
  git(shipped, 'init', '--quiet');
  git(shipped, 'add', '--all');
  git(
    shipped,
    '-c',
    'user.name=x',
    '-c',
    'user.email=x@example.org',
    'commit',
    '--quiet',
    '--message=hooks',
  );
  const top = newRepository({
    '.pre-commit-config.yaml': `repos:\n  - {repo: '${shipped}', rev: ${git(shipped, 'rev-parse', 'HEAD').trim()}, hooks: [{id: countersign-commit}, {id: countersign-merge}, {id: countersign-push}]}\n`,
  });
  must(top, 'python3', [...preCommit, 'install', ...types]);
  assert.deepEqual(await told(top, 'status'), ['pre-commit+', 'pre-commit+', 'pre-commit+']);
  write(top, 'docs/note.md', 'x\n');
  git(top, 'add', '--all');
  git(top, '-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message=note');
  const one = person(top, 'git', ['push', 'origin', 'change']);
  assert.notEqual(one.status, 0);
  assert.match(
    one.stdout + one.stderr,
    /first branch of a push only, and nobody would judge the others \(hook\/one-branch\) — next: once in this clone: countersign hook install/,
  );
  const { stdout } = await countersign(top, ['hook', 'status'], environment);
  assert.match(
    stdout,
    /^pre-push: git runs the gate by pre-commit, which tells it of the first branch of a push only; .* — next: countersign hook install/m,
  );
  assert.deepEqual(await told(top, 'install'), ['pre-commit+', 'pre-commit+', 'pre-commit+']);
  assertGuarded(top);
  // pre-commit tells its own hooks of the first branch alone.
  write(top, 'model/score.py', 'def score(row):\n    return 2\n');
  git(top, 'switch', '--quiet', '--create=second');
  git(top, '-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--all', '--message=second');
  for (const refs of [
    ['second:topic', 'second:main'],
    ['second:main', 'second:topic'],
  ]) {
    const both = person(top, 'git', ['push', 'origin', ...refs]);
    assert.notEqual(both.status, 0, both.stdout + both.stderr);
    assert.match(both.stdout + both.stderr, /the push to main: fail: /);
  }
  assert.notEqual(person(top, 'git', ['push', 'origin', ':main']).status, 0);
  const there = git(top, 'ls-remote', 'origin');
  assert.match(there, /main/);
  assert.doesNotMatch(there, /topic/);
});

test('a hook of before that pre-commit keeps still runs', { skip: noPreCommit }, async () => {
  const top = newRepository({ '.pre-commit-config.yaml': 'repos: []\n' });
  assert.deepEqual(await told(top, 'install'), ['ours+', 'ours+', 'ours+']);
  must(top, 'python3', [...preCommit, 'install', ...types]);
  assert.ok(existsSync(join(top, '.git/hooks/pre-commit.legacy')));
  assert.deepEqual(await told(top, 'status'), ['pre-commit+', 'pre-commit+', 'pre-commit+']);
  chmodSync(join(top, '.git/hooks/pre-commit.legacy'), 0o644);
  assert.deepEqual(await told(top, 'status'), ['pre-commit-', 'pre-commit+', 'pre-commit+']);
});
