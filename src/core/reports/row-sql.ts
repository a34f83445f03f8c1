import type { Evaluation } from '../records/evaluation.ts';
import type { EvaluationPlan, Side } from './evaluation-plan.ts';

/**
 * Codes of a label, prediction or score in the query's cells. `unmatched`: the row stands in the other file of its side
 * alone, so that it has no label, or no prediction, at all. `absent` stands for a side that has no such row.
 */
export const codes = {
  negative: 0,
  positive: 1,
  invalid: 2,
  missing: 3,
  unmatched: 4,
  absent: 9,
} as const;

export type Columns = Evaluation['columns'];

export function columnsOf({ evaluation }: Pick<EvaluationPlan, 'evaluation'>, side: Side): Columns {
  return { ...evaluation.columns, ...evaluation.data[side]?.columns };
}

/** Rows to select from. A column that is not there throws MissingColumn. */
export type Source = {
  readonly sql: string;
  /** How a column is named that says something of a person: label, group, weight. */
  readonly column: (name: string) => string;
  /** How a column is named that says what the model answered. */
  readonly answer: (name: string) => string;
  /** The code of a label, or of a prediction, where the row may stand in one file alone. */
  readonly labelled: (code: string) => string;
  readonly answered: (code: string) => string;
  /** The key as text where it is another than that of the column. */
  readonly key: string | null;
};

/** A key as text: by it the rows of two files belong together. */
export function keyText(column: string): string {
  return `CAST(${column} AS VARCHAR)`;
}

/**
 * 1 and 0, also as 1.0 and true. With a stated positive or negative those that equal it: a number by its value, a boolean as
 * `true`, `True`, `TRUE` or 1, a text by its characters. NaN is missing, whatever its type.
 */
export function labelCode({ positive, negative }: Evaluation, column: string): string {
  const text = `CAST(${column} AS VARCHAR)`;
  const missing = `WHEN ${column} IS NULL THEN ${codes.missing}`;
  const nan = `WHEN lower(${text}) IN ('nan', '-nan') THEN ${codes.missing}`;
  if (positive === undefined && negative === undefined)
    return `CASE ${missing} WHEN ${equals(text, 1)} THEN ${codes.positive} WHEN ${equals(text, 0)} THEN ${codes.negative} ${nan} ELSE ${codes.invalid} END`;
  const stated = [
    ...(positive === undefined ? [] : [`WHEN ${equals(text, positive)} THEN ${codes.positive}`]),
    ...(negative === undefined ? [] : [`WHEN ${equals(text, negative)} THEN ${codes.negative}`]),
  ];
  const one = positive === undefined ? codes.positive : codes.negative;
  return `CASE ${missing} ${stated.join(' ')} ${nan} ELSE ${stated.length === 2 ? codes.invalid : one} END`;
}

/** Whether a text stands for a value of the evaluation. */
function equals(text: string, value: string | number | boolean): string {
  // A whole number that a double cannot hold is another number by the time it is read from the record.
  if (typeof value === 'string' || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    return `${text} = ${literal(String(value))}`;
  const number = Number(value);
  const word = ['false', 'true'][number] ?? null;
  const same = `TRY_CAST(${text} AS DOUBLE) = ${number}`;
  return word === null ? same : `(lower(${text}) = '${word}' OR ${same})`;
}

export function predictionCode(evaluation: Evaluation, columns: Columns, source: Source): string {
  if (columns.prediction !== undefined)
    return labelCode(evaluation, source.answer(columns.prediction));
  const score = source.answer(columns.score as string);
  const number = numberOf(score);
  return `CASE WHEN ${score} IS NULL THEN ${codes.missing} WHEN ${number} IS NULL OR NOT ${finite(number)} THEN ${codes.invalid} WHEN ${number} >= ${evaluation.threshold ?? 0.5} THEN ${codes.positive} ELSE ${codes.negative} END`;
}

function numberOf(column: string): string {
  return `TRY_CAST(CAST(${column} AS VARCHAR) AS DOUBLE)`;
}

/** Neither infinite nor not a number, which engines hold for greater than every number, or for unequal to all. */
function finite(number: string): string {
  return `(${number} BETWEEN -1.7976931348623157E308 AND 1.7976931348623157E308)`;
}

/**
 * A side's score: `x` the number, null where it is none, `z` the bin of the calibration error by the score's decimal
 * value, so that 0.3 is in the fourth of ten although 0.3·10 need not be 3 in floating point, `e` its code.
 */
export function scoreValues(
  plan: Pick<EvaluationPlan, 'evaluation' | 'eceBins'>,
  side: Side,
  source: Source,
): readonly (readonly [string, string])[] {
  const { score } = columnsOf(plan, side);
  if (score === undefined)
    return [
      ['x', 'CAST(NULL AS DOUBLE)'],
      ['z', 'CAST(NULL AS INTEGER)'],
      ['e', String(codes.missing)],
    ];
  const column = source.answer(score);
  const number = numberOf(column);
  const decimal = `TRY_CAST(CAST(${column} AS VARCHAR) AS DECIMAL(20, 18))`;
  return [
    ['x', `CASE WHEN ${finite(number)} THEN ${number} END`],
    [
      'z',
      `CASE WHEN ${decimal} = 1 THEN ${plan.eceBins - 1} WHEN ${decimal} BETWEEN 0 AND 1 THEN CAST(floor(${decimal} * ${plan.eceBins}) AS INTEGER) END`,
    ],
    [
      'e',
      `CASE WHEN ${column} IS NULL THEN ${codes.missing} WHEN ${finite(number)} THEN ${codes.negative} ELSE ${codes.invalid} END`,
    ],
  ];
}

/** A group's value as text, exactly; a band's as the words for its ends. What is no number is in no band. */
export function groupValue({ bands }: Evaluation, name: string, source: Source): string {
  const band = bands !== undefined && Object.hasOwn(bands, name) ? bands[name] : undefined;
  if (!band) return `CAST(${source.column(name)} AS VARCHAR)`;
  const number = `TRY_CAST(CAST(${source.column(band.column)} AS VARCHAR) AS DOUBLE)`;
  const edges = band.edges;
  const cases = edges.map(
    (edge, index) =>
      `WHEN ${number} < ${edge} THEN ${literal(index === 0 ? `< ${edge}` : `${edges[index - 1]} to < ${edge}`)}`,
  );
  return `CASE WHEN ${number} IS NULL OR isnan(${number}) THEN NULL ${cases.join(' ')} ELSE ${literal(`>= ${edges.at(-1)}`)} END`;
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
