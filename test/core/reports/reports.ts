import type { Evaluation } from '../../../src/core/records/evaluation.ts';
import { buildReport } from '../../../src/core/reports/build-report.ts';
import { buildResult } from '../../../src/core/reports/build-result.ts';
import type { Counted, CountedGroup, CountedPair } from '../../../src/core/reports/counted.ts';
import type { Coverage } from '../../../src/core/reports/coverage.ts';
import { type EvaluationPlan, planEvaluation } from '../../../src/core/reports/evaluation-plan.ts';
import type { Report } from '../../../src/core/reports/report.ts';
import { type EvaluationResult, resultText } from '../../../src/core/reports/result.ts';
import type { ScoreSums } from '../../../src/core/statistics/scores/score-estimates.ts';
import type { Confusion } from '../../../src/core/statistics/confusion.ts';

const before: readonly Confusion[] = [
  { tp: 60, fp: 25, tn: 160, fn: 40 },
  { tp: 90, fp: 30, tn: 150, fn: 20 },
  { tp: 4, fp: 1, tn: 9, fn: 3 },
];
const after: readonly Confusion[] = [
  { tp: 82, fp: 31, tn: 154, fn: 18 },
  { tp: 92, fp: 32, tn: 148, fn: 18 },
  { tp: 5, fp: 2, tn: 8, fn: 2 },
];

function add(tables: readonly Confusion[]): Confusion {
  const sum = (cell: keyof Confusion): number =>
    tables.reduce((all, table) => all + table[cell], 0);
  return { tp: sum('tp'), fp: sum('fp'), tn: sum('tn'), fn: sum('fn') };
}

/** Sums as an engine could give them: the scores of positives and of negatives spread evenly. */
function scoresOf({ tp, fp, tn, fn }: Confusion): ScoreSums {
  const [positives, negatives] = [tp + fn, fp + tn];
  const n = positives + negatives;
  const moments = (count: number, mean: number) => ({
    weight: count,
    weight_squares: count,
    sum: count * mean,
    square_sum: count * mean,
    square_squares: count * mean * mean * 1.5,
  });
  const bins = Array.from({ length: 5 }, (_, bin) => ({
    bin,
    n: Math.round(n / 5),
    positives: Math.round((n / 5) * (0.1 + 0.18 * bin)),
    weight: Math.round(n / 5),
    mean_score: 0.1 + 0.2 * bin,
    positive_rate: 0.1 + 0.18 * bin,
  }));
  return {
    n,
    outside: 0,
    brier: moments(n, 0.16),
    log_loss: moments(n, 0.48),
    error: moments(n, 0.02),
    positives: moments(positives, 0.14),
    negatives: moments(negatives, 0.14),
    bins,
    width: 5,
  };
}

function groupOf(column: string | null, value: string | null, counts: Confusion): CountedGroup {
  return { by: column === null ? {} : { [column]: value }, counts, scores: scoresOf(counts) };
}

/** Pairs with as few flips as the two tables allow. */
function pairOf(group: CountedGroup, was: Confusion, is: Confusion): CountedPair {
  const paired = (hitBefore: number, hitAfter: number, n: number) => ({
    both: Math.min(hitBefore, hitAfter),
    candidateOnly: Math.max(0, hitAfter - hitBefore),
    baselineOnly: Math.max(0, hitBefore - hitAfter),
    neither: n - Math.max(hitBefore, hitAfter),
  });
  return {
    by: group.by,
    positives: paired(was.tp, is.tp, was.tp + was.fn),
    negatives: paired(was.fp, is.fp, was.fp + was.tn),
  };
}

/** Names and texts of a report, so that hostile ones can take the place of plain ones. */
export type ReportTexts = {
  readonly column: string;
  readonly groups: readonly [string, string, string | null];
  readonly text: (plain: string) => string;
  /** What the evaluation calls the first group. */
  readonly name?: string;
};

export const plainTexts: ReportTexts = {
  column: 'gender',
  groups: ['female', 'male', null],
  text: (plain) => plain,
};

