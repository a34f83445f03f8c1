import { parse } from 'yaml';
import * as z from 'zod';

/** A change that is kept as an example of what a policy is to say of it. */
export type PolicyCase = {
  readonly about: string;
  /** Branch or full object id: what stood, and what would land on it. */
  readonly tip: string;
  readonly head: string;
  /** The default target where absent. */
  readonly target?: string | undefined;
  /** The time as of which it is judged, RFC 3339. */
  readonly at: string;
  readonly expect: 'pass' | 'fail';
};

const schema = z.strictObject({
  schema: z.literal('countersign/case@1'),
  about: z.string().min(1),
  tip: z.string().min(1),
  head: z.string().min(1),
  target: z.string().min(1).optional(),
  at: z.iso.datetime({ offset: true }),
  expect: z.enum(['pass', 'fail']),
});

/** Reads a case; a text says what is wrong with it. */
export function readPolicyCase(text: string): PolicyCase | string {
  try {
    // Texts alone: an object id of digits would be a number.
    const read = schema.safeParse(parse(text, { maxAliasCount: 0, schema: 'failsafe' }));
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    return `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'it is no case'}`;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}
