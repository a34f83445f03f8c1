import type { Counted } from './counted.ts';
import type { EvaluationPlan, Side } from './evaluation-plan.ts';
import type { EvaluationResult, ResultModel } from './result.ts';
import { codes, columnsOf, labelCode } from './row-sql.ts';
import { sourceOf, type Tables } from './side-source.ts';

/**
 * Asks how many values the labels (`l`) and the predictions (`p`) of a side have, numbers and booleans by their value. Null
 * where it is of no account: where nothing, or both of positive and negative, is stated, every other value is invalid.
 */
export function valuesSql(plan: EvaluationPlan, side: Side, tables: Tables): string | null {
  const { positive, negative } = plan.evaluation;
  if ((positive === undefined) === (negative === undefined)) return null;
  const { label, prediction } = columnsOf(plan, side);
  const source = sourceOf(plan, side, tables);
  const values = (column: string, name: string): string => {
    const text = `CAST(${column} AS VARCHAR)`;
    const number = `TRY_CAST(${text} AS DOUBLE)`;
    const value = `CASE WHEN ${number} IS NOT NULL THEN CAST(${number} AS VARCHAR) WHEN lower(${text}) IN ('true', 'false') THEN lower(${text}) ELSE ${text} END`;
    return `count(DISTINCT CASE WHEN ${labelCode(plan.evaluation, column)} <> ${codes.missing} THEN ${value} END) AS ${name}`;
  };
  const asked = [
    values(source.column(label as string), 'l'),
    ...(prediction === undefined ? [] : [values(source.answer(prediction), 'p')]),
  ];
  return `SELECT ${asked.join(', ')}\nFROM ${source.sql}`;
}

/** Columns of labels or predictions of which more than two values are put into two classes, in a sentence each. */
export function manyValues(plan: EvaluationPlan, { values }: Counted): readonly string[] {
  const { positive, negative } = plan.evaluation;
  const rest =
    positive === undefined
      ? `all but negative: ${JSON.stringify(negative)} count as positive`
      : `all but positive: ${JSON.stringify(positive)} count as negative`;
  return plan.sides.flatMap((side) => {
    const { label, prediction } = columnsOf(plan, side);
    const asked = [
      [label, values?.[side]?.label],
      [prediction, values?.[side]?.prediction],
    ] as const;
    return asked.flatMap(([column, count = 0]) =>
      count > 2 ? [`${column} of the ${side} has ${count} values: ${rest}`] : [],
    );
  });
}

/**
 * The one value that the evaluation states, positive or negative, where no label, or no prediction, that is counted has it:
 * all of them count as the other then, whatever they are. Where both are stated, a value that is neither is left out and
 * counted as such, and a model that says one thing of everybody is what it says.
 */
export function statedNowhere(
  plan: EvaluationPlan,
  { models }: Pick<EvaluationResult, 'models'>,
  side: Side,
): readonly string[] {
  const overall = models[side]?.overall;
  const { positive: yes, negative: no } = plan.evaluation;
  if (!overall || overall.n === 0 || (yes !== undefined && no !== undefined)) return [];
  const { label, prediction } = columnsOf(plan, side);
  const columns: readonly (readonly [string, string | undefined, Cells, Cells])[] = [
    ['label', label, ['tp', 'fn'], ['fp', 'tn']],
    ['prediction', prediction, ['tp', 'fp'], ['fn', 'tn']],
  ];
  const isNone = (cells: Cells): boolean => cells.every((cell) => overall[cell] === 0);
  return (['positive', 'negative'] as const).flatMap((name) => {
    const value = plan.evaluation[name];
    if (value === undefined) return [];
    return columns.flatMap(([what, column, positives, negatives]) =>
      column !== undefined && isNone(name === 'positive' ? positives : negatives)
        ? [
            `${name}: ${JSON.stringify(value)} stands on no ${what} of the ${side} (column ${column}): write it as the file has it, in quotes where it is a text`,
          ]
        : [],
    );
  });
}

type Cells = readonly [keyof Counts, keyof Counts];
type Counts = Pick<ResultModel['overall'], 'tp' | 'fp' | 'tn' | 'fn'>;
