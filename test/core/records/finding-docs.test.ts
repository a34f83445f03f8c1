import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const root = new URL('../../../', import.meta.url);

/** Codes of findings of records and policies that the TypeScript files of a folder name, by a pattern with the code as its group. */
async function codesIn(folder: string, pattern: RegExp): Promise<ReadonlySet<string>> {
  const codes = new Set<string>();
  for (const name of await readdir(new URL(folder, root), { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const source = await readFile(new URL(`${folder}/${name}`, root), 'utf8');
    for (const [, code = ''] of source.matchAll(pattern)) codes.add(code);
  }
  return codes;
}

test('every code of a record or policy finding has a section in docs/findings.md and a test that makes it', async () => {
  const codes = await codesIn('src/core/records', /'((?:record|policy)\/[a-z0-9-]+)'/g);
  const documented = new Set(
    [...(await readFile(new URL('docs/findings.md', root), 'utf8')).matchAll(/^## (\S+)$/gm)].map(
      ([, code]) => code,
    ),
  );
  const tested = await codesIn('test/core/records', /\b((?:record|policy)\/[a-z0-9-]+)/g);
  assert.ok(codes.size > 40);
  assert.deepEqual(
    [...codes].filter((code) => !documented.has(code)),
    [],
    'codes without a section',
  );
  assert.deepEqual(
    [...codes].filter((code) => !tested.has(code)),
    [],
    'codes without a test',
  );
});
