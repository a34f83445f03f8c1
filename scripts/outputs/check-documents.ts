/** The document of `check`, and of the hooks that run it. */
import * as z from 'zod';
import { finding, shownPath } from './finding-parts.ts';

export const checkedCondition = z
  .object({
    text: z.string(),
    owner: z.string(),
    due: z.string(),
    rule: z.string(),
    by: z.string(),
    role: z.string().describe('In which its signer stated it: whoever has it may close it, too.'),
    state: z.enum(['open', 'overdue', 'met']),
    payload: z
      .string()
      .describe(
        '`sha256:…` of the payload that states it, and which of its conditions it is, from 0: what `meets` names.',
      ),
    condition: z.number(),
  })
  .meta({ id: 'CheckedCondition' });

export const checkedException = z
  .object({
    file: z.string(),
    rule: z.string(),
    person: z.string(),
    reason: z.string(),
    expires: z.string(),
    follow_up_by: z.string(),
    state: z.string(),
    landing: z
      .object({
        before: z.string(),
        after: z.string(),
      })
      .exactOptional()
      .describe(
        'The commits around its landing, where the approvals that it promised are owed: they sign this range.',
      ),
  })
  .meta({ id: 'CheckedException' });

export const requirementState = z
  .enum(['met', 'unmet', 'excepted', 'rejected'])
  .meta({ id: 'RequirementState' });

export const risk = z.enum(['low', 'medium', 'high', 'critical']).meta({ id: 'Risk' });

export const verdict = z
  .enum(['pass', 'pass-with-exception', 'fail', 'unprotected', 'undecidable'])
  .meta({ id: 'Verdict' });

const checkedEvidence = z
  .object({
    kind: z.string(),
    state: z.enum(['met', 'unmet', 'excepted']),
    ref: z.string().nullable(),
    why: z.string().exactOptional(),
    lacks: z
      .enum(['substance', 'citation'])
      .exactOptional()
      .describe(
        'Where it is unmet: itself not good enough, or good and only not listed by a signature yet.',
      ),
    unverified: z
      .array(z.string())
      .exactOptional()
      .describe('Data that a result was measured on and that nothing in git names, by path.'),
    same_inputs: z
      .array(
        z.object({
          evaluation: z.string(),
          result: z.string(),
          before: z.string(),
        }),
      )
      .exactOptional()
      .describe(
        'Results that count, of which every input is byte for byte that of one measured on other code: `before` is its path.',
      ),
    recomputed: z
      .boolean()
      .exactOptional()
      .describe('Where the rule wants a result to be computed again: whether this check did.'),
    fix: z.string().exactOptional().describe('What mends it, where `why` does not say.'),
  })
  .meta({ id: 'CheckedEvidence' });

const checkedReject = z
  .object({
    file: z.string(),
    person: z.string(),
    role: z.string(),
    reason: z.string().nullable(),
    signed_at: z.string(),
    moved: z.array(shownPath),
  })
  .meta({
    id: 'CheckedReject',
    description:
      'A reject that stands: whose, why in their own words (null where they wrote none), and the files that moved since.',
  });

const checkedRequirement = z
  .object({
    role: z.string(),
    need: z.number(),
    have: z.number(),
    independent: z.boolean(),
    by: z.array(z.string()).describe('Persons, each counted once in a rule.'),
    by_forge: z
      .array(
        z.object({
          person: z.string(),
          via: z.string(),
        }),
      )
      .exactOptional()
      .describe(
        'Those of them who approved on a forge, which is weaker than a key; absent where none did.',
      ),
    state: requirementState,
    could: z.array(z.string()).describe('Persons who could still fill it.'),
  })
  .meta({ id: 'CheckedRequirement' });

const unansweredItem = z
  .object({
    id: z.string(),
    by: z.string(),
    answer: z.enum(['none', 'no', 'without-reason']),
  })
  .meta({ id: 'UnansweredItem' });

const checkedRule = z
  .object({
    id: z.string(),
    digest: z.string(),
    files: z.array(shownPath),
    risk: risk.nullable(),
    authors: z.array(z.string()),
    requirements: z.array(checkedRequirement),
    checklist: z
      .object({
        name: z.string(),
        unanswered: z.array(unansweredItem),
      })
      .nullable(),
    evidence: z.array(checkedEvidence),
    strangers: z
      .array(z.string())
      .exactOptional()
      .describe(
        'E-mails of authors whom neither the policy nor an independent signer knows, where there are any.',
      ),
    rejects: z
      .array(checkedReject)
      .exactOptional()
      .describe('Rejects that stand, where there are any.'),
    state: requirementState,
  })
  .meta({ id: 'CheckedRule' });

export const signoffState = z
  .enum(['valid', 'stale', 'expired', 'revoked', 'forged', 'unknown-signer', 'not-allowed'])
  .meta({ id: 'SignoffState' });

const checkedSignoff = z
  .object({
    file: z.string(),
    rule: z.string().nullable(),
    person: z.string().nullable(),
    role: z.string().nullable(),
    decision: z.string().nullable(),
    signed_at: z.string().nullable(),
    state: signoffState,
    via: z.string().nullable(),
    moved: z.array(shownPath),
    replaced_by: z
      .string()
      .exactOptional()
      .describe(
        'File of a later sign-off of the same person that takes its place; absent where none does.',
      ),
    follows_up: z
      .literal(true)
      .exactOptional()
      .describe(
        'Signed for what landed under an exception, which it follows up; absent where it is not.',
      ),
  })
  .meta({ id: 'CheckedSignoff' });

const stage = z.enum(['off', 'records', 'author', 'all']).meta({
  id: 'Stage',
  description:
    'How much of the policy is asked for: by a hook before others could sign, or by the check that counts.',
});

const checkResult = z
  .object({
    schema: z.literal('countersign/check@1'),
    verdict: verdict,
    exit: z.literal([0, 1, 2]),
    stage: stage,
    tip: z.string().nullable(),
    head: z.string().nullable(),
    lands: z.string().nullable(),
    target: z.string().nullable(),
    policy: z
      .object({
        branch: z.string(),
        tip: z.string(),
        digest: z.string(),
      })
      .nullable(),
    authors: z.array(
      z.object({
        person: z.string().nullable(),
        email: z.string(),
        agent: z.boolean(),
      }),
    ),
    rules: z.array(checkedRule),
    signoffs: z.array(checkedSignoff),
    exceptions: z.array(checkedException),
    conditions: z.array(checkedCondition),
    ungoverned: z.number(),
    examined: z.object({
      entries: z.number(),
      commits: z.number(),
      records: z.number(),
      signoffs: z.number(),
      skipped: z.number(),
    }),
    findings: z.array(finding),
    landings: z
      .array(
        z.object({
          from: z.string().nullable(),
          to: z.string().nullable(),
          verdict: verdict,
          rules: z.array(checkedRule),
        }),
      )
      .exactOptional()
      .describe(
        'Where the range is several landings that pass each by itself, in turn: these, the first to land first.',
      ),
    next: z.string().nullable().describe('The one next step, for people.'),
  })
  .meta({
    id: 'CheckResult',
    description:
      'What the gate says of a change: the JSON of `check --json`, and what every screen prints.',
  });

export const checkDocuments = {
  check: checkResult,
  'hook-run': z.object({
    checks: z.array(checkResult),
  }),
} as const;
