import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStoredResult } from '../../src/app/stored-result.ts';
import type { Evaluation } from '../../src/core/records/evaluation.ts';
import type { Target } from '../../src/core/records/target.ts';
import { rejudge } from '../../src/core/reports/rejudge.ts';
import { resultText } from '../../src/core/reports/result.ts';
import type { ResultGroup, ResultMetric, ResultModel } from '../../src/core/reports/result.ts';
import { dataText, type OracleCase, oracleTests } from '../core/statistics/oracle.ts';
import { near } from '../core/statistics/near.ts';
import { evaluationId, runEvaluation } from './run-evaluation.ts';

type Overall = ResultModel['overall'];

/** Scores and labels as CSV, with more columns where they are given. */
function csv(columns: Readonly<Record<string, readonly (string | number)[]>>): string {
  const names = Object.keys(columns);
  const rows = (columns[names[0] as string] ?? []).map((_, row) =>
    names.map((name) => columns[name]?.[row]).join(','),
  );
  return `${[names.join(','), ...rows].join('\n')}\n`;
}

async function measure(
  text: string,
  record: Readonly<Record<string, unknown>> = {},
): Promise<ResultModel> {
  const { result } = await runEvaluation(
    { 'data/scores.csv': text },
    {
      data: { candidate: { path: 'data/scores.csv' } },
      columns: { label: 'label', score: 'score' },
      ...record,
    },
  );
  return result.models.candidate as ResultModel;
}

const value = (metric: ResultMetric | undefined): number | null | undefined => metric?.value;
const bounds = (metric: ResultMetric | undefined): readonly [number | null, number | null] =>
  metric && metric.value !== null ? [metric.low, metric.high] : [null, null];

const label = [1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1];
const score = [0.91, 0.42, 0.66, 0.35, 0.35, 0.08, 0.77, 0.51, 0.23, 0.88, 0.66, 0.59];
const weight = [1, 2, 1, 0.5, 1, 1, 2, 1, 1, 0.25, 1, 1];

test('twelve rows: values as scikit-learn 1.9.1 gives them, intervals as statsmodels 0.15.0 and confidenceinterval 1.0.5 do', async () => {
  const { metrics } = (await measure(csv({ label, score }))).overall;
  const rows: readonly (readonly [string, number, number, number])[] = [
    ['brier', 0.1529583333333333, 0.06786586159003186, 0.23805080507663476],
    ['log_loss', 0.46574126162626905, 0.27318961291556637, 0.6582929103369717],
    ['calibration_in_the_large', 0.03416666666666668, -0.19607012234230764, 0.264403455675641],
    ['auc', 0.8611111111111112, 0.6406320812119701, 1],
  ];
  for (const [name, wanted, low, high] of rows) {
    near(value(metrics[name]), wanted, name, { rel: 1e-11 });
    // confidenceinterval computes the area in single precision.
    near(bounds(metrics[name])[0], low, `${name} low`, { rel: name === 'auc' ? 1e-6 : 1e-10 });
    near(bounds(metrics[name])[1], high, `${name} high`, { rel: 1e-10 });
  }
});

test('weighted rows: values as scikit-learn 1.9.1 gives them', async () => {
  const { metrics } = (
    await measure(csv({ label, score, weight }), {
      columns: { label: 'label', score: 'score', weight: 'weight' },
    })
  ).overall;
  near(value(metrics['brier']), 0.14452941176470588, 'brier', { rel: 1e-11 });
  near(value(metrics['log_loss']), 0.45287850887918085, 'log loss', { rel: 1e-11 });
  near(value(metrics['auc']), 0.9068322981366459, 'auc', { rel: 1e-11 });
});

test('weights of one change nothing but the words', async () => {
  const [plain, ones] = await Promise.all([
    measure(csv({ label, score })),
    measure(csv({ label, score, weight: label.map(() => 1) }), {
      columns: { label: 'label', score: 'score', weight: 'weight' },
    }),
  ]);
  for (const name of ['brier', 'log_loss', 'auc', 'ece', 'calibration_in_the_large'])
    assert.deepEqual(ones.overall.metrics[name], plain.overall.metrics[name]);
});

