import type { Counted } from './counted.ts';
import type { AnswerRow } from './answer-rows.ts';
import type { EvaluationPlan, Side } from './evaluation-plan.ts';
import { pairingOf } from './plan-sql.ts';
import { columnsOf, keyText, quote } from './row-sql.ts';
import { keptRows, sourceOf, type Tables } from './side-source.ts';

/** A question to the engine about how values are written, and what its answer says: a sentence without an end, or null. */
export type SpellingDoubt = {
  readonly sql: string;
  readonly says: (row: AnswerRow) => string | null;
  /** What to do first, where the numbers mean nothing as long as the answer says so; then nothing is concluded. */
  readonly step?: string;
};

/**
 * What is to be asked where rows are left out, or scores are no probabilities, that could be so by the way they are written
 * alone: keys (`1.0` or `007` beside `1` and `7`), decimal commas, percentages. None of it changes a count; it says what mends
 * the file. Percentages that nobody said where to cut are refused: from 0.5 on nearly everybody would be positive.
 */
export function spellingDoubts(
  plan: EvaluationPlan,
  counted: Counted,
  tables: Tables,
): readonly SpellingDoubt[] {
  return [
    ...plan.sides.flatMap((side) => labelKeys(plan, counted, side, tables)),
    ...modelKeys(plan, counted, tables),
    ...plan.sides.flatMap((side) => decimalCommas(plan, counted, side, tables)),
    ...plan.sides.flatMap((side) => percentages(plan, counted, side, tables)),
  ];
}

/** A number by its value, a text without blanks and quotes around it (a spreadsheet writes ="7") and whatever its case. */
function plainKey(key: string): string {
  const bare = `trim(replace(replace(${key}, '=', ''), '"', ''))`;
  const number = `TRY_CAST(${bare} AS DECIMAL(38, 6))`;
  return `CASE WHEN ${number} IS NULL THEN lower(${bare}) ELSE CAST(${number} AS VARCHAR) END`;
}

type Keyed = { readonly table: string; readonly key: string };

/** Counts the keys without a partner in the other table that have one there by their value. */
function keysThatMeet(
  plan: EvaluationPlan,
  tables: Tables,
  [one, other]: readonly [Keyed, Keyed],
): string {
  const keys = ({ table, key }: Keyed): string =>
    `SELECT ${keyText(quote(key))} AS k FROM (${keptRows(plan, table, tables)}) AS kept`;
  const alone = (own: Keyed, than: Keyed): string =>
    `(SELECT ${plainKey('k')} AS c FROM (${keys(own)} EXCEPT ${keys(than)}) AS alone)`;
  return `SELECT count(*) AS n FROM ${alone(one, other)} AS a JOIN ${alone(other, one)} AS b ON a.c = b.c`;
}

function meeting(what: string, key: string): Pick<SpellingDoubt, 'says'> {
  return {
    says: (row) =>
      Number(row['n']) > 0
        ? `${what} write the key ${key} in different ways, such as 1.0 or 007 beside 1 and 7, or with blanks, quotes or capitals: keys are compared as text, so write them one way in both files`
        : null,
  };
}

function labelKeys(
  plan: EvaluationPlan,
  { coverage }: Counted,
  side: Side,
  tables: Tables,
): readonly SpellingDoubt[] {
  const { key } = columnsOf(plan, side);
  const fates = coverage[side]?.fates;
  if (key === undefined || !fates || fates.not_in_labels === 0 || fates.without_prediction === 0)
    return [];
  const pair = [
    { table: side, key },
    { table: `${side}_labels`, key },
  ] as const;
  return [
    {
      sql: keysThatMeet(plan, tables, pair),
      ...meeting(`the predictions and the labels of the ${side}`, key),
    },
  ];
}

