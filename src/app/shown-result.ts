import * as z from 'zod';
import type { EvaluationResult } from '../core/reports/result.ts';
import { readStoredResult } from './stored-result.ts';

const by = z.record(z.string(), z.string().nullable());
const number = z.number().nullable();
const interval = { value: number, low: number, high: number };
const metric = z.union([
  z.object({ value: z.number(), low: number, high: number }),
  z.object({ value: z.null(), why: z.string() }),
]);
const rows = z.object({ metrics: z.record(z.string(), metric) });
const expected = z.object({ mean: z.number(), low: z.number(), high: z.number() });
const disparity = z.object({
  ...interval,
  by: z.array(z.string()),
  slice: z.string().optional(),
  metric: z.string(),
  between: z.array(by),
  left_out: z.array(z.object({ by, why: z.string() })),
  why: z.string().optional(),
  expected_if_equal: expected.optional(),
});
const model = z.object({
  overall: rows,
  groups: z.array(rows.extend({ small: z.boolean() })),
  disparities: z.array(disparity),
});
const places = { label: z.int(), prediction: z.int(), score: z.int().optional() };

/** Everything that a report prints. */
const schema = z.object({
  models: z.object({ baseline: model.optional(), candidate: model.optional() }),
  inputs: z.array(
    z.object({
      role: z.string(),
      path: z.string(),
      sha256: z.string(),
      rows: z.int(),
      missing: z.object(places),
      invalid: z.object({ ...places, weight: z.int().optional() }),
      unmatched: z.int(),
    }),
  ),
  engine: z.object({ name: z.string(), version: z.string() }),
  sql: z.array(z.string()),
  targets: z.array(
    z.object({
      ...interval,
      metric: z.string(),
      slice: z.string().optional(),
      by: z.array(z.string()).optional(),
      op: z.enum(['>=', '<=']),
      target: z.number(),
      state: z.enum(['met', 'not met', 'undecided', 'not estimable']),
      between: z.array(by).optional(),
      why: z.string().optional(),
    }),
  ),
  problems: z.array(z.string()).optional(),
  labels: z.record(z.string(), z.record(z.string(), z.string())).optional(),
  favourable: z.enum(['positive', 'negative']).optional(),
  notes: z.array(z.string()),
  methods: z.array(z.string()),
  comparisons: z.int(),
  correction: z.string(),
  paired: z.array(z.object({ difference: number, low: number, high: number, p: number })),
});

/** Reads a stored result that is whole enough to be shown, or null. The form is checked; what is said in it is not believed. */
export function readShownResult(text: string): EvaluationResult | null {
  const result = readStoredResult(text);
  return result !== null && schema.safeParse(result).success ? result : null;
}
