import * as z from 'zod';
import {
  anyText,
  type DeepReadonly,
  date,
  dateOrTime,
  glob,
  link,
  phase,
  risk,
  text,
  textOrList,
} from './field-schemas.ts';
import { targetSchema } from './target.ts';
import { trailSchema } from './trail.ts';

const option = z.strictObject({
  title: text.describe('one line'),
  for: textOrList.optional().describe('what speaks for it'),
  against: textOrList.optional().describe('what speaks against it'),
  chosen: z.boolean().optional().describe('whether it was taken'),
});

const rollout = z.strictObject({
  kind: z.enum(['full', 'toggle', 'adapter', 'shadow']).describe('who meets the change at first'),
  toggle: text.optional().describe('name of the switch'),
  audience: text.optional().describe('who meets the change'),
  stages: z
    .array(z.union([anyText, z.number(), z.record(z.string(), z.unknown())]))
    .optional()
    .describe('shares or steps, in order'),
});

const rollback = z.strictObject({
  plan: anyText.optional().describe('the way back, step by step'),
  owner: text.optional().describe('id of the person who would do it'),
  artifact: text.optional().describe('what is put back'),
  rehearsed_at: dateOrTime.optional().describe('when the way back was last tried'),
});

const outcome = z.strictObject({
  measured: z
    .strictObject({
      metric: text.optional().describe('name of a metric'),
      delta: z.number().optional().describe('measured change of the metric'),
      low: z.number().optional().describe('lower end of its interval'),
      high: z.number().optional().describe('upper end of its interval'),
      result: text.optional().describe('path of the result'),
    })
    .optional()
    .describe('what the change did to the metric'),
  verdict: z
    .enum(['paid-off', 'neutral', 'harmed', 'unknown'])
    .optional()
    .describe('whether it helped'),
  lessons: textOrList.optional().describe('what to do otherwise'),
});

/** What is changed in the model, why, and what came of it. */
export const decisionSchema = z.strictObject({
  schema: z.literal('countersign/decision@1'),
  id: link('DR').describe('equal to the name of the file'),
  title: text.describe('one line'),
  phase: phase.optional(),
  status: z
    .enum(['proposed', 'in-review', 'accepted', 'rejected', 'shipped', 'rolled-back', 'superseded'])
    .describe('where it stands'),
  owner: text.describe('id of a person of the policy'),
  risk: risk.describe('how much harm a wrong change could do; oversight grows with it'),
  supersedes: z.array(link('DR')).optional().describe('ids of the decisions that it replaces'),
  governs: z
    .array(glob)
    .optional()
    .describe('globs of files over which it stands, also ones that come later'),
  context: anyText.optional().describe('what made a decision necessary'),
  options: z.array(option).optional().describe('what could have been done'),
  decision: anyText.optional().describe('what is done'),
  consequences: textOrList.optional().describe('what follows from it, good and bad'),
  feedback: z.array(link('FB')).optional().describe('ids of the feedback that asked for it'),
  trail: trailSchema.optional().describe('code, data and artifacts that it is about'),
  evaluations: z.array(link('EV')).optional().describe('ids of the evaluations that measure it'),
  targets: z.array(targetSchema).optional().describe('what better means'),
  rollout: rollout.optional().describe('how the change reaches people'),
  rollback: rollback.optional().describe('how the change is taken back'),
  escalation: z
    .strictObject({
      when: textOrList.optional().describe('criteria'),
      to: textOrList.optional().describe('persons or roles'),
    })
    .optional()
    .describe('when it goes to whom'),
  review_by: date.optional().describe('YYYY-MM-DD'),
  outcome: outcome.optional().describe('what came of it'),
});

export type Decision = DeepReadonly<z.infer<typeof decisionSchema>>;
