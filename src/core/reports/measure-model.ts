import {
  type Confusion,
  rates,
  rateValue,
  shareRates,
  totalOf,
  undefinedReasons,
} from '../statistics/confusion.ts';
import { bootstrapIntervals } from '../statistics/bootstrap.ts';
import { expectedIfEqual } from '../statistics/expected-disparity.ts';
import { disparityForms, disparityValue, orientationOf } from '../statistics/disparity.ts';
import { adjustPValues } from '../statistics/multiplicity.ts';
import { normalQuantile, twoSidedP } from '../statistics/normal.ts';
import {
  type Interval,
  katzInterval,
  newcombeInterval,
  pooledZ,
} from '../statistics/proportion.ts';
import { scoreEstimates, type ScoreSums } from '../statistics/scores/score-estimates.ts';
import { seededUniform, type Uniform } from '../statistics/random.ts';
import {
  type GroupCounts,
  plainRate,
  shareEstimate,
  tableOf,
} from '../statistics/rate-estimate.ts';
import { shareOf } from '../statistics/confusion.ts';
import type { CountedGroup } from './counted.ts';
import type { GroupKey } from './answer-rows.ts';
import { type Cut, cutName, type EvaluationPlan, type Side } from './evaluation-plan.ts';
import type { ResultDisparity, ResultMetric } from './result.ts';

/** All metrics of one group, rates first; composites by bootstrap of the group's own cells. */
export function groupMetrics(
  group: GroupCounts & { readonly scores?: ScoreSums | undefined },
  { seed }: Pick<EvaluationPlan, 'seed'>,
  alpha: number,
  stream: string,
): Readonly<Record<string, ResultMetric>> {
  const z = normalQuantile(1 - alpha / 2);
  return {
    ...rateMetrics(group, alpha, z, () => seededUniform(seed, stream)),
    ...(group.scores ? scoreEstimates(group.scores, z) : {}),
  };
}

function rateMetrics(
  group: GroupCounts,
  alpha: number,
  z: number,
  uniform: () => Uniform,
): Readonly<Record<string, ResultMetric>> {
  const table = tableOf(group);
  const composites = (['f1', 'balanced_accuracy'] as const).filter(
    (rate) => rateValue(rate, table) !== null,
  );
  const intervals =
    composites.length === 0
      ? []
      : bootstrapIntervals(
          [group.counts],
          composites.map(
            (rate) =>
              ([drawn]: readonly Confusion[]) =>
                drawn ? rateValue(rate, drawn) : null,
          ),
          alpha,
          uniform(),
        );
  return Object.fromEntries(
    rates.map((rate): readonly [string, ResultMetric] => {
      if (rate !== 'f1' && rate !== 'balanced_accuracy')
        return [rate, shareEstimate(rate, group, z)];
      const { value, base } = plainRate(rate, group);
      if (value === null) return [rate, { value: null, why: undefinedReasons[rate] }];
      // Weighted rows are not resampled: the cells do not say whose weight is whose.
      const interval = group.weighted ? null : (intervals[composites.indexOf(rate)] ?? null);
      return [
        rate,
        {
          value,
          low: interval?.[0] ?? null,
          high: interval?.[1] ?? null,
          n: base,
          method: interval ? 'bootstrap' : 'no interval',
        },
      ];
    }),
  );
}

/** Which groups of a cut can be an extreme, and why the others cannot. */
export function eligibleGroups(
  groups: readonly CountedGroup[],
  minN: number,
): {
  readonly eligible: readonly CountedGroup[];
  readonly leftOut: readonly { readonly by: GroupKey; readonly why: string }[];
} {
  const reason = ({ by, counts }: CountedGroup): string | null => {
    if (Object.values(by).includes(null)) return 'missing';
    return totalOf(counts) < minN ? `n < ${minN}` : null;
  };
  return {
    eligible: groups.filter((group) => reason(group) === null),
    leftOut: groups.flatMap((group) => {
      const why = reason(group);
      return why === null ? [] : [{ by: group.by, why }];
    }),
  };
}

/** The group that others are held against: the one named, where a column of the grouping is named; else, or of several, the largest. */
export function referenceIndex(
  plan: EvaluationPlan,
  groups: readonly CountedGroup[],
): number | null {
  const { reference } = plan.evaluation;
  const named = reference === undefined || reference === 'largest' ? {} : reference;
  let [found, most] = [null as number | null, -1];
  for (const [index, { by, counts }] of groups.entries()) {
    const isNamed = Object.entries(by).every(
      ([column, value]) => !Object.hasOwn(named, column) || String(named[column]) === value,
    );
    if (isNamed && totalOf(counts) > most) [found, most] = [index, totalOf(counts)];
  }
  return found;
}

