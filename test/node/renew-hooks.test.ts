import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import type { Repository } from '../../src/app/repository.ts';
import { hookNames } from '../../src/node/hook-names.ts';
import { hookScript } from '../../src/node/hook-script.ts';
import { renewHooks } from '../../src/node/renew-hooks.ts';
import { openRepository } from '../../src/node/repository.ts';
import { git } from '../extension/model-repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-renew-'));
const older = ['/usr/bin/node', '/home/ada/.ext/countersign.countersign-0.1.0/dist/cli.js'];
const launcher = ['sh', '/home/ada/storage/countersign.countersign/countersign-hook.sh'];
const path = (name: string): string => join(folder, '.git', 'hooks', name);
const write = (name: string, text: string): void =>
  writeFileSync(path(name), text, { mode: 0o755 });
const read = (name: string): string => readFileSync(path(name), 'utf8');

let repository: Repository;
let asked = 0;
const renew = (): Promise<boolean> =>
  renewHooks(repository, 'countersign.countersign-', async () => {
    asked++;
    return launcher;
  });

before(async () => {
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'config', 'core.hooksPath', path(''));
  repository = await openRepository(folder, process.env);
});
beforeEach(() => {
  asked = 0;
  for (const name of hookNames) write(name, hookScript(name, launcher));
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('hooks with a version in their path run by the launcher from then on, and are written once', async () => {
  for (const name of hookNames) write(name, hookScript(name, older));
  assert.equal(await renew(), true);
  for (const name of hookNames) assert.equal(read(name), hookScript(name, launcher));
  assert.equal(await renew(), false);
  assert.equal(asked, 1);
});

test('one older hook among newer ones is enough', async () => {
  write('pre-push', hookScript('pre-push', older));
  assert.equal(await renew(), true);
  assert.equal(read('pre-push'), hookScript('pre-push', launcher));
});

for (const [what, text] of [
  [
    'a hook of a command line that was installed by other means',
    hookScript('pre-commit', ['/usr/bin/node', '/opt/countersign/dist/cli.js']),
  ],
  ['a shared hook', hookScript('pre-commit', null)],
  ["somebody's own hook that names the folder", `#!/bin/sh\n${older.join(' ')} check --staged\n`],
] as const)
  test(`${what} is left as it is`, async () => {
    write('pre-commit', text);
    assert.equal(await renew(), false);
    assert.equal(read('pre-commit'), text);
    assert.equal(asked, 0);
  });

test("somebody's own hook stays beside those that are written anew", async () => {
  write('pre-commit', '#!/bin/sh\nexit 0\n');
  write('pre-push', hookScript('pre-push', older));
  assert.equal(await renew(), true);
  assert.equal(read('pre-commit'), '#!/bin/sh\nexit 0\n');
  assert.equal(read('pre-push'), hookScript('pre-push', launcher));
});
