import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStoredResult } from '../../src/app/stored-result.ts';
import type { Evaluation } from '../../src/core/records/evaluation.ts';
import type { Target } from '../../src/core/records/target.ts';
import { rejudge } from '../../src/core/reports/rejudge.ts';
import { resultText } from '../../src/core/reports/result.ts';
import { near } from '../core/statistics/near.ts';
import { evaluationId, runEvaluation } from './run-evaluation.ts';
import { csv, label, measure, score, value } from './measured-scores.ts';

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
