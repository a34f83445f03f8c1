/** The document of `audit`: what landed, and on whose word. */
import * as z from 'zod';
import {
  checkedCondition,
  checkedException,
  requirementState,
  risk,
  verdict,
} from './check-documents.ts';
import { finding, readBranch, shownPath } from './finding-parts.ts';

export const landedCondition = z
  .object({
    file: z.string().describe('The sign-off that states it.'),
    met_in: z
      .string()
      .nullable()
      .describe(
        'Object id of the landing that brought the payload by which it is met; null where none did.',
      ),
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
  .meta({
    id: 'LandedCondition',
    description: 'A condition of an approval that a landing brought, and what became of it.',
  });

export const landedEvidence = z
  .object({
    path: z.string(),
    sha256: z.string(),
    by: z.array(z.string()),
  })
  .meta({
    id: 'LandedEvidence',
    description:
      'A file that signatures list as their evidence; `by` are the persons whose signatures do.',
  });

export const landedSignature = z
  .object({
    person: z.string(),
    role: z.string(),
    file: z.string(),
    sha256: z.string().describe('Of the file as it landed.'),
    payload: z.string(),
    key: z.string().nullable(),
    via: z
      .string()
      .nullable()
      .describe(
        '`forge:login` where the person approved on a forge, and the key is that of a job which says so; null where it is their own.',
      ),
    signed_at: z.string().describe("The signer's own word."),
    counted: z
      .boolean()
      .describe('Whether it fills a requirement; answers of an author fill none.'),
  })
  .meta({
    id: 'LandedSignature',
    description:
      "One signature under a rule of a landing. `payload` is the `sha256:…` of what was signed, `key` the key's fingerprint.",
  });

export const landingState = z
  .enum([
    'signed',
    'ungoverned',
    'excepted',
    'trusted',
    'unprotected',
    'unsigned',
    'failed',
    'undecidable',
  ])
  .meta({
    id: 'LandingState',
    description:
      'What became of a landing, in one word. `signed`: the gate was met by signatures. `ungoverned`: no rule governs what landed. `excepted`: an emergency exception stood in. `trusted`: a first policy, or the way back in, by its digest. `unprotected`: before the first policy. `unsigned`: nobody signed what a rule governs. `failed`: somebody did, and it was not enough. `undecidable`: there was no policy that could be judged by.',
  });

const checkedStamps = z
  .object({
    files: z.number().describe('How many files there are.'),
    read: z
      .boolean()
      .describe('Whether they were looked into: only where somebody said whose word is taken.'),
    findings: z.array(finding).describe('Why some of them prove nothing.'),
  })
  .meta({ id: 'CheckedStamps', description: 'What became of the stamps in a repository.' });

const landedException = z
  .object({
    sha256: z.string(),
    followed_by: z.array(landedSignature),
    follow_up: z.enum(['done', 'open', 'overdue']),
    file: z.string(),
    rule: z.string(),
    person: z.string(),
    reason: z.string(),
    expires: z.string(),
    follow_up_by: z.string(),
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
  .meta({
    id: 'LandedException',
    description:
      'An exception under which something landed, and what became of the approvals that it promised. `followed_by` are the signatures over what landed that came with later landings.',
  });

const landedRule = z
  .object({
    signatures: z.array(landedSignature),
    evidence: z.array(landedEvidence),
    id: z.string(),
    digest: z.string(),
    files: z.array(shownPath),
    risk: risk.nullable(),
    authors: z.array(z.string()),
    state: requirementState,
  })
  .meta({ id: 'LandedRule' });

const stamp = z
  .object({
    commit: z.string().describe('The stamped commit.'),
    file: z.string(),
    time: z.string().describe('UTC, to the second.'),
    authority: z
      .string()
      .nullable()
      .describe('The name that the authority gives itself in the stamp; null where it gives none.'),
  })
  .meta({
    id: 'Stamp',
    description:
      "A stamp that holds: an authority's word that a commit, and with it all that it rests on, was there at a time.",
  });

const landing = z
  .object({
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
    how: z.enum(['merge', 'commit', 'commits']),
    time: z
      .string()
      .describe(
        'The latest committer time up to it, or that of its stamp where that is earlier, UTC.',
      ),
    stamp: stamp
      .nullable()
      .describe(
        "A third party's proof that it was there by then; null where there is none, or nobody said whose word is taken.",
      ),
    subject: z.string(),
    verdict: verdict,
    state: landingState,
    policy: z
      .object({
        branch: z.string(),
        tip: z.string(),
        digest: z.string(),
      })
      .nullable(),
    rules: z.array(landedRule),
    exceptions: z.array(landedException),
    conditions: z
      .array(landedCondition)
      .describe('On what the approvals that it brought were given.'),
    findings: z
      .array(finding)
      .describe('Why it is not met, where it is not, and what is weak where it is.'),
  })
  .meta({
    id: 'Landing',
    description:
      "One landing of a target's history, as the gate judges it with the policy, the keys and the time of then.",
  });

const owedBefore = z
  .object({
    exceptions: z.array(checkedException),
    conditions: z.array(checkedCondition),
  })
  .meta({
    id: 'OwedBefore',
    description:
      'Promises of landings from before an audit began that are overdue now; none where it began at the beginning.',
  });

export const landingDocuments = {
  audit: z
    .object({
      schema: z.literal('countersign/audit@1'),
      exit: z
        .literal([0, 1])
        .describe('0 every landing was good, and nothing of before is overdue · 1 one was not.'),
      target: z.string(),
      read: readBranch.describe("Where the target's history was read."),
      since: z
        .string()
        .nullable()
        .describe(
          'Where the audit began: a commit that was not judged itself; null before the first commit.',
        ),
      tip: z.string().describe("The target's tip."),
      landings: z.array(landing),
      owed: owedBefore,
      stamps: checkedStamps.describe("Stamps of third parties over the target's commits."),
      counts: z
        .object({
          signed: z.number(),
          ungoverned: z.number(),
          excepted: z.number(),
          trusted: z.number(),
          unprotected: z.number(),
          unsigned: z.number(),
          failed: z.number(),
          undecidable: z.number(),
        })
        .describe('How many landings of each state.'),
    })
    .describe('What an audit found: the JSON of `audit`.'),
} as const;
