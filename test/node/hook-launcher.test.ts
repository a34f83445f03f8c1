import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { keepLauncher, launcherPath } from '../../src/node/hook-launcher.ts';
import { hookScript } from '../../src/node/hook-script.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign launcher-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const storage = join(folder, 'storage');
const version = (name: string): string =>
  join(folder, 'extensions', `countersign.countersign-${name}`);
const launched = (node = process.execPath) => ({
  node,
  program: join(version('0.1.0'), 'dist', 'cli.js'),
  newer: join(folder, 'extensions', 'countersign.countersign-*', 'dist', 'cli.js'),
});

function runHook(): { readonly code: number | null; readonly out: string; readonly err: string } {
  const hook = join(folder, 'pre-commit');
  writeFileSync(hook, hookScript('pre-commit', ['sh', launcherPath(storage)]), { mode: 0o755 });
  const ran = spawnSync(hook, ['given'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '' },
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

test('a hook that the editor wrote survives updates of the extension and of the editor', async () => {
  mkdirSync(join(version('0.1.0'), 'dist'), { recursive: true });
  writeFileSync(
    join(version('0.1.0'), 'dist', 'cli.js'),
    'console.log(__filename.includes("0.2.0") ? "new" : "old", ...process.argv.slice(2)); process.exitCode = 3;',
  );
  assert.equal(await keepLauncher(storage, launched(), false), false);
  assert.equal(await keepLauncher(storage, launched(), true), true);
  assert.deepEqual(runHook(), { code: 3, out: 'old hook run pre-commit given\n', err: '' });
  assert.doesNotMatch(readFileSync(join(folder, 'pre-commit'), 'utf8'), /0\.1\.0/);
  renameSync(version('0.1.0'), version('0.2.0'));
  assert.deepEqual(runHook(), { code: 3, out: 'new hook run pre-commit given\n', err: '' });
  await keepLauncher(storage, launched(join(folder, 'no-such-node')), false);
  assert.equal(runHook().out, 'new hook run pre-commit given\n');
});

test('a hook whose program is gone blocks, and says in one line what an editor’s user can do', async () => {
  rmSync(join(folder, 'extensions'), { recursive: true, force: true });
  await keepLauncher(storage, launched(), true);
  const { code, err } = runHook();
  assert.equal(code, 1);
  assert.match(err, /^countersign is gone [^\n]*Countersign: Install Git Hooks[^\n]*\n$/);
  rmSync(launcherPath(storage));
  assert.match(runHook().err, /Countersign: Install Git Hooks/);
});
