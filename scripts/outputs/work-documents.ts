/** What everyday work prints: lists, the inbox, triage, digests, sign-offs. */
import * as z from 'zod';
import { signoffState } from './check-documents.ts';
import { finding, shownPath } from './finding-parts.ts';
import { landedCondition } from './landing-documents.ts';

const digestEntry = z
  .object({
    path: shownPath,
    old_mode: z.string(),
    old: z.string(),
    new_mode: z.string(),
    new: z.string(),
  })
  .meta({ id: 'DigestEntry' });

const verificationSummary = z
  .object({
    _type: z.literal('https://in-toto.io/Statement/v1'),
    subject: z.array(
      z.object({
        name: z.string(),
        digest: z
          .record(z.string(), z.string())
          .describe('Digests by algorithm, as in-toto writes them.'),
      }),
    ),
    predicateType: z.literal('https://slsa.dev/verification_summary/v1'),
    predicate: z.object({
      verifier: z.object({
        id: z.string(),
        version: z.record(z.string(), z.string()),
      }),
      timeVerified: z.string(),
      resourceUri: z.string(),
      policy: z.object({
        uri: z.string(),
        digest: z
          .record(z.string(), z.string())
          .exactOptional()
          .describe('Digests by algorithm, as in-toto writes them.'),
      }),
      inputAttestations: z.array(
        z.object({
          uri: z.string(),
          digest: z
            .record(z.string(), z.string())
            .describe('Digests by algorithm, as in-toto writes them.'),
        }),
      ),
      verificationResult: z.enum(['PASSED', 'FAILED']),
      verifiedLevels: z.array(z.string()),
      slsaVersion: z.literal('1.1'),
      countersign_conditions: z
        .array(landedCondition)
        .exactOptional()
        .describe(
          'On what the approvals were given, and what became of it; absent where on nothing.',
        ),
    }),
  })
  .meta({
    id: 'VerificationSummary',
    description: 'An in-toto Statement v1 with a SLSA Verification Summary v1 as its predicate.',
  });

const inboxKind = z
  .enum(['reject', 'signoff', 'answers', 'condition', 'finding', 'thread', 'triage', 'unjudged'])
  .meta({
    id: 'InboxKind',
    description:
      'What can wait for a person. `unjudged`: nobody could say, so somebody should look.',
  });

const inboxItem = z
  .object({
    kind: inboxKind,
    branches: z
      .array(z.string())
      .describe('Branches where it waits, as `git branch --all` names them.'),
    what: z.string().describe('In one line, what it is.'),
    about: z.string().describe('Record, rule or file that it is about.'),
    due: z.string().nullable().describe('Day or time by which it is due; null where nothing is.'),
    overdue: z.boolean(),
    command: z.string().describe('The command that does it, or shows it.'),
  })
  .meta({
    id: 'InboxItem',
    description:
      'One thing that waits. Texts may come from records and commits: every writer escapes them.',
  });

export const anchorCounts = z
  .object({
    exact: z.number(),
    moved: z.number(),
    changed: z.number(),
    lost: z.number(),
    unproven: z.number(),
  })
  .meta({ id: 'AnchorCounts', description: 'How many anchors are in which state.' });

export const placeholder = z
  .object({
    key: z.string(),
    value: z.unknown(),
  })
  .meta({
    id: 'Placeholder',
    description:
      'A value that a new record begins with for want of another: somebody has to look at it. `key` is dotted.',
  });

const suggestion = z
  .object({
    rule: z.string().describe('Id of the rule, as `classification.by` names it.'),
    component: z.string().exactOptional(),
    category: z.string().exactOptional(),
    assignee: z.string().exactOptional().describe('Id of a person or role.'),
    phase: z.enum(['explore', 'exploit']).exactOptional(),
    confidence: z.number().exactOptional().describe('0 to 1, as the rule states it.'),
    reason: z.string().describe('Why the rule matched, in one sentence.'),
    ambiguous: z
      .boolean()
      .describe('Whether the confidence is under `ambiguous_below`, so that a person has to look.'),
  })
  .meta({
    id: 'Suggestion',
    description: 'What the rules make of an item: a proposal, which a person takes or changes.',
  });

