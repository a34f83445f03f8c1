import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { git, writeModelRepository } from '../extension/model-repository.ts';
import { temporaryFolder } from '../node/ssh-keygen.ts';
import { countersign } from './program.ts';

const environment = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

test('a clone that has the target only as the remote’s branch is told how to name it', async () => {
  const folder = temporaryFolder();
  const top = join(folder, 'model');
  mkdirSync(top);
  writeModelRepository(top);
  git(top, 'branch', 'change');
  git(folder, 'clone', '--quiet', '--branch=change', top, 'clone');
  const clone = join(folder, 'clone');
  const ran = await countersign(clone, ['check', '--range', 'main...HEAD'], environment);
  assert.equal(ran.code, 2);
  assert.match(
    ran.stderr,
    /^countersign: there is no branch "main" in this clone \(revision\/unknown\)\n.*say origin\/main, or make it a branch: git branch --track main origin\/main$/m,
  );
  assert.equal(
    (await countersign(clone, ['check', '--range', 'origin/main...HEAD'], environment)).code,
    0,
  );
});
