import * as z from 'zod';
import type { EvaluationResult } from '../core/reports/result.ts';

const count = z.int().min(0).nullable();
const confusion = z.object({
  tp: z.number().min(0),
  fp: z.number().min(0),
  tn: z.number().min(0),
  fn: z.number().min(0),
});
const moments = z.object({
  weight: z.number().min(0),
  weight_squares: z.number().min(0),
  sum: z.number(),
  square_sum: z.number(),
  square_squares: z.number().min(0),
});
const bin = z.object({
  bin: z.int().min(0),
  n: z.int().min(0),
  positives: z.int().min(0),
  weight: z.number().min(0),
  mean_score: z.number(),
  positive_rate: z.number(),
});
const scores = z.object({
  n: z.int().min(0),
  outside: z.int().min(0),
  brier: moments,
  log_loss: moments,
  error: moments,
  positives: moments,
  negatives: moments,
  bins: z.array(bin),
  width: z.int().min(1),
  merged: z.literal(true).optional(),
});
const group = z.object({
  n: count,
  tp: count,
  fp: count,
  tn: count,
  fn: count,
  weighted: z.object({ sums: confusion, squares: confusion }).optional(),
  scores: scores.optional(),
});
const model = z.object({
  overall: group,
  groups: z.array(
    group.extend({ by: z.record(z.string(), z.string().nullable()), slice: z.string().optional() }),
  ),
});

const fate = z.int().min(0);
const place = { slice: z.string().optional(), too_many: z.boolean() };
const sideRows = z.object({
  read: fate,
  left_by_where: fate,
  not_in_labels: fate,
  without_prediction: fate,
  only_in_other: fate,
  no_label: fate,
  invalid_label: fate,
  no_prediction: fate,
  invalid_prediction: fate,
  invalid_weight: fate,
  used: fate,
  other_label: fate.optional(),
  unscored: fate.optional(),
  groups: z.array(
    z.object({ by: z.record(z.string(), z.string().nullable()), left_out: count, ...place }),
  ),
  without_group: z.array(z.object({ columns: z.array(z.string()), rows: count, ...place })),
});

/** What judging again rests on; the rest of a result is not believed. */
const schema = z.object({
  schema: z.literal('countersign/result@1'),
  evaluation: z.string().regex(/^EV-[0-9A-Z]{4,16}$/),
  verdict: z.enum(['pass', 'fail', 'undecided']),
  seed: z.int().min(0),
  looks: z.int().min(1),
  plan: z.array(z.object({ path: z.string(), sha256: z.string() })),
  inputs: z.array(z.object({ path: z.string(), sha256: z.string() })),
  governed: z.record(z.string(), z.string()),
  rows: z.object({ baseline: sideRows.optional(), candidate: sideRows.optional() }).optional(),
  earlier: z
    .array(
      z.object({
        result: z.string(),
        verdict: z.enum(['pass', 'fail', 'undecided']),
        changed: z.array(z.enum(['plan', 'data'])),
        targets: z.array(z.string()),
      }),
    )
    .optional(),
  models: z.object({ baseline: model.optional(), candidate: model.optional() }),
  paired: z.array(
    z.object({
      metric: z.string(),
      by: z.record(z.string(), z.string().nullable()),
      n: count,
      flips: z.object({ '0→1': count, '1→0': count }),
    }),
  ),
});

/** Reads a stored result, or null where it is none. Unknown keys stay: a later version may have added some. */
export function readStoredResult(text: string): EvaluationResult | null {
  try {
    const value: unknown = JSON.parse(text);
    return schema.safeParse(value).success ? (value as EvaluationResult) : null;
  } catch {
    return null;
  }
}
