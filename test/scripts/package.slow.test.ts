import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { packExtension } from '../../scripts/package.ts';

test('a VSIX holds what runs and what is read, and nothing of how it was made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-package-'));
  try {
    const file = join(folder, 'countersign.vsix');
    const names = await packExtension(file);
    for (const needed of ['package.json', 'LICENSE', 'package.nls.json', 'dist/cli.js', 'dist/extension.js', 'dist/webview/report.js', 'media/countersign.svg', 'node_modules/@duckdb/node-api/package.json']) assert.ok(names.includes(`extension/${needed}`), needed);
    assert.equal(names.filter((name) => name.endsWith('/duckdb.node')).length, 1, 'the engine of this platform, and of no other');
    const strange = names.filter((name) => !/^extension\/(?:package\.json|(?:dist|media|l10n)\/|package\.nls(?:\.[\w-]+)?\.json$|README\.md$|CHANGELOG\.md$|LICENSE$|node_modules\/(?:@duckdb|detect-libc)\/)/.test(name) || /\.(?:ts|map)$/.test(name));
    assert.deepEqual(strange, []);
    assert.ok(statSync(file).size < 40e6, 'an editor has to download it');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