type Calibration = {
  readonly n: number;
  readonly brier: number;
  readonly log_loss: number;
  readonly auc: number | null;
  readonly ece10: number;
  readonly ece15: number;
  readonly calibration_in_the_large: number;
  readonly bins10?: readonly {
    readonly bin: number;
    readonly n: number;
    readonly mean_score: number | null;
    readonly positive_rate: number | null;
  }[];
};

const measured = new Map<string, Promise<ResultModel>>();

/** The model of a case's data, measured once for all its groups. */
function modelOf({ inputs }: OracleCase, bins: number): Promise<ResultModel> {
  const {
    dataset,
    label: labelColumn = 'label',
    score: scoreColumn = 'score',
    weight: weightColumn,
    labels,
    scores,
  } = inputs as Record<string, string> & { labels?: number[]; scores?: number[] };
  const text =
    dataset === undefined
      ? csv({ label: labels ?? [], score: scores ?? [] })
      : (dataText(dataset) as string);
  const column = dataset?.includes('synthetic') ? 'group' : 'lesion_size';
  const groups = dataset === undefined ? [] : [[column]];
  const columns = {
    label: labelColumn,
    score: scoreColumn,
    ...(weightColumn === undefined ? {} : { weight: weightColumn }),
  };
  const key = JSON.stringify([dataset ?? text, columns, bins, inputs['threshold']]);
  const known =
    measured.get(key) ??
    measure(text, {
      columns,
      groups,
      plan: { ece_bins: bins },
      ...(inputs['threshold'] === undefined ? {} : { threshold: inputs['threshold'] }),
    });
  measured.set(key, known);
  return known;
}

function groupOf(
  model: ResultModel,
  where: Readonly<Record<string, string>> | undefined,
): Overall | ResultGroup {
  const wanted = JSON.stringify(where ?? {});
  return where === undefined
    ? model.overall
    : (model.groups.find(({ by }) => JSON.stringify(by) === wanted) as ResultGroup);
}

oracleTests('calibration', 'calibration', async (example) => {
  const want = example.expected as Calibration;
  const where = example.inputs['where'] as Record<string, string> | undefined;
  const [ten, fifteen] = await Promise.all([modelOf(example, 10), modelOf(example, 15)]);
  const { metrics, scores } = groupOf(ten, where);
  const check = (name: string, metric: ResultMetric | undefined, wanted: number | null): void =>
    near(value(metric), wanted, `${example.id} ${name}`, example.tolerance);
  assert.equal(scores?.n, want.n);
  check('brier', metrics['brier'], want.brier);
  check('log_loss', metrics['log_loss'], want.log_loss);
  check('auc', metrics['auc'], want.auc);
  check('ece10', metrics['ece'], want.ece10);
  check('ece15', groupOf(fifteen, where).metrics['ece'], want.ece15);
  check(
    'calibration_in_the_large',
    metrics['calibration_in_the_large'],
    want.calibration_in_the_large,
  );
  const bins = (want.bins10 ?? []).filter(({ n }) => n > 0);
  if (bins.length > 0)
    assert.deepEqual(
      scores?.bins.map(({ bin, n }) => [bin, n]),
      bins.map(({ bin, n }) => [bin, n]),
    );
  for (const [index, bin] of bins.entries()) {
    near(
      scores?.bins[index]?.mean_score,
      bin.mean_score,
      `${example.id} bin ${bin.bin}`,
      example.tolerance,
    );
    near(
      scores?.bins[index]?.positive_rate,
      bin.positive_rate,
      `${example.id} bin ${bin.bin}`,
      example.tolerance,
    );
  }
});

