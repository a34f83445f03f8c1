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
  exported_at: time.optional(),
  digest: sha256.optional().describe('SHA-256 of the canonical content of the item'),
  id_from: z.enum(['tool', 'digest']).optional().describe('digest where the tool gives no key'),
  raw: z.record(z.string(), z.unknown()).optional().describe('values as the tool gave them, beside what was read from them'),
});

const classification = z.strictObject({
  component: text.optional().describe('part of the model or product'),
  category: text.optional(),
  confidence: share.optional().describe('0 to 1'),
  by: text.optional().describe('id of the triage rule, or a person'),
  reason: anyText.optional(),
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
      metric: text.optional(),
      delta: z.number().optional().describe('expected change of the metric'),
      unit: text.optional(),
      slice: link('SL').optional(),
    })
    .optional()
    .describe('benefit that is expected, to be held against what is measured'),
});

/** Basis and reach of the consent under which a text is kept. */
export const consentSchema = z.strictObject({
  basis: text.optional().describe('lawful basis, such as consent or contract'),
  scope: consentScope.optional().describe('what it may be used for'),
  text_version: cell.optional().describe('version of the text that was agreed to'),
  expires: dateOrTime.optional(),
});

const privacy = z.strictObject({
  pii: z.enum(['none', 'redacted', 'present']).optional().describe('personal data in the text'),
  redactions: z
    .union([count, z.record(z.string(), count)])
    .optional()
    .describe('how many, or how many of each kind'),
  retain_until: dateOrTime.optional(),
});

const lastingCase = z.strictObject({
  key: cell.optional().describe('key of the row in the data'),
  input: z.union([privateReference, z.unknown()]).optional().describe('what the model is given'),
  expected: z.unknown().optional().describe('what the model has to answer'),
});

const contributor = z.strictObject({
  name: text,
  role: text.optional(),
  credit: z.boolean().optional().describe('whether they agreed to be named'),
});

const historyEntry = z.strictObject({
  at: time,
  by: text.optional(),
  change: z.union([anyText, z.record(z.string(), z.unknown())]).optional(),
});

/** One piece of human feedback. Needs `received_at`, or says `observed_at: unknown`: no time is ever invented. */
export const feedbackSchema = z
  .strictObject({
    schema: z.literal('countersign/feedback@1'),
    id: link('FB'),
    title: z.union([text, privateReference]).describe('one line'),
    body: erasableText.optional().describe('what was said, or where it is kept'),
    channel: channel.describe('where it came from'),
    source: source.optional().describe('the item in the tool that it came from'),
    received_at: time.optional().describe('when it reached the team, RFC 3339 with an offset'),
    observed_at: z
      .union([z.literal('unknown'), time])
      .optional()
      .describe('when it happened, or unknown'),
    imported_at: time.optional(),
    rater: z.strictObject({ kind: raterKind.optional(), pseudonym: text.optional() }).optional().describe('who or what rated'),
    ratings: z
      .record(z.string(), z.union([cell, z.null()]))
      .optional()
      .describe('answers to the questions of the tool'),
    group: text.optional().describe('items on the same task share it'),
    status: z.enum(['new', 'triaged', 'accepted', 'in-progress', 'validated', 'shipped', 'declined', 'duplicate']),
    duplicate_of: link('FB').optional(),
    phase: phase.optional(),
    classification: classification.optional(),
    assignee: text.optional().describe('id of a person or role of the policy'),
    priority: priority.optional(),
    targets: z.array(targetSchema).optional().describe('what would make it better'),
    consent: consentSchema.optional(),
    privacy: privacy.optional(),
    cohort: z.record(z.string(), cell).optional().describe('dimension: value; may be special-category data'),
    trail: trailSchema.optional(),
    case: lastingCase.optional().describe('the item as a lasting test of the model'),
    contributors: z.array(contributor).optional(),
    history: z.array(historyEntry).optional(),
  })
  .refine(({ received_at, observed_at }) => received_at !== undefined || observed_at === 'unknown', {
    path: ['received_at'],
    error: 'is missing, and observed_at does not say that the time is unknown',
    params: { code: 'record/missing-key', fix: 'add received_at, or observed_at: unknown where nobody knows' },
    // Said beside the other findings, or the second run would bring a new one.
    when: ({ value }) => typeof value === 'object' && value !== null,
  });

export type Feedback = DeepReadonly<z.infer<typeof feedbackSchema>>;
