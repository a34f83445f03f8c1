/** The JSON Schemas of what the commands print with `--json`, and of what people sign. */
import { createGenerator } from 'ts-json-schema-generator';
import * as z from 'zod';
import { auditState } from '../src/cli/audit-state.ts';
import { exceptionPayload, signoffPayload } from '../src/core/gate/payload.ts';
import { reviewListSchema } from '../src/core/reviews/thread-list.ts';

type Json = { readonly [key: string]: unknown };

/** What a library of schemas describes already. */
const described: Readonly<Record<string, z.ZodType>> = {
  'audit-state': auditState,
  'exception-payload': exceptionPayload,
  'review-list': reviewListSchema,
  'signoff-payload': signoffPayload,
};

/** Texts of all schemas, by name. Keys may be added to a document in a later version, so none forbids further keys. */
export function outputSchemas(): ReadonlyMap<string, string> {
  const folder = new URL('.', import.meta.url).pathname;
  const made = createGenerator({
    path: `${folder}output-types.ts`,
    tsconfig: `${folder}tsconfig.json`,
    skipTypeCheck: true,
    additionalProperties: true,
    topRef: false,
    expose: 'export',
    jsDoc: 'extended',
  }).createSchema('Outputs') as Json;
  const definitions = made['definitions'] as Readonly<Record<string, Json>>;
  const documents = Object.entries(made['properties'] as Readonly<Record<string, Json>>).map(
    ([name, schema]) => [name, text(name, documentSchema(schema, definitions))] as const,
  );
  const others = Object.entries(described).map(
    ([name, schema]) =>
      [
        name,
        text(
          name,
          z.toJSONSchema(schema, {
            target: 'draft-7',
            io: 'input',
            unrepresentable: 'any',
          }) as Json,
        ),
      ] as const,
  );
  return new Map([...documents, ...others].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A document's own schema with the definitions that it uses, and no others. */
function documentSchema(schema: Json, definitions: Readonly<Record<string, Json>>): Json {
  const top =
    typeof schema['$ref'] === 'string' ? (definitions[nameOf(schema['$ref'])] as Json) : schema;
  const used = new Set(references(top));
  for (const name of used) for (const other of references(definitions[name])) used.add(other);
  const wanted = Object.entries(definitions)
    .filter(([name]) => used.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return wanted.length === 0 ? top : { ...top, definitions: Object.fromEntries(wanted) };
}

function references(schema: unknown): readonly string[] {
  return [...JSON.stringify(schema).matchAll(/"\$ref":"(#\/definitions\/[^"]+)"/g)].map(
    ([, reference = '']) => nameOf(reference),
  );
}

function nameOf(reference: string): string {
  return decodeURIComponent(reference.slice('#/definitions/'.length));
}

function text(name: string, { $schema: _, ...schema }: Json): string {
  return `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', title: name, ...schema }, null, 2)}\n`;
}
