import type { Feedback } from '../records/feedback.ts';
import type { EvaluationResult, ResultGroup } from './result.ts';

/** What a piece of feedback was expected to bring, beside what was measured; null where it was not. */
export type ReportBenefit = {
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  readonly slice: string | null;
  readonly expected: number;
  readonly unit: string | null;
  readonly measured: {
    readonly difference: number;
    readonly low: number | null;
    readonly high: number | null;
  } | null;
};

type Expected = NonNullable<NonNullable<Feedback['priority']>['expected']>;

/** The benefits that feedback promised in numbers, and what became of them. */
export function reportBenefits(
  result: EvaluationResult,
  feedback: readonly {
    readonly id: string;
    readonly title: string;
    readonly expected: Expected | undefined;
  }[],
): readonly ReportBenefit[] {
  return feedback.flatMap(({ id, title, expected }): readonly ReportBenefit[] => {
    if (expected?.metric === undefined || expected.delta === undefined) return [];
    const { metric, delta, unit, slice } = expected;
    return [
      {
        id,
        title,
        metric,
        slice: slice ?? null,
        expected: delta,
        unit: unit ?? null,
        measured: measuredChange(result, metric, slice ?? null),
      },
    ];
  });
}

/** Candidate less baseline; with its interval where the rows are the same and no slice is meant. */
function measuredChange(
  { models, paired }: EvaluationResult,
  metric: string,
  slice: string | null,
): ReportBenefit['measured'] {
  const pair =
    slice === null
      ? paired.find(({ by, metric: name }) => name === metric && Object.keys(by).length === 0)
      : undefined;
  if (pair && pair.difference !== null)
    return { difference: pair.difference, low: pair.low, high: pair.high };
  const value = (side: 'baseline' | 'candidate'): number | null => {
    const model = models[side];
    const group: Pick<ResultGroup, 'metrics'> | undefined =
      slice === null
        ? model?.overall
        : model?.groups.find(
            ({ by, slice: name }) => name === slice && Object.keys(by).length === 0,
          );
    return group?.metrics[metric]?.value ?? null;
  };
  const [before, after] = [value('baseline'), value('candidate')];
  return before === null || after === null
    ? null
    : { difference: after - before, low: null, high: null };
}
