import * as z from 'zod';
import { consentSchema } from './feedback.ts';
import { anyText, channel, type DeepReadonly, raterKind, slug, text } from './field-schemas.ts';

/** Formats that an import reads; `auto` recognises. */
export const importFormats = [
  'auto',
  'label-studio',
  'argilla',
  'doccano',
  'prodigy',
  'langfuse',
  'langsmith',
  'phoenix',
  'promptfoo',
  'mlflow-assessments',
  'zendesk',
  'intercom',
  'qualtrics',
  'surveymonkey',
  'typeform',
  'app-store',
  'github-issues',
  'gitlab-issues',
  'sharegpt',
  'oasst',
  'preference-pairs',
  'otel',
  'csv',
  'json',
  'jsonl',
  'parquet',
] as const;

const rater = z.union([
  raterKind,
  z.strictObject({
    kind: raterKind.optional().describe('a person, a judge model or code'),
    pseudonym: text.optional().describe('column or constant'),
  }),
]);

/** How the export of an outside tool becomes feedback: what no export says of itself. */
export const importProfileSchema = z.strictObject({
  schema: z.literal('countersign/import@1'),
  name: slug.optional().describe('equal to the name of the file'),
  format: z
    .enum(importFormats)
    .optional()
    .describe('format of the files; the command names it where absent'),
  system: text
    .optional()
    .describe('name of the tool, host or project: part of the key of each item'),
  mapping: z
    .record(z.string(), z.union([anyText, z.array(anyText), z.record(z.string(), z.unknown())]))
    .optional()
    .describe('field of the feedback: column or path in the file'),
  channel: channel.describe('no export says it'),
  consent: consentSchema
    .required({ basis: true, scope: true })
    .describe('basis, scope and version of the text, written on every record'),
  region: text.optional().describe('ISO 3166 country of telephone numbers without a prefix'),
  time_zone: text.optional().describe('offset or IANA zone of times that have none'),
  rater: rater.optional().describe('who rated, where the file does not say'),
});

export type ImportProfile = DeepReadonly<z.infer<typeof importProfileSchema>>;
