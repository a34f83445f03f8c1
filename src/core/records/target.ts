import * as z from 'zod';
import { type DeepReadonly, link, share, text } from './field-schemas.ts';

/** What "better" means, said before anyone looks. */
export const targetSchema = z.strictObject({
  metric: text.describe('name of a metric, such as recall, selection_rate_ratio or precision@0.9'),
  slice: link('SL')
    .optional()
    .describe('id of the slice on which it has to hold; everything where absent'),
  by: z.array(text).min(1).optional().describe('columns or bands whose groups are compared'),
  at: share.optional().describe('threshold on the score at which the metric is taken, 0 to 1'),
  op: z.enum(['>=', '<=']).describe('whether the value is a floor or a ceiling'),
  value: z.number().describe('the floor or ceiling, in the unit of the metric'),
  min_n: z.int().min(1).optional().describe('rows a group needs to be judged; 30 where absent'),
});

export type Target = DeepReadonly<z.infer<typeof targetSchema>>;