oracleTests('calibration', 'group_rates', async (example) => {
  const { counts } = example.expected as {
    counts: Readonly<Record<'tp' | 'fp' | 'tn' | 'fn', number>>;
  };
  const [group] = example.inputs['group'] as [string];
  const found = groupOf(await modelOf(example, 10), { lesion_size: group });
  assert.deepEqual(
    [found.tp, found.fp, found.tn, found.fn],
    [counts.tp, counts.fp, counts.tn, counts.fn],
  );
});

test('a score on an edge is in the upper bin by its decimal value, the last bin closed', async () => {
  const edges = ['0', '0.07', '0.29', '0.57', '0.58', '0.99', '1', '1.0', '2.9e-1', '1e-30'];
  const { overall } = await measure(
    csv({ label: edges.map((_, index) => index % 2), score: edges }),
    { plan: { ece_bins: 100 } },
  );
  assert.deepEqual(
    overall.scores?.bins.map(({ bin, n }) => [bin, n]),
    [
      [0, 2],
      [7, 1],
      [29, 2],
      [57, 1],
      [58, 1],
      [99, 3],
    ],
  );
});

test('scores that are no probabilities have an order and nothing else', async () => {
  const { overall } = await measure(csv({ label: [0, 0, 1, 1], score: [-3, 0.5, 0.4, 250] }));
  assert.equal(value(overall.metrics['auc']), 0.75);
  for (const name of ['brier', 'log_loss', 'ece', 'calibration_in_the_large'])
    assert.deepEqual(overall.metrics[name], { value: null, why: '2 scores are outside 0 to 1' });
});

test('a certain and wrong score costs 36 nats and no infinity', async () => {
  const { overall } = await measure(csv({ label: [1, 0], score: [0, 1] }));
  near(value(overall.metrics['log_loss']), -Math.log(2.220446049250313e-16), 'log loss', {
    rel: 1e-11,
  });
});

test('beside a prediction, rows without a good score are in no metric of the score, and are counted', async () => {
  const text = csv({
    label: [0, 1, 0, 1, 1],
    prediction: [0, 1, 0, 1, 0],
    score: [0.2, 0.9, '', 'nan', '-Infinity'],
  });
  const { result } = await runEvaluation(
    { 'data/scores.csv': text },
    {
      data: { candidate: { path: 'data/scores.csv' } },
      columns: { label: 'label', prediction: 'prediction', score: 'score' },
    },
  );
  const [input] = result.inputs;
  assert.deepEqual(
    [result.models.candidate?.overall.n, result.models.candidate?.overall.scores?.n],
    [5, 2],
  );
  assert.deepEqual([input?.missing.score, input?.invalid.score], [1, 2]);
  assert.ok(
    result.notes.some((note) =>
      note.includes('3 without a score, which are in no metric of the score'),
    ),
  );
});

test('no score, no metric of one; a target on one is refused', async () => {
  const { overall } = await measure(csv({ label: [0, 1], prediction: [0, 1] }), {
    columns: { label: 'label', prediction: 'prediction' },
  });
  assert.equal(overall.metrics['auc'], undefined);
  assert.equal(overall.scores, undefined);
  await assert.rejects(
    measure(csv({ label: [0, 1], prediction: [0, 1] }), {
      columns: { label: 'label', prediction: 'prediction' },
      targets: [{ metric: 'auc', op: '>=', value: 0.7 }],
    }),
    /this version cannot measure auc without columns\.score/,
  );
});

