import { totalOf } from '../statistics/confusion.ts';
import { normalQuantile } from '../statistics/normal.ts';
import {
  mcnemarMidP,
  pairedDifference,
  type PairedCounts,
  tangoInterval,
} from '../statistics/paired.ts';
import type { Counted, CountedGroup, CountedPair } from './counted.ts';
import { type Cut, cutName, type EvaluationPlan, type Side } from './evaluation-plan.ts';
import { judgedSide, judgeTargets, verdictOf } from './judge-targets.ts';
import { cutDisparities, groupMetrics } from './measure-model.ts';
import { gapNotes } from './group-gaps.ts';
import { groupNames, pairingOf } from './plan-sql.ts';
import { columnsOf } from './row-sql.ts';
import type { EvaluationResult, ResultGroup, ResultModel, ResultPair } from './result.ts';
import { lookWords } from './earlier-looks.ts';
import { protectedGroups } from './protected-groups.ts';
import { manyGroupsNotes } from './many-groups.ts';
import { rowProblems } from './row-problems.ts';
import { rowsLines } from './rows-line.ts';
import { sideRows } from './side-rows.ts';
import { manyValues } from './stated-values.ts';
import { suppress } from './suppress.ts';
import { suppressPairs } from './suppress-pairs.ts';
import { bareGroups, isSuppressed, suppressTarget } from './suppress-target.ts';

/** What a result says of where it comes from. */
export type ResultOrigin = Pick<
  EvaluationResult,
  'plan' | 'governed' | 'inputs' | 'engine' | 'sql' | 'looks' | 'earlier'
> & {
  /** Rows of each side's file, before `where`. */
  readonly read: Readonly<Partial<Record<Side, number>>>;
  /** What is said of the way in which values are written, a sentence each. */
  readonly doubts?: readonly string[];
};

/** Builds a result from counts: nothing but the plan, the counts and the seed decides what it says. */
export function buildResult(
  plan: EvaluationPlan,
  counted: Counted,
  origin: ResultOrigin,
): EvaluationResult {
  const judged = judgeTargets(plan, counted);
  const last = protectedGroups(plan, counted, judged);
  const models: EvaluationResult['models'] = suppress(
    Object.fromEntries(plan.sides.map((side) => [side, modelOf(plan, counted, side)])),
    plan.minCell,
    last,
  );
  const paired = suppressPairs(
    plan.cuts.flatMap((cut, index) =>
      cut.slice === null
        ? (counted.pairs[index] ?? []).flatMap((pair) => pairedMetrics(pair, plan.alpha))
        : [],
    ),
    plan.minCell,
    bareGroups(models),
    last,
  );
  const rows = sideRows(plan, counted, origin.read);
  const problems = rowProblems(plan, { rows, models });
  const { verdict, why } = verdictOf(judged, problems);
  const { labels, favourable } = plan.evaluation;
  const targets = judged.map((target) =>
    suppressTarget(target, { model: models[judgedSide(plan)], paired }, plan.minCell),
  );
  return {
    schema: 'countersign/result@1',
    evaluation: plan.evaluation.id,
    verdict,
    seed: plan.seed,
    plan: origin.plan,
    governed: origin.governed,
    inputs: origin.inputs,
    rows,
    ...(problems.length > 0 ? { problems } : {}),
    ...(labels ? { labels } : {}),
    ...(favourable ? { favourable } : {}),
    engine: origin.engine,
    sql: origin.sql,
    looks: origin.looks,
    ...(origin.earlier ? { earlier: origin.earlier } : {}),
    models,
    paired,
    targets,
    notes: [
      ...(problems.length === 0 && why !== null ? [why] : problems),
      ...rowsLines({ rows, ...(labels ? { labels } : {}) }),
      ...gapNotes(plan, groupNames(plan).columns, counted.gaps ?? []),
      ...(origin.doubts ?? []),
      ...manyValues(plan, counted),
      ...manyGroupsNotes(plan, counted),
      ...notesOf(plan, origin),
      ...(isSuppressed(models, paired)
        ? [`counts under ${plan.minCell} are not shown, nor what they could be worked out from`]
        : []),
    ],
    methods: methodsOf(models, paired),
    comparisons: comparisonsOf(models, paired),
    correction: plan.correction,
  };
}

