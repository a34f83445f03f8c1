import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { CountersignError } from '../../src/app/errors.ts';
import { openRepository } from '../../src/node/repository.ts';
import { temporaryFolder } from './ssh-keygen.ts';

const folder = temporaryFolder();
execFileSync('git', ['init', '--quiet', '--initial-branch=main', folder]);
const environment = { PATH: process.env['PATH'], HOME: folder };

test('what people have in their environment is no obstacle', async () => {
  for (const name of [
    'EDITOR',
    'VISUAL',
    'PAGER',
    'SSH_ASKPASS',
    'PREFIX',
    'GIT_ASKPASS',
    'GIT_EDITOR',
    'GIT_SSH_COMMAND',
    'GIT_PAGER',
    'GIT_EXTERNAL_DIFF',
    'GIT_TEMPLATE_DIR',
  ]) {
    const { git } = await openRepository(folder, { ...environment, [name]: '/bin/false' });
    assert.equal(await git.text(['symbolic-ref', 'HEAD']), 'refs/heads/main', name);
  }
});

test('a command that must succeed says what git said', async () => {
  const { git } = await openRepository(folder, environment);
  await assert.rejects(
    git.text(['rev-parse', '--verify', 'nothing']),
    (error) =>
      error instanceof CountersignError &&
      error.code === 'git/failed' &&
      /git rev-parse: fatal: Needed a single revision/.test(error.message),
  );
  assert.equal((await git.run(['rev-parse', '--verify', 'nothing'])).code, 128);
});
