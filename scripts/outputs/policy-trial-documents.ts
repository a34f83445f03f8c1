/** The document of `policy try`. */
import * as z from 'zod';
import { landingState } from './landing-documents.ts';

const triedCase = z
  .object({
    path: z.string(),
    about: z.string(),
    expect: z.enum(['pass', 'fail']),
    would: z.enum(['pass', 'fail']),
    as_expected: z.boolean(),
    why: z.array(z.string()),
  })
  .meta({
    id: 'TriedCase',
    description: 'A case kept in the repository, and what the candidate says of it.',
  });

const triedOutcome = z.enum(['stopped', 'let-through', 'as-it-was', 'untried']).meta({
  id: 'TriedOutcome',
  description:
    'What a candidate policy would have done with a landing: `stopped` what landed well, `let-through` what did not, left it `as-it-was`, or was not tried where no policy stood.',
});

const triedLanding = z
  .object({
    was: landingState,
    would: z.enum(['pass', 'fail']).nullable(),
    outcome: triedOutcome,
    why: z
      .array(z.string())
      .describe(
        'What stands against it: by the candidate where that stops it, else by the policy of then.',
      ),
    from: z
      .string()
      .nullable()
      .describe('Object id of the tip before; null before the first commit.'),
    to: z.string(),
    steps: z
      .number()
      .describe(
        'First-parent commits: more than one where a branch landed by rebase or fast-forward.',
      ),
    time: z
      .string()
      .describe(
        'The latest committer time up to it, or that of its stamp where that is earlier, UTC.',
      ),
    subject: z.string(),
  })
  .meta({
    id: 'TriedLanding',
    description: 'A landing of the past, as it was judged and as the candidate judges it.',
  });

export const policyTrialDocuments = {
  'policy-try': z
    .object({
      schema: z.literal('countersign/policy-try@1'),
      target: z.string(),
      since: z.string().nullable(),
      tip: z.string(),
      policy: z
        .object({
          file: z.string(),
          digest: z.string(),
        })
        .describe('The candidate: its file as it was named, and its digest.'),
      landings: z.array(triedLanding),
      counts: z.object({
        stopped: z.number(),
        'let-through': z.number(),
        'as-it-was': z.number(),
        untried: z.number(),
      }),
      cases: z.array(triedCase),
    })
    .describe('What a candidate policy would have said: the JSON of `policy try`.'),
} as const;
