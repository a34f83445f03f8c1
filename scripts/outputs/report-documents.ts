/** The document of `report`. */
import * as z from 'zod';
import { evaluationResult, resultDisparity } from './result-documents.ts';
import { groupKey, resultMetric, side } from './result-counts-parts.ts';

const calibrationBin = z
  .object({
    from: z.number(),
    to: z.number(),
    n: z.number(),
    mean_score: z.number(),
    positive_rate: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
  })
  .meta({
    id: 'CalibrationBin',
    description:
      "A bin of scores: from where to where, how many rows, and what was promised and what came, with Wilson's interval where rows weigh the same.",
  });

const changeEffect = z.enum(['helped', 'harmed', 'higher', 'lower', 'small', 'unclear']).meta({
  id: 'ChangeEffect',
  description:
    'What a change is, where its interval leaves 0 out. `helped` and `harmed` are told only of what the evaluation states to be good for the person; `small` is clear and under the smallest effect that the plan wants to see.',
});

const namedRecord = z
  .object({
    id: z.string(),
    title: z.string(),
    status: z.string().nullable(),
    path: z.string(),
  })
  .meta({ id: 'NamedRecord', description: 'A record that a report names.' });

const planHistory = z
  .union([
    z.object({
      before: z.literal(true),
      why: z.null(),
    }),
    z.object({
      before: z.literal(false),
      why: z.string(),
    }),
  ])
  .meta({
    id: 'PlanHistory',
    description:
      '`before`: a commit held these targets before the first result was kept, and no result was judged by others; else why that is not said.',
  });

const referenceRow = z
  .object({
    grouping: z.string(),
    rate: z.string(),
    group: z.string(),
    reference: z.string(),
    difference: resultDisparity.nullable(),
    ratio: resultDisparity.nullable(),
    p: z.number().nullable(),
    adjusted: z.number().nullable(),
    band: z
      .enum(['within', 'below', 'above'])
      .nullable()
      .describe('Where the ratio lies by the rule of four fifths, taken to both sides.'),
  })
  .meta({
    id: 'ReferenceRow',
    description:
      'One rate of one group against the reference group: difference, ratio and the p-values of the difference from none.',
  });

const reportBenefit = z
  .object({
    id: z.string(),
    title: z.string(),
    metric: z.string(),
    slice: z.string().nullable(),
    expected: z.number(),
    unit: z.string().nullable(),
    measured: z
      .object({
        difference: z.number(),
        low: z.number().nullable(),
        high: z.number().nullable(),
      })
      .nullable(),
  })
  .meta({
    id: 'ReportBenefit',
    description:
      'What a piece of feedback was expected to bring, beside what was measured; null where it was not.',
  });

const reportCalibration = z
  .object({
    side: side,
    metrics: z.record(z.string(), resultMetric),
    bins: z.array(calibrationBin),
    merged: z
      .boolean()
      .describe('Whether neighbouring bins were put together so that none names a few people.'),
  })
  .meta({
    id: 'ReportCalibration',
    description: "How far one side's scores can be taken at their word, over everyone.",
  });

const reportChange = z
  .object({
    by: groupKey,
    metric: z.string(),
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    p: z.number().nullable(),
    effect: changeEffect,
  })
  .meta({
    id: 'ReportChange',
    description: 'What changed for everyone or for one group on the same rows.',
  });

const reportDecision = z
  .object({
    risk: z.string(),
    why: z.string(),
    done: z.string(),
    feedback: z.array(namedRecord),
    id: z.string(),
    title: z.string(),
    status: z.string().nullable(),
    path: z.string(),
  })
  .meta({
    id: 'ReportDecision',
    description:
      'A decision that the evaluation is about: why it was taken, what is done, and the feedback behind it.',
  });

const reportFlips = z
  .object({
    by: groupKey,
    n: z.number().nullable(),
    up: z.number().nullable(),
    down: z.number().nullable(),
  })
  .meta({
    id: 'ReportFlips',
    description:
      'How many predictions went each way between the sides. Counts are null where they are suppressed.',
  });

const reportModel = z
  .object({
    side: side,
    name: z.string().nullable(),
    version: z.string().nullable(),
    place: z.string(),
  })
  .meta({
    id: 'ReportModel',
    description: 'A side: which model it is, and where its predictions lie.',
  });

const reportRow = z
  .object({
    label: z.string(),
    by: groupKey,
    n: z.number().nullable(),
    small: z.boolean(),
    values: z.object({
      baseline: resultMetric.exactOptional(),
      candidate: resultMetric.exactOptional(),
    }),
  })
  .meta({
    id: 'ReportRow',
    description: "One group's rate on both sides, as the plot and its table show it.",
  });

const reportPanel = z
  .object({
    grouping: z.string(),
    metric: z.string(),
    rows: z.array(reportRow),
    bounds: z.array(
      z.object({
        op: z.enum(['>=', '<=']),
        value: z.number(),
      }),
    ),
    axis: z
      .array(z.number())
      .describe(
        'What the axis has to hold: the same for every grouping, so that gaps can be compared.',
      ),
  })
  .meta({
    id: 'ReportPanel',
    description:
      'Rates of the groups of one grouping, with the floors and ceilings that targets set for each of them.',
  });

const resultStanding = z
  .enum(['current', 'other code', 'other plan', 'other data', 'altered'])
  .meta({
    id: 'ResultStanding',
    description:
      "What a report says of how far its result can be relied on today; `altered` where the file's verdict is not what its own counts give.",
  });

const report = z
  .object({
    schema: z.literal('countersign/report@1'),
    evaluation: z.object({
      question: z.string(),
      assumptions: z.array(z.string()),
      id: z.string(),
      title: z.string(),
      status: z.string().nullable(),
      path: z.string(),
    }),
    models: z.array(reportModel),
    decisions: z.array(reportDecision),
    result: evaluationResult.nullable().describe('Null where the evaluation has not been run.'),
    resultPath: z.string().nullable(),
    resultDigest: z.string().nullable(),
    standing: resultStanding.nullable(),
    sentence: z.string().describe('The verdict and its reason in one sentence.'),
    panels: z.array(reportPanel),
    rows: z
      .array(z.string())
      .describe('From the rows read to the rows used, a line for each side.'),
    planned: planHistory.describe(
      "Whether the targets stood before the first result, by what git's history shows.",
    ),
    earlier: z
      .array(z.string())
      .describe('The looks at this evaluation before the one that is shown, in words.'),
    helped: z
      .array(z.string())
      .describe(
        'Groups for whom the candidate differs from the baseline, where the interval leaves no doubt: helped or harmed where the evaluation states what is favourable, else higher or lower.',
      ),
    harmed: z.array(z.string()),
    higher: z.array(z.string()),
    lower: z.array(z.string()),
    withheld: z
      .array(z.string())
      .describe('Groups of which that is not shown, since it could name people.'),
    reference: z.array(referenceRow),
    changes: z.array(reportChange),
    flips: z.array(reportFlips),
    calibration: z.array(reportCalibration),
    benefits: z.array(reportBenefit),
    limits: z.array(z.string()).describe('What the numbers cannot say.'),
  })
  .meta({
    id: 'Report',
    description:
      'A report as data: every writer prints this, and nothing else decides what it says.',
  });

export const reportDocuments = {
  report: z.union([
    report,
    z.object({
      reports: z.array(report),
    }),
  ]),
} as const;