/** Every disparity between the groups of one cut: extremes by bootstrap, then each group against the reference. */
export function cutDisparities(
  plan: EvaluationPlan,
  groups: readonly CountedGroup[],
  { side, cut, alpha }: { readonly side: Side; readonly cut: Cut; readonly alpha: number },
): readonly ResultDisparity[] {
  const { eligible, leftOut } = eligibleGroups(groups, plan.minN);
  const tables = eligible.map(tableOf);
  const reference = referenceIndex(plan, eligible);
  const names = Object.keys(disparityForms);
  const statistics = names.map(
    (name) => (drawn: readonly Confusion[]) =>
      disparityValue(disparityForms[name] as (typeof disparityForms)[string], drawn, reference)
        ?.value ?? null,
  );
  const weighted = eligible.some((group) => group.weighted !== undefined);
  const intervals =
    eligible.length < 2 || weighted
      ? names.map(() => null)
      : bootstrapIntervals(
          eligible.map(({ counts }) => counts),
          statistics,
          alpha,
          seededUniform(plan.seed, `${side}/${cutName(cut)}`),
        );
  // Weighted rows cannot be drawn: the cells do not say whose weight is whose.
  const expected = (
    form: (typeof disparityForms)[string],
    index: number,
  ): Pick<ResultDisparity, 'expected_if_equal'> => {
    const found =
      eligible.length < 2 || weighted
        ? null
        : expectedIfEqual(
            form,
            tables,
            reference,
            seededUniform(plan.seed, `${side}/${cutName(cut)}/equal/${names[index]}`),
          );
    return found === null ? {} : { expected_if_equal: found };
  };
  const extremes = names.map((metric, index): ResultDisparity => {
    const form = disparityForms[metric] as (typeof disparityForms)[string];
    const found = disparityValue(form, tables, reference);
    const interval = found === null ? null : around(found.value, intervals[index] ?? null);
    return {
      by: cut.columns,
      ...(cut.slice === null ? {} : { slice: cut.slice }),
      metric,
      value: found?.value ?? null,
      low: interval?.[0] ?? null,
      high: interval?.[1] ?? null,
      between: found ? found.between.map((place) => eligible[place]?.by ?? {}) : [],
      left_out: [...leftOut, ...undefinedGroups(form, eligible)],
      orientation: orientationOf(form),
      method: interval ? 'bootstrap' : 'no interval',
      ...expected(form, index),
      ...(found
        ? {}
        : {
            why:
              eligible.length < 2
                ? 'fewer than two groups are large enough'
                : 'fewer than two groups have the rate, or the largest is 0',
          }),
    };
  });
  return [...extremes, ...referenceDisparities(plan, eligible, reference, { cut, leftOut, alpha })];
}

/**
 * The largest of many differences is larger in most resamples than in the data, so that the percentile interval of a small
 * one can lie above it. An interval without its own estimate would decide targets that it cannot.
 */
function around(value: number, interval: Interval | null): Interval | null {
  return interval === null ? null : [Math.min(value, interval[0]), Math.max(value, interval[1])];
}

function undefinedGroups(
  form: (typeof disparityForms)[string],
  groups: readonly CountedGroup[],
): ResultDisparity['left_out'] {
  if (form.kind !== 'difference' && form.kind !== 'ratio') return [];
  return groups
    .filter((group) => rateValue(form.rate, tableOf(group)) === null)
    .map(({ by }) => ({ by, why: undefinedReasons[form.rate] }));
}

/** Newcombe's and Katz's intervals of each group against the reference, with p-values adjusted over all groups of a rate. */
function referenceDisparities(
  plan: EvaluationPlan,
  groups: readonly CountedGroup[],
  reference: number | null,
  {
    cut,
    leftOut,
    alpha,
  }: {
    readonly cut: Cut;
    readonly leftOut: ResultDisparity['left_out'];
    readonly alpha: number;
  },
): readonly ResultDisparity[] {
  const base = reference === null ? undefined : groups[reference];
  if (!base || groups.length < 2) return [];
  const z = normalQuantile(1 - alpha / 2);
  return shareRates.flatMap((rate) => {
    const pairs = groups.flatMap((group) => {
      const [a, b] = [effective(rate, group), effective(rate, base)];
      return group === base || a.n <= 0 || b.n <= 0 ? [] : [{ group, a, b, score: pooledZ(a, b) }];
    });
    const p = pairs.map(({ score }) => (score === null ? 1 : twoSidedP(score)));
    const adjusted = adjustPValues(p, plan.correction);
    return pairs.flatMap(({ group, a, b }, index) => {
      const common = {
        by: cut.columns,
        ...(cut.slice === null ? {} : { slice: cut.slice }),
        between: [group.by, base.by],
        left_out: leftOut,
        orientation: 'group/reference',
        p: p[index] as number,
        p_adjusted: adjusted[index] as number,
      };
      const entry = (
        metric: string,
        value: number | null,
        interval: Interval | null,
        method: string,
      ): ResultDisparity => ({
        ...common,
        metric,
        value,
        low: interval?.[0] ?? null,
        high: interval?.[1] ?? null,
        method: interval ? method : 'no interval',
        ...(value === null ? { why: 'the rate of the reference is 0' } : {}),
      });
      return [
        entry(
          `${rate}_reference_difference`,
          a.x / a.n - b.x / b.n,
          newcombeInterval(a, b, z),
          'newcombe',
        ),
        entry(
          `${rate}_reference_ratio`,
          b.x > 0 ? a.x / a.n / (b.x / b.n) : null,
          katzInterval(a, b, z),
          'katz',
        ),
      ];
    });
  });
}

/** A rate's count, with weights on the effective number of rows. */
function effective(
  rate: (typeof shareRates)[number],
  group: CountedGroup,
): { readonly x: number; readonly n: number } {
  const [x, n] = shareOf(rate, tableOf(group));
  if (!group.weighted || n <= 0) return { x, n };
  const squares = shareOf(rate, group.weighted.squares)[1];
  const rows = squares > 0 ? (n * n) / squares : 0;
  return { x: (x / n) * rows, n: rows };
}
