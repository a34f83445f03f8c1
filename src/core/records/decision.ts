import * as z from 'zod';
import { anyText, type DeepReadonly, date, dateOrTime, link, phase, risk, text, textOrList } from './field-schemas.ts';
import { targetSchema } from './target.ts';
import { trailSchema } from './trail.ts';

const option = z.strictObject({
  title: text,
  for: textOrList.optional().describe('what speaks for it'),
  against: textOrList.optional().describe('what speaks against it'),
  chosen: z.boolean().optional(),
});

const rollout = z.strictObject({
  kind: z.enum(['full', 'toggle', 'adapter', 'shadow']).describe('who meets the change at first'),
  toggle: text.optional().describe('name of the switch'),
  audience: text.optional(),
  stages: z.array(z.union([anyText, z.number(), z.record(z.string(), z.unknown())])).optional(),
});

const rollback = z.strictObject({
  plan: anyText.optional().describe('the way back, step by step'),
  owner: text.optional().describe('id of the person who would do it'),
  artifact: text.optional().describe('what is put back'),
  rehearsed_at: dateOrTime.optional(),
});

const outcome = z.strictObject({
  measured: z
    .strictObject({
      metric: text.optional(),
      delta: z.number().optional().describe('measured change of the metric'),
      low: z.number().optional().describe('lower end of its interval'),
      high: z.number().optional().describe('upper end of its interval'),
      result: text.optional().describe('path of the result'),
    })
    .optional(),
  verdict: z.enum(['paid-off', 'neutral', 'harmed', 'unknown']).optional(),
  lessons: textOrList.optional(),
});

/** What is changed in the model, why, and what came of it. */
export const decisionSchema = z.strictObject({
  schema: z.literal('countersign/decision@1'),
  id: link('DR'),
  title: text.describe('one line'),
  phase: phase.optional(),
  status: z.enum(['proposed', 'in-review', 'accepted', 'rejected', 'shipped', 'rolled-back', 'superseded']),
  owner: text.describe('id of a person of the policy'),
  risk: risk.describe('how much harm a wrong change could do; oversight grows with it'),
  supersedes: z.array(link('DR')).optional().describe('ids of the decisions that it replaces'),
  governs: z.array(text).optional().describe('globs of files over which it stands, also ones that come later'),
  context: anyText.optional(),
  options: z.array(option).optional(),
  decision: anyText.optional(),
  consequences: textOrList.optional(),
  feedback: z.array(link('FB')).optional().describe('ids of the feedback that asked for it'),
  trail: trailSchema.optional(),
  evaluations: z.array(link('EV')).optional().describe('ids of the evaluations that measure it'),
  targets: z.array(targetSchema).optional().describe('what better means'),
  rollout: rollout.optional(),
  rollback: rollback.optional(),
  escalation: z.strictObject({ when: textOrList.optional(), to: textOrList.optional() }).optional().describe('when it goes to whom'),
  review_by: date.optional().describe('YYYY-MM-DD'),
  outcome: outcome.optional(),
});

export type Decision = DeepReadonly<z.infer<typeof decisionSchema>>;
