import type { EvaluationPlan, Side } from './evaluation-plan.ts';
import { codes, columnsOf, labelCode } from './row-sql.ts';
import { sourceOf, type Tables } from './side-source.ts';

/** A column of labels or of predictions, and the query that says what its values are. */
export type ValueQuestion = { readonly column: string; readonly sql: string };

/**
 * Asks for the values of the label and of the prediction where nothing says which is positive: how many there are, the
 * first and the last as text, and their least and greatest code.
 */
export function valueQuestions(
  plan: EvaluationPlan,
  side: Side,
  tables: Tables,
): readonly ValueQuestion[] {
  const { evaluation } = plan;
  if (evaluation.positive !== undefined || evaluation.negative !== undefined) return [];
  const { label, prediction } = columnsOf(plan, side);
  const source = sourceOf(plan, side, tables);
  const asked: readonly (readonly [string | undefined, (name: string) => string])[] = [
    [label, source.column],
    [prediction, source.answer],
  ];
  return asked.flatMap(([column, place]): readonly ValueQuestion[] => {
    if (column === undefined) return [];
    const value = place(column);
    const code = labelCode(evaluation, value);
    return [
      {
        column,
        sql: `SELECT count(DISTINCT x) AS n, min(x) AS first, max(x) AS last, min(y) AS least, max(y) AS most FROM (SELECT CAST(${value} AS VARCHAR) AS x, ${code} AS y FROM ${source.sql}) AS told WHERE y <= ${codes.invalid}`,
      },
    ];
  });
}

/** The two values of a column of which neither is 0, so that it has to be said which is positive; else null. */
export function twoValues(
  answer: Readonly<Record<string, string | number | null>> | undefined,
): readonly [string, string] | null {
  return answer !== undefined &&
    Number(answer['n']) === 2 &&
    Number(answer['least']) > codes.negative &&
    Number(answer['most']) === codes.invalid
    ? [String(answer['first']), String(answer['last'])]
    : null;
}
