import * as z from 'zod';
import {
  anyText,
  cell,
  channel,
  consentScope,
  count,
  type DeepReadonly,
  dateOrTime,
  link,
  phase,
  raterKind,
  sha256,
  share,
  text,
  time,
} from './field-schemas.ts';
import { erasableText, privateReference } from './private-text.ts';
import { targetSchema } from './target.ts';
import { trailSchema } from './trail.ts';

const source = z.strictObject({
  system: text.optional().describe('tool that it was exported from'),
  id: text.optional().describe('key of the item in that tool'),
  url: text.optional().describe('address of the item in that tool'),
  exported_at: time.optional().describe('when the tool gave it'),
  digest: sha256.optional().describe('SHA-256 of the canonical content of the item'),
  id_from: z.enum(['tool', 'digest']).optional().describe('digest where the tool gives no key'),
  raw: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('values as the tool gave them, beside what was read from them'),
});

const classification = z.strictObject({
  component: text.optional().describe('part of the model or product'),
  category: text.optional().describe('kind of trouble or wish'),
  confidence: share.optional().describe('0 to 1'),
  by: text.optional().describe('id of the triage rule, or a person'),
  reason: anyText.optional().describe('why it was classified so'),
});

const score = z.number().min(1).max(5);

const priority = z.strictObject({
  impact: score.optional().describe('1 (little) to 5 (much)'),
  effort: score.optional().describe('1 (little) to 5 (much)'),
  risk: score.optional().describe('1 (little) to 5 (much)'),
  confidence: share.optional().describe('0 to 1'),
  reach: z.number().min(0).optional().describe('people or cases touched'),
  expected: z
    .strictObject({
      metric: text.optional().describe('name of a metric'),
      delta: z.number().optional().describe('expected change of the metric'),
      unit: text.optional().describe('unit of the change'),
      slice: link('SL').optional().describe('id of the slice on which it is expected'),
    })
    .optional()
    .describe('benefit that is expected, to be held against what is measured'),
});

/** Basis and reach of the consent under which a text is kept. */
export const consentSchema = z.strictObject({
  basis: text.optional().describe('lawful basis, such as consent or contract'),
  scope: consentScope.optional().describe('what it may be used for'),
  text_version: cell.optional().describe('version of the text that was agreed to'),
  expires: dateOrTime.optional().describe('when the consent ends'),
});

const privacy = z.strictObject({
  pii: z.enum(['none', 'redacted', 'present']).optional().describe('personal data in the text'),
  redactions: z
    .union([count, z.record(z.string(), count)])
    .optional()
    .describe('how many, or how many of each kind'),
  retain_until: dateOrTime.optional().describe('when the text has to go'),
});

const lastingCase = z.strictObject({
  key: cell.optional().describe('key of the row in the data'),
  input: z.union([privateReference, z.unknown()]).optional().describe('what the model is given'),
  expected: z.unknown().optional().describe('what the model has to answer'),
});

const contributor = z.strictObject({
  name: text.describe('name or pseudonym'),
  role: text.optional().describe('what they did'),
  credit: z.boolean().optional().describe('whether they agreed to be named'),
});

const historyEntry = z.strictObject({
  at: time.describe('when'),
  by: text.optional().describe('who, or which import'),
  change: z
    .union([anyText, z.record(z.string(), z.unknown())])
    .optional()
    .describe('what, in words or as fields'),
});

/** One piece of human feedback. Needs `received_at`, or says `observed_at: unknown`: no time is ever invented. */
export const feedbackSchema = z
  .strictObject({
    schema: z.literal('countersign/feedback@1'),
    id: link('FB').describe('equal to the name of the file'),
    title: z.union([text, privateReference]).describe('one line'),
    body: erasableText.optional().describe('what was said, or where it is kept'),
    channel: channel.describe('where it came from'),
    source: source.optional().describe('the item in the tool that it came from'),
    received_at: time.optional().describe('when it reached the team, RFC 3339 with an offset'),
    observed_at: z
      .union([z.literal('unknown'), time])
      .optional()
      .describe('when it happened, or unknown'),
    imported_at: time.optional().describe('when it became a record, RFC 3339 with an offset'),
    rater: z
      .strictObject({
        kind: raterKind.optional().describe('a person, a judge model or code'),
        pseudonym: text.optional().describe('keyed pseudonym'),
      })
      .optional()
      .describe('who or what rated'),
    ratings: z
      .record(z.string(), z.union([cell, z.null()]))
      .optional()
      .describe('answers to the questions of the tool'),
    group: text.optional().describe('items on the same task share it'),
    status: z
      .enum([
        'new',
        'triaged',
        'accepted',
        'in-progress',
        'validated',
        'shipped',
        'declined',
        'duplicate',
      ])
      .describe('where it stands'),
    duplicate_of: link('FB').optional().describe('id of the item that it repeats'),
    phase: phase.optional(),
    classification: classification.optional().describe('what it is about, and who says so'),
    assignee: text.optional().describe('id of a person or role of the policy'),
    priority: priority.optional().describe('impact against effort'),
    targets: z.array(targetSchema).optional().describe('what would make it better'),
    consent: consentSchema.optional().describe('under which it may be used'),
    privacy: privacy.optional().describe('personal data in it, and how long it is kept'),
    cohort: z
      .record(z.string(), cell)
      .optional()
      .describe('dimension: value; may be special-category data'),
    trail: trailSchema.optional().describe('code, data and artifacts that it is about'),
    case: lastingCase.optional().describe('the item as a lasting test of the model'),
    contributors: z.array(contributor).optional().describe('who gave or worked on it'),
    history: z.array(historyEntry).optional().describe('what changed, in order'),
  })
  .refine(
    ({ received_at, observed_at }) => received_at !== undefined || observed_at === 'unknown',
    {
      path: ['received_at'],
      error: 'is missing, and observed_at does not say that the time is unknown',
      params: {
        code: 'record/missing-key',
        fix: 'add received_at, or observed_at: unknown where nobody knows',
      },
      // Said beside the other findings, or the second run would bring a new one.
      when: ({ value }) => typeof value === 'object' && value !== null,
    },
  );

export type Feedback = DeepReadonly<z.infer<typeof feedbackSchema>>;
