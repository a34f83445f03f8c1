/** The result of an evaluation, and what computing it again says. */
import * as z from 'zod';
import {
  codeNames,
  earlierLook,
  evaluationVerdict,
  expectedDisparity,
  groupKey,
  resultGroup,
  resultInput,
  resultPair,
  resultRows,
  resultSideRows,
  side,
} from './result-counts-parts.ts';

export const resultDisparity = z
  .object({
    by: z.array(z.string()),
    slice: z.string().exactOptional(),
    metric: z.string(),
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    between: z.array(groupKey),
    left_out: z.array(
      z.object({
        by: groupKey,
        why: z.string(),
      }),
    ),
    orientation: z.string(),
    method: z.string(),
    why: z.string().exactOptional(),
    p: z.number().exactOptional(),
    p_adjusted: z.number().exactOptional(),
    expected_if_equal: expectedDisparity
      .exactOptional()
      .describe(
        'What the measure would come to if all groups were equal and differed by chance alone.',
      ),
  })
  .meta({ id: 'ResultDisparity' });

const resultModel = z
  .object({
    overall: resultRows,
    groups: z.array(resultGroup),
    disparities: z.array(resultDisparity),
  })
  .meta({ id: 'ResultModel' });

const targetState = z.enum(['met', 'not met', 'undecided', 'not estimable']).meta({
  id: 'TargetState',
  description:
    '`undecided`: the data do not tell. `not estimable`: there is no such number. Only `met` lets a change through.',
});

const resultTarget = z
  .object({
    metric: z.string(),
    slice: z.string().exactOptional(),
    by: z.array(z.string()).exactOptional(),
    op: z.enum(['>=', '<=']),
    target: z.number(),
    state: targetState,
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    between: z.array(groupKey).exactOptional(),
    why: z.string().exactOptional(),
    thin: z
      .literal(true)
      .exactOptional()
      .describe('Whether it rests on fewer rows than are judged.'),
    side: side.exactOptional().describe('The side that it is about, where two are measured.'),
    min_n: z.number().exactOptional(),
    stated: z.string(),
  })
  .meta({ id: 'ResultTarget' });

export const evaluationResult = z
  .object({
    schema: z.literal('countersign/result@1'),
    evaluation: z.string(),
    verdict: evaluationVerdict,
    seed: z.number(),
    plan: z.array(
      z.object({
        path: z.string(),
        sha256: z.string(),
      }),
    ),
    governed: z.record(z.string(), z.string()),
    inputs: z.array(resultInput),
    rows: z
      .object({
        baseline: resultSideRows.exactOptional(),
        candidate: resultSideRows.exactOptional(),
      })
      .exactOptional()
      .describe('From the rows read to the rows used, by side.'),
    problems: z
      .array(z.string())
      .exactOptional()
      .describe(
        'Why nothing is decided, whatever the targets come to: too few of the rows, or something stated that is not there.',
      ),
    labels: codeNames.exactOptional().describe('Names of codes, as the evaluation states them.'),
    favourable: z
      .enum(['positive', 'negative'])
      .exactOptional()
      .describe('What is good for the person, as the evaluation states it.'),
    engine: z.object({
      name: z.string(),
      version: z.string(),
    }),
    sql: z.array(z.string()),
    looks: z.number(),
    earlier: z
      .array(earlierLook)
      .exactOptional()
      .describe(
        'The looks before this one: results by another plan, or on other data; the latest twenty.',
      ),
    models: z.object({
      baseline: resultModel.exactOptional(),
      candidate: resultModel.exactOptional(),
    }),
    paired: z.array(resultPair),
    targets: z.array(resultTarget),
    notes: z.array(z.string()),
    methods: z.array(z.string()),
    comparisons: z.number(),
    correction: z.string(),
  })
  .meta({
    id: 'EvaluationResult',
    description:
      'A stored result: the JSON of `evaluate`. Nothing in it depends on the clock, the machine or an absolute path.',
  });

export const resultDocuments = {
  result: evaluationResult,
  'evaluate-verify': z.object({
    same: z.boolean(),
    verdict: evaluationVerdict,
    stored: evaluationVerdict,
    difference: z
      .object({
        at: z.string(),
        stored: z.string(),
        now: z.string(),
      })
      .exactOptional()
      .describe('The first place where the two say something else.'),
  }),
} as const;
