import * as z from 'zod';
import { type DeepReadonly, link, text } from './field-schemas.ts';

/** A named part of the data: a table and a predicate. */
export const sliceSchema = z.strictObject({
  schema: z.literal('countersign/slice@1'),
  id: link('SL').describe('equal to the name of the file'),
  title: text.describe('one line'),
  table: text.describe('name that the data of an evaluation binds'),
  where: text.describe('one boolean SQL expression over columns'),
  protected: z.boolean().optional().describe('whether its people are specially protected'),
  columns: z.array(text).optional().describe('columns that the expression reads'),
});

export type Slice = DeepReadonly<z.infer<typeof sliceSchema>>;
