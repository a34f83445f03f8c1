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

/**
 * The schema of each kind. None of them changes a value: what passes is what the file says. Each is got when it is asked
 * for: making one takes time, and a hook needs two.
 */
export const recordSchemas = {
  get feedback() {
    return feedbackSchema;
  },
  get decision() {
    return decisionSchema;
  },
  get slice() {
    return sliceSchema;
  },
  get evaluation() {
    return evaluationSchema;
  },
  get review() {
    return reviewEventSchema;
  },
  get checklist() {
    return checklistSchema;
  },
  get triage() {
    return triageSchema;
  },
  get import() {
    return importProfileSchema;
  },
  get policy() {
    return policySchema;
  },
};
