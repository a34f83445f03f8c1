import type { Evaluation } from '../records/evaluation.ts';
import type { Target } from '../records/target.ts';
import { disparityForms } from '../statistics/disparity.ts';
import { isRate, isShareRate } from '../statistics/confusion.ts';
import { isScoreMetric } from '../statistics/scores/score-estimates.ts';
import type { Correction } from '../statistics/multiplicity.ts';
import type { WeightForm } from './weight-form.ts';

export type Side = 'baseline' | 'candidate';
export const sides: readonly Side[] = ['baseline', 'candidate'];

/** A part of the rows that is counted by itself: grouped by some columns or bands, on one slice or on everything. */
export type Cut = { readonly columns: readonly string[]; readonly slice: string | null };

/** A target and where it was stated. */
export type PlannedTarget = Target & { readonly stated: string };

/** A slice as the query needs it. */
export type PlannedSlice = { readonly id: string; readonly where: string };

/** An evaluation as it will be run: everything decided, nothing read yet. */
export type EvaluationPlan = {
  readonly evaluation: Evaluation;
  readonly sides: readonly Side[];
  readonly cuts: readonly Cut[];
  readonly slices: readonly PlannedSlice[];
  readonly targets: readonly PlannedTarget[];
  /** Of each interval; 0.05 gives 95 %. */
  readonly alpha: number;
  /** Of the intervals that targets are judged on: Bonferroni's share with several targets and a correction. */
  readonly targetAlpha: number;
  /** Rows under which a group is small. */
  readonly minN: number;
  readonly correction: Correction;
  /** Counts under it are not stored. */
  readonly minCell: number;
  readonly seed: number;
  /** Equal-width bins of the calibration error. */
  readonly eceBins: number;
  /** How the weights are written, once they were looked at; see `weight-form.ts`. */
  readonly weights?: WeightForm;
  /** Share of the rows, or of a group's, that may be left out. */
  readonly maxLeftOut: number;
};

/** A side in one letter, as the columns of the queries are named. */
export function letterOf(side: Side): 'b' | 'c' {
  return side === 'baseline' ? 'b' : 'c';
}

/** Whether a side has a score besides, or instead of, its prediction. */
export function isScored({ evaluation }: Pick<EvaluationPlan, 'evaluation'>, side: Side): boolean {
  return (evaluation.data[side]?.columns?.score ?? evaluation.columns.score) !== undefined;
}

export type PlanResult =
  | { readonly ok: true; readonly plan: EvaluationPlan }
  | { readonly ok: false; readonly unsupported: readonly string[] };

const usualBins = 10;

/** Share of the rows that may be left out, unless the plan says otherwise. */
const usualLeftOut = 0.05;

/** Smallest group that is judged, unless the plan says otherwise. */
const usualMinN = 30;

/** Decides what is counted. What this version cannot measure is named, and never left out in silence. */
export function planEvaluation(
  evaluation: Evaluation,
  context: {
    readonly slices: readonly PlannedSlice[];
    readonly targets: readonly PlannedTarget[];
    readonly minCell: number;
    readonly seed: number;
  },
): PlanResult {
  const unsupported = [
    ...unsupportedParts(evaluation),
    ...context.targets.flatMap((target) => targetProblems(target, evaluation)),
  ];
  if (unsupported.length > 0) return { ok: false, unsupported: [...new Set(unsupported)] };
  const correction = evaluation.plan?.correction ?? 'holm';
  const alpha = evaluation.plan?.alpha ?? 0.05;
  const several = correction !== 'none' && context.targets.length > 1;
  return {
    ok: true,
    plan: {
      evaluation,
      sides: sides.filter((side) => evaluation.data[side] !== undefined),
      cuts: cutsOf(evaluation, context.targets),
      ...context,
      alpha,
      targetAlpha: several ? alpha / context.targets.length : alpha,
      minN: evaluation.plan?.min_n ?? usualMinN,
      correction,
      eceBins: evaluation.plan?.ece_bins ?? usualBins,
      maxLeftOut: evaluation.plan?.max_left_out ?? usualLeftOut,
    },
  };
}

