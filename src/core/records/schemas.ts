import { type Checklist, checklistSchema } from './checklist.ts';
import { type Decision, decisionSchema } from './decision.ts';
import { type Evaluation, evaluationSchema } from './evaluation.ts';
import { type Feedback, feedbackSchema } from './feedback.ts';
import { type ImportProfile, importProfileSchema } from './import-profile.ts';
import { type Policy, policySchema } from './policy.ts';
import { type ReviewEvent, reviewEventSchema } from './review-event.ts';
import { type Slice, sliceSchema } from './slice.ts';
import { type Triage, triageSchema } from './triage.ts';

/** What a record of each kind holds. */
export type RecordValues = {
  readonly feedback: Feedback;
  readonly decision: Decision;
  readonly slice: Slice;
  readonly evaluation: Evaluation;
  readonly review: ReviewEvent;
  readonly checklist: Checklist;
  readonly triage: Triage;
  readonly import: ImportProfile;
  readonly policy: Policy;
};

/** The schema of each kind. None of them changes a value: what passes is what the file says. */
export const recordSchemas = {
  feedback: feedbackSchema,
  decision: decisionSchema,
  slice: sliceSchema,
  evaluation: evaluationSchema,
  review: reviewEventSchema,
  checklist: checklistSchema,
  triage: triageSchema,
  import: importProfileSchema,
  policy: policySchema,
} as const;
