import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { schemaFile, schemaText } from '../../../scripts/schemas.ts';
import { recordKinds } from '../../../src/core/records/record-kind.ts';

for (const kind of recordKinds) {
  test(`media/schemas/${schemaFile(kind)} is up to date`, async () => {
    const written = await readFile(
      new URL(`../../../media/schemas/${schemaFile(kind)}`, import.meta.url),
      'utf8',
    );
    assert.equal(written, schemaText(kind), 'run: node scripts/schemas.ts');
  });
}

test('the schema of feedback says what its keys take and which are needed', () => {
  const feedback = JSON.parse(schemaText('feedback'));
  assert.equal(feedback.properties.received_at.format, 'date-time');
  assert.match(feedback.properties.received_at.description, /RFC 3339/);
  assert.deepEqual(feedback.patternProperties, { '^x-': {} });
  assert.equal(feedback.additionalProperties, false);
  assert.deepEqual(feedback.required, ['schema', 'id', 'title', 'channel', 'status']);
});

type Schema = { readonly [key: string]: unknown };

/** Paths of properties in a schema that neither say what they are nor take one value only. */
function undescribed(schema: unknown, at = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {}, items, additionalProperties, ...rest } = schema as Schema;
  const own = Object.entries(properties as Record<string, Schema>).flatMap(([key, inner]) => [
    ...(inner.description === undefined && inner.const === undefined ? [`${at}/${key}`] : []),
    ...undescribed(inner, `${at}/${key}`),
  ]);
  const below = [
    items,
    additionalProperties,
    ...['anyOf', 'oneOf', 'allOf'].flatMap((key) => (key in rest ? (rest[key] as unknown[]) : [])),
  ];
  return [...own, ...below.flatMap((inner) => undescribed(inner, at))];
}

for (const kind of recordKinds) {
  test(`every field of ${kind} has a description`, () => {
    const schema = JSON.parse(schemaText(kind));
    // The condition on several fields at once repeats fields that are described above.
    assert.deepEqual(undescribed({ ...schema, anyOf: [] }), []);
  });
}
