import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResultGroup, ResultMetric, ResultModel } from '../../src/core/reports/result.ts';
import { dataText, type OracleCase, oracleTests } from '../core/statistics/oracle.ts';
import { near } from '../core/statistics/near.ts';
import { csv, label, measure, score, value } from './measured-scores.ts';

type Overall = ResultModel['overall'];

const bounds = (metric: ResultMetric | undefined): readonly [number | null, number | null] =>
  metric && metric.value !== null ? [metric.low, metric.high] : [null, null];

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
