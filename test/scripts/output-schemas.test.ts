import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { outputSchemas } from '../../scripts/output-schemas.ts';

const folder = new URL('../../media/schemas/output/', import.meta.url);

test('media/schemas/output is made from the types of today', () => {
  const made = outputSchemas();
  assert.deepEqual(
    readdirSync(folder).sort(),
    [...made.keys()].map((name) => `${name}.schema.json`).sort(),
    'run: node scripts/schemas.ts',
  );
  for (const [name, text] of made)
    assert.equal(
      readFileSync(new URL(`${name}.schema.json`, folder), 'utf8'),
      text,
      'run: node scripts/schemas.ts',
    );
});
