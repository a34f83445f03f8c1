import * as z from 'zod';
import {
  anyText,
  cell,
  type DeepReadonly,
  link,
  path,
  share,
  text,
  textOrList,
} from './field-schemas.ts';
import { targetSchema } from './target.ts';

const columnRoles = [
  'label',
  'prediction',
  'score',
  'key',
  'weight',
  'unit',
  'time',
  'arm',
  'action',
  'reward',
  'propensity',
  'q_hat',
  'latency',
  'error',
  'satisfaction',
] as const;

const column = text.describe('name of a column, exactly');

const columns = z.strictObject(
  Object.fromEntries(columnRoles.map((role) => [role, column.optional()])) as Record<
    (typeof columnRoles)[number],
    z.ZodOptional<z.ZodString>
  >,
);

const place = {
  path: path.optional().describe('file, relative to the top of the repository'),
  table: text.optional().describe('table of the engine'),
};

const oneOf = {
  error: 'needs a path or a table, and not both',
  params: {
    code: 'record/missing-key',
    fix: 'add path: for a file of the repository, or table: for a table of the engine',
  },
};

const hasOnePlace = (data: {
  readonly path?: string | undefined;
  readonly table?: string | undefined;
}): boolean => (data.path === undefined) !== (data.table === undefined);

const labels = z.strictObject(place).refine(hasOnePlace, oneOf);

const side = z
  .strictObject({
    ...place,
    name: text.optional().describe('name of the model'),
    version: cell.optional().describe('version of the model'),
    where: text.optional().describe('boolean SQL expression that picks rows'),
    labels: labels.optional().describe('where the labels lie, joined by columns.key'),
    columns: columns.optional().describe('columns that are called otherwise on this side'),
  })
  .refine(hasOnePlace, oneOf);

const data = z
  .strictObject({
    baseline: side.optional().describe('the model as it is'),
    candidate: side.optional().describe('the model as it would be'),
  })
  .refine(({ baseline, candidate }) => baseline !== undefined || candidate !== undefined, {
    error: 'names neither a baseline nor a candidate',
    params: { code: 'record/missing-key', fix: 'add baseline: or candidate:' },
  });

const edges = z
  .array(z.number())
  .min(1)
  .describe('inner edges, rising; a value on an edge belongs to the upper band');

const drift = z.strictObject({
  column: column,
  reference: z
    .union([text, labels])
    .optional()
    .describe('what it was: baseline, or a file or table'),
  current: z.union([text, labels]).optional().describe('what it is: candidate, or a file or table'),
  edges: edges.optional(),
});

const plan = z.strictObject({
  alpha: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe('chance of a false alarm, between 0 and 1; 0.05 where absent'),
  power: z.number().gt(0).lt(1).optional().describe('chance to see the effect, between 0 and 1'),
  mde: z.number().optional().describe('smallest effect worth seeing, in the unit of the metric'),
  n: z.int().min(1).optional().describe('planned rows or units'),
  allocation: z
    .union([share, z.array(z.number().gt(0)), z.record(z.string(), z.number().gt(0))])
    .optional()
    .describe('share of each arm'),
  correction: z.enum(['none', 'holm', 'bh', 'by']).optional().describe('for many comparisons'),
  min_n: z.int().min(1).optional().describe('rows under which a group is small; 30 where absent'),
  ece_bins: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('equal-width bins of the calibration error; 10 where absent'),
  max_left_out: share
    .optional()
    .describe(
      "share of the rows, or of a group's rows, that may be left out before nothing is decided; 0.05 where absent",
    ),
  stop: z
    .enum(['fixed', 'always-valid'])
    .optional()
    .describe('always-valid for those who look early'),
});

const csv = z.strictObject({
  delimiter: z
    .string()
    .regex(/^[^"\r\n0-9A-Za-z.]$/, 'is not one character that can separate cells')
    .optional()
    .describe('one character; a comma where absent, a tab in .tsv'),
  decimal: z.enum(['.', ',']).optional().describe('decimal sign of numbers; a point where absent'),
  encoding: z
    .enum(['utf-8', 'utf-16', 'latin-1', 'windows-1252'])
    .optional()
    .describe('utf-8 where absent'),
  header: z
    .union([z.boolean(), z.int().min(1)])
    .optional()
    .describe(
      'line that names the columns, the first where absent; false: none, they are column0, column1 …',
    ),
});

/** What is to be measured, planned before it is run. */
export const evaluationSchema = z.strictObject({
  schema: z.literal('countersign/evaluation@1'),
  id: link('EV').describe('equal to the name of the file'),
  title: text.describe('one line'),
  question: anyText.optional().describe('what the numbers are to answer'),
  kind: z
    .enum(['offline', 'cases', 'ab-test', 'bandit', 'off-policy'])
    .describe('what is compared, and how'),
  task: z
    .enum(['binary', 'multiclass', 'regression', 'ranking', 'preference'])
    .optional()
    .describe('binary where absent'),
  assumptions: textOrList
    .optional()
    .describe('what has to be true for the numbers to mean what they say'),
  method: anyText.optional().describe('how it is measured, in words'),
  engine: text
    .optional()
    .describe('duckdb where absent, or a connection named in the settings of the user'),
  data: data.describe('where the rows of each side lie'),
  csv: csv.optional().describe('how CSV files are written, where otherwise than usual'),
  columns: columns.describe('which column is what'),
  positive: cell
    .optional()
    .describe(
      'value that counts as positive: a number or boolean by its value, a text by its characters',
    ),
  negative: cell
    .optional()
    .describe(
      'value that counts as negative: a number or boolean by its value, a text by its characters',
    ),
  threshold: z
    .number()
    .optional()
    .describe('score from which a prediction is positive; 0.5 where absent'),
  tolerance: z
    .number()
    .min(0)
    .optional()
    .describe('regression: error that is still good, in the unit of the label'),
  k: z.int().min(1).optional().describe('ranking: places that are looked at'),
  bands: z
    .record(z.string(), z.strictObject({ column, edges }))
    .optional()
    .describe('a number cut into groups'),
  groups: z.array(z.array(text)).optional().describe('columns or bands, each list one grouping'),
  reference: z
    .union([z.literal('largest'), z.record(z.string(), cell)])
    .optional()
    .describe('group that others are compared with'),
  favourable: z
    .enum(['positive', 'negative'])
    .optional()
    .describe(
      'what is good for the person: a positive prediction (a loan) or a negative one (no inspection)',
    ),
  labels: z
    .record(z.string(), z.record(z.string(), text))
    .optional()
    .describe('column: {code: name} for people who read the report'),
  population: z
    .record(z.string(), z.record(z.string(), z.number().min(0)))
    .optional()
    .describe('column: {value: share} of the people concerned'),
  policy: z
    .union([text, z.record(z.string(), share)])
    .optional()
    .describe('off-policy: uniform, {action: probability} or a column'),
  n_actions: z.int().min(1).optional().describe('off-policy: how many actions there are'),
  drift: z.array(drift).optional().describe('columns whose distribution is compared'),
  slices: z.array(link('SL')).optional().describe('ids of slices that are measured too'),
  thresholds: z.array(share).optional().describe('0 to 1, for the sweep'),
  targets: z.array(targetSchema).optional().describe('what better means'),
  plan: plan.optional().describe('how it is judged, decided before anyone looks'),
});

export type Evaluation = DeepReadonly<z.infer<typeof evaluationSchema>>;
