import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const root = new URL('../../../', import.meta.url);

async function codesIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(new URL(folder, root))).filter(
    (name) => name.endsWith('.ts') && name !== 'finding-docs.test.ts',
  );
  const sources = await Promise.all(
    names.map((name) => readFile(new URL(`${folder}/${name}`, root), 'utf8')),
  );
  return [
    ...new Set(
      sources.flatMap((source) => source.match(/(?<=')(?:signers|revoked)\/[a-z-]+(?=')/g) ?? []),
    ),
  ].sort();
}

test('every finding about keys has a section in docs/findings.md and a test that makes it', async () => {
  const codes = await codesIn('src/core/signatures');
  assert.ok(codes.length >= 9);
  const documented =
    (await readFile(new URL('docs/findings.md', root), 'utf8')).match(
      /(?<=^## )(?:signers|revoked)\/\S+$/gm,
    ) ?? [];
  assert.deepEqual(documented.toSorted(), codes);
  assert.deepEqual(await codesIn('test/core/signatures'), codes);
});
