import * as z from 'zod';
import { readPointer } from '../reviews/yaml-pointer.ts';
import { anyText, commit, type DeepReadonly, dateOrTime, text, time } from './field-schemas.ts';

const anchor = z.strictObject({
  path: text
    .refine((value) => readPointer(value) !== null, {
      error: 'is no field pointer, which has "/" before each name',
      params: {
        code: 'record/value',
        fix: 'write it like /title, /rollback/plan or /options/0/title: "/" before each name, and items of a list counted from 0',
      },
    })
    .optional()
    .describe('place in the record, such as /rollback/plan'),
  quote: anyText.optional().describe('words that it is about, to find them when the record moved'),
  commit: commit.optional().describe('commit in which the record read so'),
});

/** One event of a review: appended, never edited. */
export const reviewEventSchema = z.strictObject({
  schema: z.literal('countersign/review@1'),
  thread: text.describe('id that the events of one thread share'),
  record: text.describe('id of the record under review'),
  type: z
    .enum(['comment', 'reply', 'edit', 'resolve', 'reopen', 'suggest', 'finding'])
    .describe('what happened in the thread'),
  anchor: anchor.optional().describe('what in the record it is about'),
  severity: z.enum(['low', 'medium', 'high', 'critical']).optional().describe('of a finding'),
  due: dateOrTime.optional().describe('by when a finding has to be answered'),
  event: text
    .optional()
    .describe(
      'of an edit: id of the event whose words it replaces; the last of its author where absent',
    ),
  body: anyText.optional().describe('what was said'),
  by: text.describe('who, as git names authors'),
  at: time.describe('when, RFC 3339 with an offset'),
});

export type ReviewEvent = DeepReadonly<z.infer<typeof reviewEventSchema>>;