function modelOf(plan: EvaluationPlan, counted: Counted, side: Side): ResultModel {
  const cuts = plan.cuts.map((cut, index) => ({
    cut,
    groups: counted.groups[side]?.[index] ?? [],
  }));
  const shown = cuts.flatMap(({ cut, groups }) =>
    groups.map(
      (group): ResultGroup => ({
        ...(cut.slice === null ? {} : { slice: cut.slice }),
        ...showGroup(plan, side, cut, group),
      }),
    ),
  );
  const overall = shown.find(
    ({ by, slice }) => Object.keys(by).length === 0 && slice === undefined,
  ) as ResultGroup;
  const { by: _by, small: _small, ...whole } = overall;
  return {
    overall: whole,
    groups: shown.filter((group) => group !== overall),
    disparities: cuts
      .filter(({ cut }) => cut.columns.length > 0)
      .flatMap(({ cut, groups }) => cutDisparities(plan, groups, { side, cut, alpha: plan.alpha })),
  };
}

function showGroup(plan: EvaluationPlan, side: Side, cut: Cut, group: CountedGroup): ResultGroup {
  const n = totalOf(group.counts);
  const stream = `${side}/${cutName(cut)}/${JSON.stringify(Object.values(group.by))}`;
  return {
    by: group.by,
    n,
    ...group.counts,
    small: n < plan.minN,
    ...(group.weighted ? { weighted: group.weighted } : {}),
    ...(group.scores ? { scores: group.scores } : {}),
    metrics: groupMetrics(group, plan, plan.alpha, stream),
  };
}

/** Baseline against candidate on the same rows. */
function pairedMetrics(
  { by, positives, negatives }: CountedPair,
  alpha: number,
): readonly ResultPair[] {
  const z = normalQuantile(1 - alpha / 2);
  const correct: PairedCounts = {
    both: positives.both + negatives.neither,
    candidateOnly: positives.candidateOnly + negatives.baselineOnly,
    baselineOnly: positives.baselineOnly + negatives.candidateOnly,
    neither: positives.neither + negatives.both,
  };
  const selected: PairedCounts = {
    both: positives.both + negatives.both,
    candidateOnly: positives.candidateOnly + negatives.candidateOnly,
    baselineOnly: positives.baselineOnly + negatives.baselineOnly,
    neither: positives.neither + negatives.neither,
  };
  const tables: readonly (readonly [string, PairedCounts, PairedCounts])[] = [
    ['accuracy', correct, selected],
    ['selection_rate', selected, selected],
    ['recall', positives, positives],
    ['fpr', negatives, negatives],
  ];
  return tables.map(([metric, table, flips]): ResultPair => {
    const difference = pairedDifference(table);
    const n = table.both + table.candidateOnly + table.baselineOnly + table.neither;
    const [low, high] = difference === null ? [null, null] : tangoInterval(table, z);
    return {
      metric,
      by,
      difference,
      low,
      high,
      p: difference === null ? null : mcnemarMidP(table),
      method: 'tango+midp',
      n,
      flips: { '0→1': flips.candidateOnly, '1→0': flips.baselineOnly },
    };
  });
}

function notesOf(
  plan: EvaluationPlan,
  { inputs, looks, earlier = [] }: Pick<ResultOrigin, 'inputs' | 'looks' | 'earlier'>,
): readonly string[] {
  const unscored = inputs
    .filter(({ role }) => role === 'baseline' || role === 'candidate')
    .flatMap(({ role, missing, invalid }) => {
      // Without a prediction of its own a side is predicted from the score, and what misses one misses both.
      const { prediction } = columnsOf(plan, role as Side);
      const count = prediction === undefined ? 0 : (missing.score ?? 0) + (invalid.score ?? 0);
      return count > 0
        ? [`${role}: ${count} without a score, which are in no metric of the score`]
        : [];
    });
  return [
    ...unscored,
    ...(pairingOf(plan) === 'none'
      ? [
          'the two models are on different rows and no key pairs them: they stand side by side, unpaired',
        ]
      : []),
    ...(looks > 1
      ? [`these labels were looked at ${looks} times; before: ${earlier.map(lookWords).join('; ')}`]
      : []),
  ];
}

function methodsOf(
  models: EvaluationResult['models'],
  paired: readonly ResultPair[],
): readonly string[] {
  const found = new Set<string>();
  for (const model of Object.values(models)) {
    for (const { metrics } of [model.overall, ...model.groups])
      for (const metric of Object.values(metrics))
        if (metric.value !== null) found.add(metric.method);
    for (const { method } of model.disparities) found.add(method);
  }
  if (paired.length > 0) found.add('tango+midp');
  return [...found].sort();
}

/** How many differences were looked at: each has its own chance of a false alarm. */
function comparisonsOf(models: EvaluationResult['models'], paired: readonly ResultPair[]): number {
  return Object.values(models).reduce(
    (sum, { disparities }) => sum + disparities.filter(({ value }) => value !== null).length,
    paired.filter(({ difference }) => difference !== null).length,
  );
}
