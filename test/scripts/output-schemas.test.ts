import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { outputSchemas, outputs } from '../../scripts/output-schemas.ts';

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

const goldens = new URL('../golden/check/', import.meta.url);

test('schema and published text accept and refuse the same: golden results, and what one change makes of them', () => {
  const published = new Ajv({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(outputSchemas().get('check') ?? '') as object,
  );
  let refused = 0;
  for (const name of readdirSync(goldens).filter((file) => file.endsWith('.json'))) {
    const golden: unknown = JSON.parse(readFileSync(new URL(name, goldens), 'utf8'));
    if ((golden as { readonly schema?: unknown }).schema !== 'countersign/check@1') continue;
    assert.deepEqual(outputs['check']?.parse(golden), golden, name);
    assert.ok(published(golden), name);
    for (const changed of changes(golden)) {
      const good = published(changed);
      assert.equal(outputs['check']?.safeParse(changed).success, good, JSON.stringify(changed));
      if (!good) refused++;
    }
  }
  assert.ok(refused > 500, `${refused}`);
});

/** The document with one key left out, one text or number of another type, or one text of another content; one change each. */
function* changes(value: unknown): Generator<unknown> {
  if (typeof value === 'string') yield* [7, null, `${value}?`];
  else if (typeof value === 'number' || typeof value === 'boolean') yield* ['7', null];
  else if (Array.isArray(value)) {
    yield {};
    for (const [index, item] of value.entries())
      for (const changed of changes(item)) yield value.with(index, changed);
  } else if (typeof value === 'object' && value !== null) {
    yield [];
    for (const [key, inner] of Object.entries(value)) {
      const { [key]: _, ...rest } = value as Readonly<Record<string, unknown>>;
      yield rest;
      for (const changed of changes(inner)) yield { ...value, [key]: changed };
    }
  }
}
