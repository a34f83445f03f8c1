import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { schemaFile, schemaText } from '../../../scripts/schemas.ts';
import { recordKinds } from '../../../src/core/records/record-kind.ts';

for (const kind of recordKinds) {
  test(`media/schemas/${schemaFile(kind)} is up to date`, async () => {
    const written = await readFile(new URL(`../../../media/schemas/${schemaFile(kind)}`, import.meta.url), 'utf8');
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
