/** Writes the JSON Schema of every kind of record to `media/schemas/`, for editors that complete and check YAML, and that of every JSON document of the command line to `media/schemas/output/`. */
import { mkdir, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { type RecordKind, recordKinds } from '../src/core/records/record-kind.ts';
import { recordSchemas } from '../src/core/records/schemas.ts';
import { outputSchemas } from './output-schemas.ts';

const folder = new URL('../media/schemas/', import.meta.url);

type Json = { [key: string]: unknown };

/** The file of a kind's schema, below `media/schemas/`. */
export function schemaFile(kind: RecordKind): string {
  return `${kind}.schema.json`;
}

/** The JSON Schema of a kind, as text. Draft 7, which the editors' YAML support reads best. */
export function schemaText(kind: RecordKind): string {
  const schema = z.toJSONSchema(recordSchemas[kind], {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => ownKeys(jsonSchema as Json),
  });
  const { $schema, ...rest } = schema as Json;
  return `${JSON.stringify({ $schema, title: `countersign/${kind}@1`, ...rest, ...conditions(kind) }, null, 2)}\n`;
}

/** Keys that begin with `x-` are the team's own, at every level. */
function ownKeys(schema: Json): void {
  if (schema.additionalProperties === false) schema.patternProperties = { '^x-': {} };
}

/** What the record schemas say about several fields at once. */
function conditions(kind: RecordKind): Json {
  if (kind !== 'feedback') return {};
  return {
    anyOf: [
      { required: ['received_at'] },
      { required: ['observed_at'], properties: { observed_at: { const: 'unknown' } } },
    ],
  };
}

/** Writes all of them. */
export async function writeSchemas(): Promise<void> {
  await mkdir(new URL('output/', folder), { recursive: true });
  for (const kind of recordKinds)
    await writeFile(new URL(schemaFile(kind), folder), schemaText(kind));
  for (const [name, text] of outputSchemas())
    await writeFile(new URL(`output/${name}.schema.json`, folder), text);
}

if (import.meta.main) await writeSchemas();