function modelKeys(
  plan: EvaluationPlan,
  { coverage }: Counted,
  tables: Tables,
): readonly SpellingDoubt[] {
  const [one, other] = [columnsOf(plan, 'baseline').key, columnsOf(plan, 'candidate').key];
  if (pairingOf(plan) !== 'key' || one === undefined || other === undefined) return [];
  if (!coverage.baseline?.alone || !coverage.candidate?.alone) return [];
  const pair = [
    { table: 'baseline', key: one },
    { table: 'candidate', key: other },
  ] as const;
  return [
    { sql: keysThatMeet(plan, tables, pair), ...meeting('the baseline and the candidate', one) },
  ];
}

/** Numbers are read with a point, unless the evaluation says otherwise. */
function decimalCommas(
  plan: EvaluationPlan,
  { coverage }: Counted,
  side: Side,
  tables: Tables,
): readonly SpellingDoubt[] {
  const invalid = coverage[side]?.invalid;
  if (!invalid || plan.evaluation.csv?.decimal === ',') return [];
  const { label, prediction, score, weight } = columnsOf(plan, side);
  const source = sourceOf(plan, side, tables);
  const fromScore = prediction === undefined ? invalid.prediction : 0;
  const asked = [
    [label, invalid.label, source.column],
    [prediction, invalid.prediction, source.answer],
    [score, (invalid.score ?? 0) + fromScore, source.answer],
    [weight, invalid.weight, source.column],
  ] as const;
  return asked.flatMap(([name, count, column]): readonly SpellingDoubt[] => {
    if (name === undefined || count === 0) return [];
    const text = `CAST(${column(name)} AS VARCHAR)`;
    const number = `TRY_CAST(replace(${text}, ',', '.') AS DOUBLE)`;
    // 1,000 is a thousand or one: three digits behind the comma alone do not tell.
    const isComma = `${text} LIKE '%,%' AND ${number} IS NOT NULL`;
    return [
      {
        sql: `SELECT count(CASE WHEN ${isComma} THEN 1 END) AS n, count(CASE WHEN ${isComma} AND ${text} NOT LIKE '%,___' THEN 1 END) AS sure FROM ${source.sql}`,
        says: (row) => {
          if (Number(row['n']) === 0) return null;
          const where = `the column ${name} of the ${side} has numbers with`;
          return Number(row['sure']) > 0
            ? `${where} a decimal comma, such as 0,5: state it in the evaluation, csv: {decimal: ","}, or write them with a point`
            : `${where} a comma and three digits, such as 1,000: where it is a decimal comma, state it in the evaluation, csv: {decimal: ","}; where it parts thousands, write them without`;
        },
      },
    ];
  });
}

/** Scores of 0 to 100, of which a usual threshold says yes to nearly everybody. */
function percentages(
  plan: EvaluationPlan,
  { groups }: Counted,
  side: Side,
  tables: Tables,
): readonly SpellingDoubt[] {
  const { score, prediction } = columnsOf(plan, side);
  const sums = groups[side]?.[0]?.[0]?.scores;
  if (score === undefined || !sums || sums.n === 0 || 10 * sums.outside < sums.n) return [];
  const source = sourceOf(plan, side, tables);
  const number = `TRY_CAST(CAST(${source.answer(score)} AS VARCHAR) AS DOUBLE)`;
  const { threshold } = plan.evaluation;
  const isCut = prediction === undefined;
  const isGuessed = isCut && threshold === undefined;
  const between = `the scores of the ${side} (column ${score}) lie between 0 and 100, and not between 0 and 1`;
  const cut = isCut ? `; a prediction is positive here from ${threshold} on` : '';
  return [
    {
      sql: `SELECT count(CASE WHEN ${number} < 0 OR ${number} > 100 THEN 1 END) AS n FROM ${source.sql}`,
      says: (row) => {
        if (Number(row['n']) > 0) return null;
        return isGuessed
          ? `${between}, and no threshold says from where on a prediction is positive: from 0.5 on nearly all of them would be`
          : `${between}: where they are percentages, divide them by 100${cut}`;
      },
      ...(isGuessed
        ? { step: `state it in the evaluation, such as threshold: 50; or divide ${score} by 100` }
        : {}),
    },
  ];
}
