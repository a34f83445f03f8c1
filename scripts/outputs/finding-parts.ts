/** What findings are told as, and what stands in many documents. */
import * as z from 'zod';
import type { FindingCode } from '../../src/core/finding/finding-code.ts';

export const readBranch = z
  .object({
    ref: z.string(),
    local: z
      .object({
        ref: z.string(),
        tip: z.string(),
        ahead: z.number(),
        behind: z.number(),
      })
      .nullable()
      .describe(
        'The local branch of that name where another was read: its tip, and how many commits each has that the other has not.',
      ),
  })
  .meta({
    id: 'ReadBranch',
    description:
      'Which branch was read for a target: full ref of the one at the remote, as it was last fetched, or of the local one.',
  });

export const shownPath = z
  .union([
    z.string(),
    z.object({
      b64: z.string(),
    }),
  ])
  .meta({
    id: 'ShownPath',
    description: 'How a path is written in JSON: its text, or its bytes in base 64.',
  });

const severity = z.enum(['error', 'warning', 'info']).meta({
  id: 'Severity',
  description:
    'How bad a finding is: an `error` keeps the gate shut, a `warning` is shown, an `info` is there for who looks.',
});

export const finding = z
  .object({
    // Published as any text: a reader of today's schema has to accept the codes of later versions.
    code: z.string() as unknown as z.ZodType<FindingCode>,
    severity: severity,
    message: z.string(),
    fix: z.string().exactOptional(),
    path: z.string().exactOptional(),
    line: z.number().exactOptional(),
    column: z.number().exactOptional(),
    end_line: z.number().exactOptional(),
    end_column: z.number().exactOptional(),
  })
  .meta({
    id: 'Finding',
    description:
      'One thing that a person should know about a file, a change or a record.\n\n`code` is a stable slug, `area/what`, explained in `docs/findings.md`. `message` says what is wrong in one sentence and may hold hostile text from records: every writer escapes it. `fix` is the next step, a command where there is one.',
  });
