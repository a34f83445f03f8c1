import * as z from 'zod';
import { consentScope, days, phase, risk } from './field-schemas.ts';

const always = {
  from_risk: risk.optional().describe('asked for from this risk on'),
  phase: phase.optional().describe('asked for in this phase only'),
};

const decision = z.strictObject({
  kind: z.literal('decision'),
  status: z
    .array(
      z.enum([
        'proposed',
        'in-review',
        'accepted',
        'rejected',
        'shipped',
        'rolled-back',
        'superseded',
      ]),
    )
    .min(1)
    .optional()
    .describe('[accepted] where absent'),
  covers: z
    .enum(['changed-files'])
    .optional()
    .describe('every governed file that changed stands under one'),
  ...always,
});

const result = z.strictObject({
  kind: z.literal('result'),
  verdict: z.enum(['pass', 'fail', 'undecided']).optional().describe('pass where absent'),
  max_age_days: days.optional().describe('from the oldest approval that lists it'),
  verify: z.enum(['recompute']).optional().describe('CI runs the evaluation again'),
  ...always,
});

const feedback = z.strictObject({
  kind: z.literal('feedback'),
  count: z.int().min(1).optional().describe('items that the decision rests on; one where absent'),
  scope: consentScope.min(1).optional().describe('uses that their consent has to cover'),
  ...always,
});

const rollback = z.strictObject({
  kind: z.literal('rollback'),
  rehearsed_within_days: days.optional().describe('age of the last rehearsal'),
  ...always,
});

const rollout = z.strictObject({
  kind: z.literal('rollout'),
  kinds: z
    .array(z.enum(['full', 'toggle', 'adapter', 'shadow']))
    .min(1)
    .describe('rollouts that may land'),
  ...always,
});

const review = z.strictObject({ kind: z.literal('review'), ...always });

const escalation = z.strictObject({ kind: z.literal('escalation'), ...always });

/** What has to be there beside approvals. */
export const policyEvidence = z.discriminatedUnion(
  'kind',
  [decision, result, feedback, rollback, rollout, review, escalation],
  {
    error:
      'is no kind of evidence; the kinds are decision, result, feedback, rollback, rollout, review and escalation',
  },
);
