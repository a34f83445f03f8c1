/** The parts of a result that say what was counted. */
import * as z from 'zod';

export const evaluationVerdict = z
  .enum(['pass', 'fail', 'undecided'])
  .meta({ id: 'EvaluationVerdict' });

export const codeNames = z
  .record(z.string(), z.record(z.string(), z.string()))
  .meta({ id: 'CodeNames', description: 'Column → code → name, for people.' });

export const earlierLook = z
  .object({
    result: z.string(),
    verdict: evaluationVerdict,
    changed: z.array(z.enum(['plan', 'data'])),
    targets: z.array(z.string()),
  })
  .meta({
    id: 'EarlierLook',
    description:
      'A look at an evaluation before: the name of its result, what it came to, what it was judged by, and what is another now.',
  });

export const expectedDisparity = z
  .object({
    mean: z.number(),
    low: z.number(),
    high: z.number(),
  })
  .meta({
    id: 'ExpectedDisparity',
    description: 'A disparity among equal groups: its mean, and the range in which 95 of 100 lie.',
  });

export const groupKey = z.record(z.string(), z.string().nullable()).meta({
  id: 'GroupKey',
  description: "Values of a group's columns as text, null where missing.",
});

const moments = z
  .object({
    weight: z.number(),
    weight_squares: z.number(),
    sum: z.number(),
    square_sum: z.number(),
    square_squares: z.number(),
  })
  .meta({
    id: 'Moments',
    description:
      'Sums over weighted values v: Σw, Σw², Σwv, Σw²v, Σw²v². Without weights w is 1, so that both of the first are the count.',
  });

const reliabilityBin = z
  .object({
    bin: z.number(),
    n: z.number(),
    positives: z.number(),
    weight: z.number(),
    mean_score: z.number(),
    positive_rate: z.number(),
  })
  .meta({
    id: 'ReliabilityBin',
    description:
      'One bin of a reliability table, b of K from 0. `n` rows, `positives` of them, of total weight `weight`; mean score and positive rate are weighted.',
  });

export const resultMetric = z
  .union([
    z.object({
      value: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      n: z.number(),
      method: z.string(),
    }),
    z.object({
      value: z.null(),
      why: z.string(),
    }),
  ])
  .meta({
    id: 'ResultMetric',
    description: 'A metric in a result: a value with its interval, or null with the reason.',
  });

const resultScores = z
  .object({
    merged: z.literal(true).exactOptional(),
    n: z.number().describe('Rows with a score.'),
    outside: z
      .number()
      .describe(
        'Of them, those whose score is below 0 or above 1 and so no probability; they are in no sum but that of the order.',
      ),
    brier: moments.describe('Of (score − label)².'),
    log_loss: moments.describe(
      'Of −ln of the chance given to what happened, the score clipped to [2.22e-16, 1 − 2.22e-16].',
    ),
    error: moments.describe('Of score − label.'),
    bins: z
      .array(reliabilityBin)
      .describe(
        'Equal-width bins of the calibration error, empty ones left out, of `width` in all.',
      ),
    width: z.number(),
    positives: moments,
    negatives: moments,
  })
  .meta({
    id: 'ResultScores',
    description:
      '`merged`: neighbouring bins were put together so that none names a few people; `bin` is then the first of them.',
  });

export const resultGroup = z
  .object({
    by: groupKey,
    small: z.boolean(),
    slice: z.string().exactOptional(),
    suppressed: z.literal(true).exactOptional(),
    weighted: z
      .object({
        sums: z.object({
          tp: z.number(),
          fp: z.number(),
          tn: z.number(),
          fn: z.number(),
        }),
        squares: z.object({
          tp: z.number(),
          fp: z.number(),
          tn: z.number(),
          fn: z.number(),
        }),
      })
      .exactOptional(),
    scores: resultScores
      .exactOptional()
      .describe(
        'What metrics of the score are made of, where there is one and nothing of the group is suppressed.',
      ),
    metrics: z.record(z.string(), resultMetric),
    n: z.number().nullable(),
    tp: z.number().nullable(),
    fp: z.number().nullable(),
    tn: z.number().nullable(),
    fn: z.number().nullable(),
  })
  .meta({ id: 'ResultGroup' });

