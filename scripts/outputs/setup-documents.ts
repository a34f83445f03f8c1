/** What setting up a repository prints: `init`, `index`, `new`, `hook`, `doctor`. */
import * as z from 'zod';
import { finding } from './finding-parts.ts';
import { anchorCounts, placeholder } from './work-documents.ts';

const diagnosis = z
  .object({
    check: z.string(),
    state: z.enum(['good', 'warning', 'bad']),
    says: z.string(),
    fix: z.string().nullable(),
  })
  .meta({
    id: 'Diagnosis',
    description:
      'One thing that would keep the hooks, the signer or the engine from working, or the word that it is well.',
  });

const hookManager = z.enum(['husky', 'lefthook', 'pre-commit']).meta({
  id: 'HookManager',
  description:
    'A program that owns the hooks of a repository. Its hooks are never touched: what it runs, its own configuration says.',
});

const hookName = z.enum(['pre-commit', 'pre-merge-commit', 'pre-push']).meta({ id: 'HookName' });

export const setupDocuments = {
  doctor: z.object({
    checks: z.array(diagnosis),
  }),
  hook: z.object({
    hooks: z.array(
      z.object({
        fires: z.boolean(),
        name: hookName,
        path: z.string().describe('Absolute.'),
        state: z
          .enum(['ours', 'other', 'missing', 'silent'])
          .describe(
            "`ours` runs the gate; `other` is somebody else's; `silent` is ours but git would skip it without a word.",
          ),
        manager: hookManager
          .nullable()
          .describe(
            'Whose configuration says what the hook runs; null where the hook itself does.',
          ),
        changes: z
          .string()
          .nullable()
          .describe(
            'A program behind the gate that may change what the gate has judged; null where none is known.',
          ),
      }),
    ),
  }),
  init: z
    .object({
      written: z.array(z.string()),
      kept: z.array(z.string()),
      signs: z.boolean(),
      owner: z
        .object({
          person: z.string(),
          email: z.string(),
        })
        .nullable()
        .describe('Whom the new policy names, by id and e-mail; null where it was there before.'),
      problems: z.array(finding).describe('What could not be judged by, once it has landed.'),
      governed: z
        .array(z.string())
        .describe('What the new policy governs; empty where it was there before.'),
      ungoverned_code: z
        .array(z.string())
        .describe('Code that no rule of the new policy governs, by path.'),
    })
    .describe(
      "`signs` says whether there is a list of keys, the first person's for a start; without one nobody can approve anything, the policy's own change least of all.",
    ),
  index: z
    .object({
      anchors: anchorCounts,
      schema: z.literal('countersign/index@1'),
      records: z.record(z.string(), z.number()),
      edges: z.number(),
      dangling: z.number(),
      findings: z.object({
        error: z.number(),
        warning: z.number(),
        info: z.number(),
      }),
      parsed: z.number(),
      reused: z.number(),
      ms: z.number(),
    })
    .describe(
      'The JSON of `index`: counts of files, links and anchors; `ms` is the time that it took.',
    ),
  new: z
    .object({
      id: z.string(),
      path: z.string(),
      placeholders: z.array(placeholder),
      findings: z
        .array(finding)
        .describe(
          'Told of it beside the others: links to nothing, people whom the policy does not know.',
        ),
    })
    .describe('A record that was written, and what stands in it that nobody said.'),
} as const;
