import * as z from 'zod';
import { anyText, commit, type DeepReadonly, dateOrTime, text, time } from './field-schemas.ts';

const anchor = z.strictObject({
  path: text.optional().describe('place in the record, such as /rollback/plan'),
  quote: anyText.optional().describe('words that it is about, to find them when the record moved'),
  commit: commit.optional(),
});

/** One event of a review: appended, never edited. */
export const reviewEventSchema = z.strictObject({
  schema: z.literal('countersign/review@1'),
  thread: text.describe('id that the events of one thread share'),
  record: text.describe('id of the record under review'),
  type: z.enum(['comment', 'reply', 'edit', 'resolve', 'reopen', 'suggest', 'finding']),
  anchor: anchor.optional(),
  severity: z.enum(['low', 'medium', 'high', 'critical']).optional().describe('of a finding'),
  due: dateOrTime.optional().describe('by when a finding has to be answered'),
  body: anyText.optional(),
  by: text.describe('who, as git names authors'),
  at: time,
});

export type ReviewEvent = DeepReadonly<z.infer<typeof reviewEventSchema>>;
