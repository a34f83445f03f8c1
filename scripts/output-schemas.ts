/** The JSON Schemas of what the commands print with `--json`, and of what people sign. */
import * as z from 'zod';
import { auditState } from '../src/cli/audit-state.ts';
import { exceptionPayload, signoffPayload } from '../src/core/gate/payload.ts';
import { reviewListSchema } from '../src/core/reviews/thread-list.ts';
import { outputDocuments } from './output-documents.ts';

type Json = { readonly [key: string]: unknown };

/** The schema of each document, by its name. */
export const outputs: Readonly<Record<string, z.ZodType>> = {
  ...outputDocuments,
  'audit-state': auditState,
  'exception-payload': exceptionPayload,
  'review-list': reviewListSchema,
  'signoff-payload': signoffPayload,
};

/** Texts of all schemas, by name. Keys may be added to a document in a later version, so none forbids further keys. */
export function outputSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(outputs)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, schema]) => [name, text(name, schema)] as const),
  );
}

function text(name: string, schema: z.ZodType): string {
  const made = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
  }) as Json;
  const { $schema, $ref, definitions = {}, ...rest } = made;
  const parts = definitions as Readonly<Record<string, Json>>;
  const own = typeof $ref === 'string' ? nameOf($ref) : undefined;
  const others = Object.entries(parts)
    .filter(([part]) => part !== own)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const document = {
    $schema,
    title: name,
    ...(own === undefined ? rest : parts[own]),
    ...(others.length > 0 ? { definitions: Object.fromEntries(others) } : {}),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function nameOf(reference: string): string {
  return reference.slice('#/definitions/'.length);
}
