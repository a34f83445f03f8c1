import * as z from 'zod';
import type { DeepReadonly } from '../records/field-schemas.ts';
import type { PlacedAnchor } from './place-anchor.ts';
import type { ReviewThread } from './review-threads.ts';

const severity = z.enum(['low', 'medium', 'high', 'critical']);

const comment = z.strictObject({
  event: z.string().describe('id of the event that wrote it'),
  type: z
    .enum(['comment', 'reply', 'edit', 'resolve', 'reopen', 'suggest', 'finding'])
    .describe('type of that event'),
  by: z.string().describe('who, as git names authors'),
  at: z.string().describe('when, RFC 3339 with an offset'),
  body: z.string().describe('the words as they read today'),
  edited: z.string().nullable().describe('when its author last wrote it anew'),
});

const listedThread = z.strictObject({
  id: z.string().describe('unique together with record'),
  record: z.string().describe('id of the record under review'),
  path: z
    .string()
    .describe(
      'place in the record when the thread began, such as /rollback/plan; empty for the whole record',
    ),
  state: z.enum(['open', 'resolved']).describe('whether it is settled'),
  quote: z.string().nullable().describe('words that it is about'),
  type: z.enum(['comment', 'suggest', 'finding']).describe('a finding has to be answered'),
  severity: severity.nullable().describe('of a finding'),
  due: z.string().nullable().describe('by when a finding has to be answered'),
  place: z
    .strictObject({
      state: z
        .enum(['exact', 'moved', 'changed', 'lost'])
        .describe('whether place and words are what they were'),
      path: z.string().nullable().describe('place in the record today, null where it is lost'),
      line: z.number().describe('line of the file today, from 1'),
      why: z.string().describe('why it stands there'),
    })
    .nullable()
    .describe('where it stands today; null where the record is missing or cannot be read'),
  comments: z.array(comment).describe('in order'),
  changes: z
    .array(
      z.strictObject({
        event: z.string().describe('id of the event'),
        type: z.enum(['resolve', 'reopen']).describe('what happened'),
        by: z.string().describe('who'),
        at: z.string().describe('when'),
      }),
    )
    .describe('in order; the last one says the state'),
});

/** The JSON of `review list`. */
export const reviewListSchema = z.strictObject({
  schema: z.literal('countersign/review-list@1'),
  threads: z.array(listedThread).describe('by record, then by when they began'),
});

export type ReviewList = DeepReadonly<z.infer<typeof reviewListSchema>>;
export type ListedThread = ReviewList['threads'][number];

/** A thread as it is listed, at its place of today. */
export function listedThreadOf(thread: ReviewThread, placed: PlacedAnchor | null): ListedThread {
  const { id, record, state, type, severity: how, due, anchor, comments, changes } = thread;
  const place = placed && {
    state: placed.state,
    path: placed.path,
    line: placed.at.line,
    why: placed.why,
  };
  return {
    id,
    record,
    path: anchor.path ?? '',
    state,
    quote: anchor.quote ?? null,
    type,
    severity: how,
    due,
    place,
    comments: [...comments],
    changes: [...changes],
  };
}

/** What a thread is about, in one line: the first line of its first words. */
export function threadTitle({ comments, type }: Pick<ListedThread, 'comments' | 'type'>): string {
  return comments[0]?.body.trim().split('\n')[0] ?? `(${type} without words)`;
}
