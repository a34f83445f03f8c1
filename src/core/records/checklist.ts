import * as z from 'zod';
import { type DeepReadonly, slug, text } from './field-schemas.ts';

const item = z.strictObject({
  id: slug.describe('key of the answer in a sign-off'),
  ask: text.describe('the question'),
  must: z.boolean().describe('whether an answer of no, or none, blocks'),
  by: z.enum(['author', 'signer', 'both']).describe('who answers'),
  roles: z.array(slug).min(1).optional().describe('signers of these roles only'),
  evidence: text.optional().describe('what an answer should point to'),
});

/** Questions that a signer answers. */
export const checklistSchema = z
  .strictObject({
    schema: z.literal('countersign/checklist@1'),
    name: slug.describe('equal to the name of the file'),
    items: z.array(item).min(1).describe('the questions, in order'),
  })
  .superRefine(({ items }, context) => {
    // Two items with one key would share one answer: the stricter question could pass by the answer to the other.
    items.forEach(({ id }, index) => {
      if (items.findIndex((other) => other.id === id) < index) {
        context.addIssue({
          code: 'custom',
          path: ['items', index, 'id'],
          message: `is used twice: ${id}`,
          params: { code: 'record/duplicate-item', fix: 'give every item an id of its own' },
        });
      }
    });
  });

export type Checklist = DeepReadonly<z.infer<typeof checklistSchema>>;
