import type { EvaluationPlan, Side } from './evaluation-plan.ts';
import { columnsOf } from './row-sql.ts';
import { sourceOf, type Tables } from './side-source.ts';

/** How the weights of an evaluation are written: by it they are added without an error. */
export type WeightForm = {
  /** Decimals of the weight that has most of them. */
  readonly decimals: number;
  /** The power of ten that no weight is above. */
  readonly exponent: number;
};

/** The digits of a decimal number in the engine. */
const mostDigits = 38;

/** The weight of a row as text. */
function textOf(column: string): string {
  return `CAST(${column} AS VARCHAR)`;
}

/** Whether a text is a number, not negative and finite; zero is a weight. */
function isWeight(text: string): string {
  return `(regexp_full_match(${text}, '\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*') AND TRY_CAST(${text} AS DOUBLE) BETWEEN 0 AND 1.7976931348623157E308)`;
}

/** Asks for the rows of a side, the decimals that its weights need and the greatest of them. */
export function weightSql(plan: EvaluationPlan, side: Side, tables: Tables): string | null {
  const { weight } = columnsOf(plan, side);
  if (weight === undefined) return null;
  const source = sourceOf(plan, side, tables);
  const text = textOf(source.column(weight));
  const fraction = `length(regexp_extract(${text}, '\\.([0-9]*?)0*(?:[eE\\s]|$)', 1))`;
  const shift = `coalesce(TRY_CAST(regexp_extract(${text}, '[eE]([+-]?[0-9]+)', 1) AS INTEGER), 0)`;
  const counts = `${isWeight(text)} AND TRY_CAST(${text} AS DOUBLE) > 0`;
  return `SELECT count(*) AS n, max(CASE WHEN ${counts} THEN ${fraction} - ${shift} END) AS decimals, max(CASE WHEN ${counts} THEN TRY_CAST(${text} AS DOUBLE) END) AS greatest\nFROM ${source.sql}`;
}

/** What was answered about the weights of a side; the numbers are null where no row has a weight. */
export type WeightAnswer = {
  readonly rows: number;
  readonly decimals: number | null;
  readonly greatest: number | null;
};

/** The form that fits the weights of all sides; null where their sum needs more digits than the engine has. */
export function weightForm(answers: readonly WeightAnswer[]): WeightForm | null {
  const decimals = Math.max(0, ...answers.map((answer) => answer.decimals ?? 0));
  const greatest = Math.max(0, ...answers.map((answer) => answer.greatest ?? 0));
  const rows = answers.reduce((sum, answer) => sum + answer.rows, 0);
  const exponent = greatest > 0 ? Math.ceil(Math.log10(greatest)) + 0 : 0;
  const whole = Math.max(1, Math.ceil(Math.log10(greatest * rows + 1)) + 1);
  return decimals + whole > mostDigits ? null : { decimals, exponent };
}

/**
 * Columns of a row's weight: `v` whether it is one, `w` the weight exactly, `f` the share that it is of the greatest power
 * of ten, as a double, for what is not added exactly. Without weights every row is good and weighs one.
 */
export function weightColumns(
  form: WeightForm | undefined,
  column: string | null,
): readonly string[] {
  if (column === null) return ['1 AS v'];
  const { decimals, exponent } = form ?? { decimals: 9, exponent: 0 };
  const text = textOf(column);
  const good = isWeight(text);
  return [
    `CASE WHEN ${good} THEN 1 ELSE 0 END AS v`,
    `CASE WHEN ${good} THEN TRY_CAST(${text} AS DECIMAL(${mostDigits}, ${decimals})) ELSE 0 END AS w`,
    `CASE WHEN ${good} THEN TRY_CAST(${text} AS DOUBLE) / 1E${exponent} ELSE 0 END AS f`,
  ];
}

/** What a sum of `f` is multiplied by to be one of weights. */
export function weightUnit({ weights }: Pick<EvaluationPlan, 'weights'>): number {
  return weights === undefined ? 1 : Number(`1e${weights.exponent}`);
}
