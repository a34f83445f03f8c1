/** The document of `approved`: who approved given bytes. */
import * as z from 'zod';
import { readBranch, shownPath } from './finding-parts.ts';
import {
  landedCondition,
  landedEvidence,
  landedSignature,
  landingState,
} from './landing-documents.ts';

const approval = z
  .object({
    landing: z.string().describe('Object id of the commit in which they landed.'),
    time: z.string(),
    rule: z.string(),
    digest: z.string(),
    path: shownPath.describe('The name under which they were approved.'),
    pointer: z
      .string()
      .exactOptional()
      .describe(
        'Hex SHA-256 of the pointer of Git LFS that was signed in their place; absent where the bytes themselves were.',
      ),
    by: z.array(landedSignature),
    evidence: z
      .array(landedEvidence)
      .describe('What the signatures of the landing list as evidence.'),
    conditions: z
      .array(landedCondition)
      .describe('On what these signatures were given, and what became of it.'),
    current: z.boolean().describe("Whether they still stand under that name at the target's tip."),
  })
  .meta({
    id: 'Approval',
    description: 'That a landing brought these very bytes, and who signed them.',
  });

const approvedCause = z
  .object({
    says: z.string(),
    fix: z.string(),
  })
  .meta({
    id: 'ApprovedCause',
    description: 'What changed a file on its way out of git, and how to ask for what git stores.',
  });

const unapproved = z
  .object({
    landing: z.string(),
    time: z.string(),
    rule: z.string().nullable(),
    path: shownPath,
    state: landingState,
  })
  .meta({
    id: 'Unapproved',
    description: "That these bytes landed where nobody's signatures sufficed.",
  });

const approvedBytes = z
  .object({
    file: z.string().nullable(),
    sha256: z.string(),
    approved: z.boolean(),
    approvals: z.array(approval),
    unapproved: z.array(unapproved),
    cause: approvedCause
      .exactOptional()
      .describe(
        'Why these bytes may not be those that git stores under the name; absent where nothing of the kind is known.',
      ),
  })
  .meta({
    id: 'ApprovedBytes',
    description: 'Whether some bytes are approved: one item of the JSON of `approved`.',
  });

export const approvalDocuments = {
  approved: z
    .object({
      schema: z.literal('countersign/approved@1'),
      exit: z.literal([0, 1]),
      target: z.string(),
      read: readBranch.describe("Where the target's history was read."),
      tip: z.string(),
      files: z.array(approvedBytes),
      weak: z
        .array(z.string())
        .describe('What is weak in the policies under which all this landed.'),
    })
    .describe('The JSON of `approved`.'),
} as const;
