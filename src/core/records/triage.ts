import * as z from 'zod';
import {
  channel,
  type DeepReadonly,
  days,
  phase,
  share,
  slug,
  text,
  textOrList,
} from './field-schemas.ts';

const when = z
  .object({
    channel: z
      .union([channel, z.array(channel)])
      .optional()
      .describe('channel, or several'),
    text: textOrList.optional().describe('patterns of which one has to be in title or body'),
  })
  .catchall(z.unknown())
  .describe(
    'tests that all have to hold; any other key is a field of the feedback, dotted, and its value',
  );

const then = z.strictObject({
  component: text.optional().describe('part of the model or product'),
  category: text.optional().describe('kind of trouble or wish'),
  assignee: text.optional().describe('id of a person or role'),
  phase: phase.optional(),
  confidence: share.optional().describe('0 to 1'),
});

/** Rules for classification, routing, priority and cadence. */
export const triageSchema = z.strictObject({
  schema: z.literal('countersign/triage@1'),
  rules: z
    .array(
      z.strictObject({
        id: slug.describe('named by what it classified'),
        when,
        // biome-ignore lint/suspicious/noThenProperty: the key of a rule's second half is called so in the file.
        then: then.describe('what is set where they hold'),
      }),
    )
    .optional()
    .describe('in order'),
  ambiguous_below: share.optional().describe('confidence under which a person decides, 0 to 1'),
  owners: z.record(z.string(), text).optional().describe('component: person or role'),
  priority: z.record(z.string(), z.number()).optional().describe('weights of the formula'),
  cadence: z
    .strictObject({
      retro_days: days.optional().describe('days between retrospectives'),
      review_days: days.optional().describe('days between reviews'),
    })
    .optional()
    .describe('days between reviews'),
});

export type Triage = DeepReadonly<z.infer<typeof triageSchema>>;
