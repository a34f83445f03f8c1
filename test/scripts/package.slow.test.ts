import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { packExtension } from '../../scripts/package.ts';

const root = new URL('../..', import.meta.url).pathname;

test('a VSIX holds what runs and what is read, and nothing of how it was made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-package-'));
  try {
    const file = join(folder, 'countersign.vsix');
    const names = await packExtension(file);
    for (const needed of [
      'package.json',
      'LICENSE',
      'package.nls.json',
      'dist/cli.js',
      'dist/extension.js',
      'dist/webview/report.js',
      'media/countersign.svg',
      'node_modules/@duckdb/node-api/package.json',
    ])
      assert.ok(names.includes(`extension/${needed}`), needed);
    assert.equal(
      names.filter((name) => name.endsWith('/duckdb.node')).length,
      1,
      'the engine of this platform, and of no other',
    );
    const strange = names.filter(
      (name) =>
        !/^extension\/(?:package\.json|(?:dist|media|l10n)\/|package\.nls(?:\.[\w-]+)?\.json$|README\.md$|CHANGELOG\.md$|LICENSE$|node_modules\/(?:@duckdb|detect-libc)\/)/.test(
          name,
        ) || /\.(?:ts|map)$/.test(name),
    );
    assert.deepEqual(strange, []);
    assert.ok(statSync(file).size < 40e6, 'an editor has to download it');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the command line of an extension runs where the editor put it, its engine too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-extension-'));
  try {
    for (const name of await packExtension(join(folder, 'countersign.vsix'))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      cpSync(join(root, name.slice('extension/'.length)), join(folder, name));
    }
    execFileSync('git', ['init', '--quiet', '--initial-branch=main', join(folder, 'model')]);
    const { stdout } = spawnSync(
      process.execPath,
      [join(folder, 'extension/dist/cli.js'), 'doctor'],
      { cwd: join(folder, 'model'), encoding: 'utf8' },
    );
    assert.match(stdout, /engine: DuckDB/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