test('targets on scores are judged on intervals, by group the worst decides; what has no interval is undecided', async () => {
  const many = <T>(values: readonly T[]): readonly T[] =>
    Array.from({ length: 20 }, () => values).flat();
  const text = csv({
    label: many(label),
    score: many(score),
    part: many(label).map((_, index) => (index % 2 === 0 ? 'a' : 'b')),
  });
  const targets: readonly Target[] = [
    { metric: 'auc', op: '>=', value: 0.7 },
    { metric: 'brier', op: '<=', value: 0.1 },
    { metric: 'ece', op: '<=', value: 0.5 },
    { metric: 'auc', by: ['part'], op: '>=', value: 0.5 },
    { metric: 'log_loss', by: ['part'], min_n: 150, op: '<=', value: 2 },
  ];
  const record = {
    data: { candidate: { path: 'data/scores.csv' } },
    columns: { label: 'label', score: 'score' },
    groups: [['part']],
    plan: { correction: 'none' as const },
    targets,
  };
  const evaluation: Evaluation = {
    schema: 'countersign/evaluation@1',
    id: evaluationId,
    title: 'Test',
    kind: 'offline',
    ...record,
  };
  const { result } = await runEvaluation({ 'data/scores.csv': text }, record);
  const stored = readStoredResult(resultText(result));
  const again =
    stored &&
    rejudge(
      stored,
      evaluation,
      targets.map((target) => ({ ...target, stated: evaluationId })),
      [],
    );
  assert.deepEqual(
    [again?.verdict, again?.targets.map(({ state }) => state)],
    [result.verdict, result.targets.map(({ state }) => state)],
    'judged again from what is stored it is the same',
  );
  for (const [index, target] of result.targets.entries())
    for (const part of ['value', 'low', 'high'] as const)
      near(again?.targets[index]?.[part], target[part], `${target.metric} ${part}`, { rel: 1e-11 });
  assert.deepEqual(
    result.targets.map(({ state }) => state),
    ['met', 'not met', 'undecided', 'met', 'undecided'],
  );
  assert.equal(result.targets[4]?.why, 'rests on 120 rows, fewer than 150');
});

test('two sides: on the same rows, by key, or apart, each has its own scores', async () => {
  const keyed = (values: readonly number[]): string =>
    csv({ id: values.map((_, index) => index), label, score: values });
  const other = score.map((each) => Math.round((1 - each) * 100) / 100);
  const files = {
    'data/a.csv': keyed(score),
    'data/b.csv': keyed(other)
      .split('\n')
      .toReversed()
      .join('\n')
      .trim()
      .replace(/^([^]*)\n(id,label,score)$/, '$2\n$1\n'),
    'data/both.csv': csv({ label, before: score, after: other }),
  };
  const apart = {
    data: { baseline: { path: 'data/a.csv' }, candidate: { path: 'data/b.csv' } },
    columns: { label: 'label', score: 'score' },
  };
  const rows = {
    data: {
      baseline: { path: 'data/both.csv', columns: { score: 'before' } },
      candidate: { path: 'data/both.csv', columns: { score: 'after' } },
    },
    columns: { label: 'label' },
  };
  const expected = (await measure(csv({ label, score }))).overall;
  for (const record of [apart, { ...apart, columns: { ...apart.columns, key: 'id' } }, rows]) {
    const { models } = (await runEvaluation(files, record)).result;
    assert.deepEqual(models.baseline?.overall.scores, expected.scores);
    near(value(models.candidate?.overall.metrics['auc']), 1 - 0.8611111111111112, 'candidate', {
      rel: 1e-11,
    });
  }
});

test('the same bytes come of it again, and what is stored holds no score of a row', async () => {
  const text = csv({ label, score, part: label.map((_, index) => (index % 2 === 0 ? 'a' : 'b')) });
  const record = {
    data: { candidate: { path: 'data/scores.csv' } },
    columns: { label: 'label', score: 'score' },
    groups: [['part']],
  };
  const [first, second] = [
    await runEvaluation({ 'data/scores.csv': text }, record),
    await runEvaluation(
      {
        'data/scores.csv': text
          .split('\n')
          .toSorted(
            (a, b) =>
              Number(b.startsWith('label')) - Number(a.startsWith('label')) || (a < b ? 1 : -1),
          )
          .join('\n'),
      },
      record,
    ),
  ];
  const without = ({ text: stored }: { readonly text: string }): string =>
    stored.replace(/"sha256": "[0-9a-f]+"/g, '');
  assert.equal(without(second), without(first));
  assert.equal(first.result.evaluation, evaluationId);
});
