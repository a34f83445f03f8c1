import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Fails unless the text is what the golden file holds. With UPDATE_GOLDEN=1 in the environment the file is written instead,
 * and the difference is left where a person can look.
 *
 * @param name path below `test/golden`
 */
export function matchesGolden(name: string, text: string): void {
  const file = new URL(`./golden/${name}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file.pathname), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  assert.ok(existsSync(file), `test/golden/${name} is missing: UPDATE_GOLDEN=1 writes it`);
  assert.equal(
    text,
    readFileSync(file, 'utf8'),
    `test/golden/${name} differs: look at the change, then UPDATE_GOLDEN=1 writes it`,
  );
}