export const resultInput = z
  .object({
    role: z.string(),
    path: z.string(),
    sha256: z.string(),
    rows: z.number(),
    missing: z.object({
      label: z.number(),
      prediction: z.number(),
      score: z.number().exactOptional(),
    }),
    invalid: z.object({
      label: z.number(),
      prediction: z.number(),
      weight: z.number().exactOptional(),
      score: z.number().exactOptional(),
    }),
    unmatched: z.number(),
    duplicate_keys: z.number(),
  })
  .meta({ id: 'ResultInput' });

export const resultPair = z
  .object({
    metric: z.string(),
    by: groupKey,
    difference: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    p: z.number().nullable(),
    method: z.string(),
    n: z.number().nullable(),
    flips: z.object({
      '0→1': z.number().nullable(),
      '1→0': z.number().nullable(),
    }),
    suppressed: z.literal(true).exactOptional(),
  })
  .meta({ id: 'ResultPair' });

export const resultRows = z
  .object({
    slice: z.string().exactOptional(),
    suppressed: z.literal(true).exactOptional(),
    weighted: z
      .object({
        sums: z.object({
          tp: z.number(),
          fp: z.number(),
          tn: z.number(),
          fn: z.number(),
        }),
        squares: z.object({
          tp: z.number(),
          fp: z.number(),
          tn: z.number(),
          fn: z.number(),
        }),
      })
      .exactOptional(),
    scores: resultScores
      .exactOptional()
      .describe(
        'What metrics of the score are made of, where there is one and nothing of the group is suppressed.',
      ),
    metrics: z.record(z.string(), resultMetric),
    n: z.number().nullable(),
    tp: z.number().nullable(),
    fp: z.number().nullable(),
    tn: z.number().nullable(),
    fn: z.number().nullable(),
  })
  .meta({ id: 'ResultRows', description: 'Counts and metrics of some rows.' });

export const resultSideRows = z
  .object({
    read: z.number().describe('Rows of the file with the predictions.'),
    left_by_where: z.number(),
    not_in_labels: z.number().describe('Rows whose key is not among the labels.'),
    without_prediction: z
      .number()
      .describe('People of the labels file of whom there is no prediction.'),
    only_in_other: z
      .number()
      .describe(
        'People of the other side whom this one does not have, where a key pairs the sides.',
      ),
    no_label: z.number(),
    invalid_label: z.number(),
    no_prediction: z.number(),
    invalid_prediction: z.number(),
    invalid_weight: z.number(),
    used: z.number().describe('Rows that are in the counts.'),
    other_label: z
      .number()
      .exactOptional()
      .describe('Used rows of which the other side has another label; absent where there is none.'),
    unscored: z
      .number()
      .exactOptional()
      .describe('Used rows that are in no metric of the score, where there is one.'),
    groups: z
      .array(
        z.object({
          by: groupKey,
          slice: z.string().exactOptional(),
          left_out: z.number().nullable(),
          too_many: z
            .boolean()
            .describe(
              'Whether more are left out than the plan allows, of a group that is not small.',
            ),
        }),
      )
      .describe(
        'Groups and slices of which rows are left out. `left_out` is null where it would tell of few people.',
      ),
    without_group: z
      .array(
        z.object({
          columns: z.array(z.string()),
          slice: z.string().exactOptional(),
          rows: z.number().nullable(),
          too_many: z.boolean(),
        }),
      )
      .describe('Groupings of which a column is missing on some rows that are counted.'),
  })
  .meta({
    id: 'ResultSideRows',
    description:
      'What became of the rows of a side, each in one count: `read`, with the people of other files (`without_prediction`, `only_in_other`), is the sum of all the others.',
  });

export const side = z.enum(['baseline', 'candidate']).meta({ id: 'Side' });
