import * as z from 'zod';
import { channel, type DeepReadonly, days, phase, share, slug, text, textOrList } from './field-schemas.ts';

const when = z
  .object({
    channel: z.union([channel, z.array(channel)]).optional(),
    text: textOrList.optional().describe('patterns of which one has to be in title or body'),
  })
  .catchall(z.unknown())
  .describe('tests that all have to hold; any other key is a field of the feedback, dotted, and its value');

const then = z.strictObject({
  component: text.optional(),
  category: text.optional(),
  assignee: text.optional(),
  phase: phase.optional(),
  confidence: share.optional().describe('0 to 1'),
});

/** Rules for classification, routing, priority and cadence. */
export const triageSchema = z.strictObject({
  schema: z.literal('countersign/triage@1'),
  rules: z
    .array(z.strictObject({ id: slug, when, then }))
    .optional()
    .describe('in order'),
  ambiguous_below: share.optional().describe('confidence under which a person decides, 0 to 1'),
  owners: z.record(z.string(), text).optional().describe('component: person or role'),
  priority: z.record(z.string(), z.number()).optional().describe('weights of the formula'),
  cadence: z.strictObject({ retro_days: days.optional(), review_days: days.optional() }).optional().describe('days between reviews'),
});

export type Triage = DeepReadonly<z.infer<typeof triageSchema>>;