/** A report of counts that stand above, with everything in it that a writer shows. */
export function reportOf({ column, groups, text, name }: ReportTexts, minCell = 0): Report {
  const evaluation: Evaluation = {
    schema: 'countersign/evaluation@1',
    id: 'EV-7K2M9QXA',
    title: text('Does the lower bar help?'),
    kind: 'offline',
    data: { baseline: { path: 'data/before.csv' }, candidate: { path: 'data/after.csv' } },
    columns: { label: 'label', prediction: 'prediction', score: 'score', key: 'id' },
    groups: [[column]],
    favourable: 'positive',
    ...(name === undefined ? {} : { labels: { [column]: { [groups[0]]: name } } }),
    targets: [
      { metric: 'recall', by: [column], op: '>=', value: 0.7 },
      { metric: 'accuracy', op: '>=', value: 0.7 },
      { metric: 'selection_rate_ratio', by: [column], op: '>=', value: 0.8 },
    ],
  };
  const planned = planEvaluation(evaluation, {
    slices: [],
    targets: (evaluation.targets ?? []).map((target) => ({ ...target, stated: 'EV-7K2M9QXA' })),
    minCell,
    seed: 1,
  });
  if (!planned.ok) throw new Error(planned.unsupported.join());
  const result = resultOf(planned.plan, column, groups, text);
  const named = (
    id: string,
    title: string,
    status: string,
  ): { id: string; title: string; status: string; path: string } => ({
    id,
    title: text(title),
    status,
    path: `.countersign/x/${id}.yaml`,
  });
  return buildReport({
    evaluation: {
      ...named('EV-7K2M9QXA', 'Does the lower bar help?', ''),
      question: text('Are fewer women missed?'),
      assumptions: [text('People are independent of each other.')],
    },
    models: [
      { side: 'baseline', name: text('wage-model'), version: '1', place: 'data/before.csv' },
      { side: 'candidate', name: text('wage-model'), version: '2', place: text('data/after.csv') },
    ],
    decisions: [
      {
        ...named('DR-7K2M9QXA', 'Lower the bar', 'accepted'),
        risk: 'high',
        why: text('Women who do the work are missed.'),
        done: text('One lower bar for everyone.'),
        feedback: [named('FB-2QW9ZK4M', 'Turned down though I train the others', 'accepted')],
      },
    ],
    found: {
      result,
      path: '.countersign/results/EV-7K2M9QXA/0123456789ab.json',
      digest: '01'.repeat(32),
      standing: 'current',
    },
    altered: null,
    planned: { before: false, why: 'earlier results were judged by other targets' },
    smallest: 0,
    feedback: [
      {
        id: 'FB-2QW9ZK4M',
        title: text('Turned down though I train the others'),
        expected: { metric: 'recall', delta: 0.1, unit: text('points') },
      },
      {
        id: 'FB-3QW9ZK4M',
        title: text('Too slow'),
        expected: { metric: 'latency_p95', delta: -20, unit: 'ms' },
      },
    ],
  });
}

function coverageOf(plan: EvaluationPlan, column: string, names: ReportTexts['groups']): Coverage {
  const used = add(after);
  const n = used.tp + used.fp + used.tn + used.fn;
  return {
    rows: n + 3,
    missing: { label: 2, prediction: 0, score: 0 },
    invalid: { label: 0, prediction: 1, weight: 0, score: 3 },
    alone: 0,
    otherLabel: 0,
    fates: {
      only_in_other: 0,
      not_in_labels: 0,
      without_prediction: 0,
      no_label: 2,
      invalid_label: 0,
      no_prediction: 0,
      invalid_prediction: 1,
      invalid_weight: 0,
      used: n,
    },
    kept: plan.cuts.map(({ columns }) =>
      columns.length === 0
        ? []
        : after.map(({ tp, fp, tn, fn }, index) => ({
            by: { [column]: names[index] ?? null },
            of: tp + fp + tn + fn + (index === 0 ? 3 : 0),
            used: tp + fp + tn + fn,
          })),
    ),
  };
}

function resultOf(
  plan: EvaluationPlan,
  column: string,
  names: ReportTexts['groups'],
  text: ReportTexts['text'],
): EvaluationResult {
  const sideOf = (tables: readonly Confusion[]): readonly (readonly CountedGroup[])[] =>
    plan.cuts.map(({ columns }) =>
      columns.length === 0
        ? [groupOf(null, null, add(tables))]
        : tables.map((table, index) => groupOf(column, names[index] ?? null, table)),
    );
  const groups = { baseline: sideOf(before), candidate: sideOf(after) };
  const pairs = plan.cuts.map(({ columns }, cut) =>
    (groups.candidate[cut] ?? []).map((group, index) =>
      columns.length === 0
        ? pairOf(group, add(before), add(after))
        : pairOf(group, before[index] as Confusion, after[index] as Confusion),
    ),
  );
  const used = add(after);
  const n = used.tp + used.fp + used.tn + used.fn;
  const coverage = coverageOf(plan, column, names);
  const counted: Counted = {
    groups,
    pairs,
    coverage: { baseline: coverage, candidate: coverage },
  };
  const rows = {
    rows: n + 3,
    missing: { label: 2, prediction: 0, score: 0 },
    invalid: { label: 0, prediction: 1, score: 3 },
    unmatched: 4,
    duplicate_keys: 0,
  };
  const inputs = ['baseline', 'candidate'].map((role) => ({
    role,
    path: text(`data/${role}.csv`),
    sha256: 'ab'.repeat(32),
    ...rows,
  }));
  const result = buildResult(plan, counted, {
    plan: [{ path: '.countersign/evaluations/EV-7K2M9QXA.yaml', sha256: 'cd'.repeat(32) }],
    governed: { 'model-change': 'ef'.repeat(32) },
    inputs,
    engine: { name: 'duckdb', version: '0.0.0' },
    sql: [text('SELECT 1')],
    looks: 2,
    earlier: [
      {
        result: '0123456789ab',
        verdict: 'fail',
        changed: ['plan'],
        targets: [text('recall >= 0.9')],
      },
    ],
    read: { baseline: n + 8, candidate: n + 8 },
  });
  return JSON.parse(resultText(result)) as EvaluationResult;
}