function cutsOf(evaluation: Evaluation, targets: readonly PlannedTarget[]): readonly Cut[] {
  const groupings = (evaluation.groups ?? []).filter((columns) => columns.length > 0);
  const wanted: Cut[] = [
    { columns: [], slice: null },
    ...groupings.map((columns): Cut => ({ columns, slice: null })),
    ...(evaluation.slices ?? []).map((slice): Cut => ({ columns: [], slice })),
    ...targets.flatMap(({ slice, by }): Cut[] => [
      { columns: [], slice: slice ?? null },
      { columns: by ?? [], slice: slice ?? null },
    ]),
  ];
  return [...new Map(wanted.map((cut) => [cutName(cut), cut])).values()];
}

/** A cut in one word: names its random stream, and tells cuts apart. */
export function cutName({ columns, slice }: Cut): string {
  return JSON.stringify([slice, ...columns]);
}

function unsupportedParts(evaluation: Evaluation): readonly string[] {
  const { kind, task, columns, drift, engine, population, thresholds } = evaluation;
  return [
    ...(kind === 'offline' ? [] : [`evaluations of kind ${kind}`]),
    ...(task === undefined || task === 'binary' ? [] : [`the task ${task}`]),
    ...sides.flatMap((side) =>
      evaluation.data[side] === undefined
        ? []
        : missingColumns({ ...columns, ...evaluation.data[side]?.columns }),
    ),
    ...(drift === undefined ? [] : ['drift']),
    ...(population === undefined ? [] : ['population']),
    ...(thresholds === undefined ? [] : ['thresholds']),
    ...weightProblems(evaluation),
    ...(columns.unit === undefined ? [] : ['columns.unit (rows that are not independent)']),
    ...(engine === undefined || engine === 'duckdb' ? [] : [`the engine ${engine}`]),
    ...sides.flatMap((side) =>
      evaluation.data[side]?.table === undefined &&
      evaluation.data[side]?.labels?.table === undefined
        ? []
        : ['tables of an engine'],
    ),
  ];
}

/** One row has one weight: that of one side alone, or two on the same rows, would be left aside without a word. */
function weightProblems({ data: { baseline, candidate }, columns }: Evaluation): readonly string[] {
  const own = [baseline, candidate].flatMap((side) => (side ? [side.columns?.weight] : []));
  const weights = new Set(own.map((weight) => weight ?? columns.weight));
  const same = baseline !== undefined && baseline.path === candidate?.path;
  return [
    ...(columns.weight === undefined && own.some((weight) => weight !== undefined)
      ? ['columns.weight of a side where the evaluation names no columns.weight']
      : []),
    ...(same && weights.size > 1 ? ['two columns of weights for the same rows'] : []),
  ];
}

function missingColumns({ label, prediction, score }: Evaluation['columns']): readonly string[] {
  return [
    ...(label === undefined ? ['an evaluation without columns.label'] : []),
    ...(prediction === undefined && score === undefined
      ? ['an evaluation without columns.prediction or columns.score']
      : []),
  ];
}

function targetProblems(
  { metric, by, at }: PlannedTarget,
  evaluation: Evaluation,
): readonly string[] {
  if (at !== undefined || metric.includes('@')) return [`targets at a threshold (${metric})`];
  if (metric === 'flip_rate' || metric === 'consistency')
    return by === undefined ? [] : [`${metric} by group`];
  const between = betweenGroups(metric);
  if (between === null && !isRate(metric) && !isScoreMetric(metric))
    return [`the metric ${metric}`];
  if (
    isScoreMetric(metric) &&
    !sides.some((side) => evaluation.data[side] !== undefined && isScored({ evaluation }, side))
  )
    return [`${metric} without columns.score`];
  const grouped = by !== undefined || (evaluation.groups ?? []).length === 1;
  return between !== null && !grouped
    ? [
        `${metric} without by: (it compares groups, and the evaluation has ${(evaluation.groups ?? []).length} groupings)`,
      ]
    : [];
}

/** What kind of comparison between groups a metric is; null for a metric of one group. */
export function betweenGroups(metric: string): 'extremes' | 'reference' | null {
  if (Object.hasOwn(disparityForms, metric)) return 'extremes';
  const rate = /^(.*)_reference_(difference|ratio)$/.exec(metric)?.[1];
  return rate !== undefined && isShareRate(rate) ? 'reference' : null;
}