const triageOutcome = z.enum(['triaged', 'ambiguous', 'unmatched', 'settled', 'open']).meta({
  id: 'TriageOutcome',
  description:
    'What became of an item: taken, left for a person since the rule is unsure or none matches, settled before or now, or still open after what a person said of it.',
});

const triagedItem = z
  .object({
    id: z.string(),
    path: z.string(),
    title: z.string(),
    outcome: triageOutcome,
    why: z.string().describe('In one sentence.'),
    suggestion: suggestion.nullable(),
    score: z
      .number()
      .nullable()
      .describe('What it is worth before others; null where nobody has judged its impact.'),
  })
  .meta({ id: 'TriagedItem' });

const verifiedFile = z
  .object({
    file: z.string(),
    state: signoffState,
    person: z
      .string()
      .nullable()
      .describe('From the verified payload; null where nothing is verified.'),
    role: z.string().nullable(),
    rule: z.string().nullable(),
    target: z.string().nullable().describe('Full ref of the branch that it was signed for.'),
    decision: z.string().nullable(),
    digest: z.string().nullable(),
    signed_at: z.string().nullable(),
    key: z.string().nullable(),
    via: z
      .string()
      .nullable()
      .describe(
        '`forge:login` where the person approved on a forge; null where the key is their own.',
      ),
    landed: z.boolean(),
    over_what_landed: z
      .boolean()
      .nullable()
      .describe(
        'Whether it is over what landed with it; false of one that came along. Null where it has not landed here, or nobody can say.',
      ),
    replaced_by: z
      .string()
      .nullable()
      .describe(
        'File of a later sign-off of the same person that takes its place; null where none does.',
      ),
    moved: z.array(shownPath),
    findings: z.array(finding),
  })
  .meta({ id: 'VerifiedFile', description: 'One verified file: the JSON of `verify`.' });

export const workDocuments = {
  digest: z
    .object({
      tip: z.string(),
      head: z.string(),
      lands: z.string(),
      target: z.string(),
      rules: z.array(
        z.object({
          id: z.string(),
          digest: z.string(),
          entries: z.array(digestEntry),
        }),
      ),
      weak: z.array(z.string()).describe('What is weak in the policy.'),
    })
    .describe('What would land and its digest by rule: the JSON of `digest`.'),
  'digest-trust-root': z.object({
    trust_root: z.string(),
    lands: z.string(),
  }),
  'export-vsa': z.object({
    statements: z.array(verificationSummary),
  }),
  inbox: z
    .object({
      schema: z.literal('countersign/inbox@1'),
      me: z.string().describe('Id of the policy, or an e-mail where no policy knows the person.'),
      known: z
        .boolean()
        .describe(
          'False where there is a policy and it does not know this e-mail: then nothing can wait for them to sign.',
        ),
      branches: z.array(z.string()).describe('Branches that were looked at.'),
      total: z
        .number()
        .describe('How many wait: more than are listed, where a limit was asked for.'),
      items: z.array(inboxItem),
    })
    .describe('The JSON of `inbox`: what waits for one person.'),
  list: z.object({
    records: z.array(
      z
        .looseObject({
          id: z.string(),
          path: z.string(),
        })
        .describe('A record as it stands in its file, and its path.'),
    ),
    total: z.number(),
    unreadable: z.array(z.string()),
  }),
  'review-event': z
    .object({
      thread: z.string(),
      record: z.string(),
      event: z.string(),
      path: z.string(),
      type: z.string(),
    })
    .describe('An event of a review as it was written.'),
  sign: z.object({
    signoffs: z.array(
      z
        .object({
          path: z.string(),
          payload: z.record(z.string(), z.unknown()),
        })
        .describe('What was signed: the schema `signoff-payload` describes it.'),
    ),
    weak: z.array(z.string()),
  }),
  'sign-print': z.object({
    signoffs: z.array(
      z.object({
        path: z.string(),
        text: z.string(),
      }),
    ),
    weak: z.array(z.string()),
  }),
  triage: z
    .object({
      schema: z.literal('countersign/triage-result@1'),
      written: z.boolean(),
      items: z.array(triagedItem),
    })
    .describe('The JSON of `triage`. `written` is false after a dry run.'),
  verify: z.object({
    weak: z.array(z.string()),
    signoffs: z.array(verifiedFile),
    missing: z.array(finding),
  }),
} as const;
