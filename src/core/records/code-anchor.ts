import * as z from 'zod';
import { commit, type DeepReadonly, path, text } from './field-schemas.ts';

const line = z.int().min(1);

/** Lines of a file, held by what they said, so that they can be followed when the file moves on. */
export const codeAnchorSchema = z.strictObject({
  path: path.describe('file, relative to the top of the repository'),
  lines: z
    .tuple([line, line])
    .refine(([first, last]) => first <= last, {
      error: 'end before they begin',
      params: { code: 'record/value', fix: 'write the first line, then the last: [10, 24]' },
    })
    .describe('first and last line, from 1, both included'),
  symbol: text.optional().describe('function or class that holds the lines, bare or dotted'),
  commit: commit.optional().describe('commit in which the lines are counted'),
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'is not sha256: and 64 hex digits')
    .optional()
    .describe('sha256: and the hex SHA-256 of the bytes of those lines, last line ending included'),
});

export type CodeAnchor = DeepReadonly<z.infer<typeof codeAnchorSchema>>;
