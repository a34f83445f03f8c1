/** Hooks beside the real hook managers, which are installed into a cache folder; where they cannot be fetched, the tests are skipped. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { git, write } from '../extension/model-repository.ts';
import { countersign, program } from './program.ts';
import {
  advice,
  assertGuarded,
  cache,
  environment,
  fetched,
  folder,
  must,
  newRepository,
  noNpm,
  person,
  told,
} from './managed-repository.ts';

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
