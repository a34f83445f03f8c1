import { letterOf, type Side } from './evaluation-plan.ts';
import { codes } from './row-sql.ts';

/** How much a score is kept away from 0 and 1 in the log loss: a certain and wrong score would otherwise cost infinitely much. */
const clip = '2.220446049250313E-16';

/**
 * A number as an exact decimal: sums of those are the same in whatever order an engine adds them. What is weighted is a
 * share of the greatest weight, of which many are small, and none is above one.
 */
export function exact(expression: string, weighted = false): string {
  return `CAST(${expression} AS DECIMAL(38, ${weighted ? 27 : 18}))`;
}

/** A sum as text, so that no digit is lost on the way. */
export function total(expression: string, name: string): string {
  return `CAST(sum(${expression}) AS VARCHAR) AS ${name}`;
}

/** The rows with what each costs: `1` squared error, `2` log loss, `3` score less label, after the side's letter; null where the score is no probability. */
export function withLosses(rows: string, scored: readonly Side[]): string {
  if (scored.length === 0) return rows;
  const losses = scored.map(letterOf).flatMap((side) => {
    const [x, y] = [`x${side}`, `CASE WHEN l${side} = ${codes.positive} THEN 1 ELSE 0 END`];
    const sound = `CASE WHEN ${x} < ${clip} THEN ${clip} WHEN ${x} > 1 - ${clip} THEN 1 - ${clip} ELSE ${x} END`;
    const given = (loss: string): string => `CASE WHEN ${x} BETWEEN 0 AND 1 THEN ${loss} END`;
    return [
      `${given(`(${x} - ${y}) * (${x} - ${y})`)} AS ${side}1`,
      `${given(`-ln(CASE WHEN l${side} = ${codes.positive} THEN ${sound} ELSE 1 - ${sound} END)`)} AS ${side}2`,
      `${given(`${x} - ${y}`)} AS ${side}3`,
    ];
  });
  return `SELECT rows_with_score.*, ${losses.join(', ')}\nFROM (\n${rows}\n) AS rows_with_score`;
}

/**
 * Sums over a cell's scores: rows `n`, of them `o` outside 0 to 1, invalid `i` and missing `m` scores, weights `w` and
 * squares of weights `ww`, and of each loss Σwv, Σw²v and Σw²v², where without weights the second is the first. Weights are
 * `f`, shares of a power of ten.
 */
export function scoreSums(side: Side, weighted: boolean): readonly string[] {
  const letter = letterOf(side);
  const [x, e] = [`x${letter}`, `e${letter}`];
  const count = (test: string, name: string): string =>
    `sum(CASE WHEN ${test} THEN 1 ELSE 0 END) AS ${name}`;
  const moments = [1, 2, 3].flatMap((loss) => {
    const v = `${letter}${loss}`;
    return weighted
      ? [
          total(exact(`f * ${v}`, true), `${v}a`),
          total(exact(`f * f * ${v}`, true), `${v}b`),
          total(exact(`f * f * ${v} * ${v}`, true), `${v}c`),
        ]
      : [total(exact(v), `${v}a`), total(exact(`${v} * ${v}`), `${v}c`)];
  });
  const weights = weighted
    ? [
        total(exact(`CASE WHEN ${x} IS NOT NULL THEN f ELSE 0 END`, true), `${letter}w`),
        total(exact(`CASE WHEN ${x} IS NOT NULL THEN f * f ELSE 0 END`, true), `${letter}ww`),
      ]
    : [];
  return [
    `count(${x}) AS ${letter}n`,
    count(`${x} < 0 OR ${x} > 1`, `${letter}o`),
    count(`${e} = ${codes.invalid}`, `${letter}i`),
    count(`${e} = ${codes.missing}`, `${letter}m`),
    ...weights,
    ...moments,
  ];
}

/** The dimensions by which cells are told apart, the number of a cut in an answer, and the grouping sets with more columns in each. */
export type Grouping = {
  readonly dimensions: readonly string[];
  readonly cut: string;
  readonly sets: (more: readonly string[]) => string;
};

/** Rows that are in the counts of a side and have a score. */
function counted(letter: string): string {
  return `v = 1 AND l${letter} <= ${codes.positive} AND ${letter} <= ${codes.positive}`;
}

/**
 * The order of a side's scores as moments of misplacements: for each group, over the positives (`p`) and over the negatives
 * (`q`), Σw, Σw², Σwu, Σw²u and Σw²u², where u is the share of the other class on the wrong side of the row, ties by half.
 */
export function placementsSql(
  rows: string,
  { dimensions, cut, sets }: Grouping,
  side: Side,
  weighted: boolean,
): string {
  const letter = letterOf(side);
  const x = `x${letter}`;
  const classSum = (label: number, measure: string, name: string): string =>
    `sum(CASE WHEN l${letter} = ${label} THEN ${measure} ELSE 0 END) AS ${name}`;
  const [weight, square] = weighted ? [exact('f', true), exact('f * f', true)] : ['1', '1'];
  const level = [
    classSum(codes.positive, weight, 'p'),
    classSum(codes.positive, square, 'pp'),
    classSum(codes.negative, weight, 'q'),
    classSum(codes.negative, square, 'qq'),
  ];
  const within = ['cut', ...dimensions].join(', ');
  const double = (expression: string): string => `CAST(${expression} AS DOUBLE)`;
  const moments = (w: string, ww: string, u: string): readonly string[] => [
    total(w, w),
    total(ww, ww),
    total(exact(`${double(w)} * ${u}`, weighted), `${w}a`),
    total(exact(`${double(ww)} * ${u}`, weighted), `${w}b`),
    total(exact(`${double(ww)} * ${u} * ${u}`, weighted), `${w}c`),
  ];
  return `WITH cells AS (
${rows}
), levels AS (
SELECT ${[`${cut} AS cut`, ...dimensions, `${x} AS x`, ...level].join(', ')}
FROM cells WHERE ${counted(letter)} AND ${x} IS NOT NULL
GROUP BY ${sets([x])}
), ordered AS (
SELECT levels.*, sum(p) OVER everything AS ps, sum(q) OVER everything AS qs, sum(p) OVER upwards AS pu, sum(q) OVER upwards AS qu
FROM levels WINDOW everything AS (PARTITION BY ${within}), upwards AS (PARTITION BY ${within} ORDER BY x ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
), placed AS (
SELECT ordered.*, CASE WHEN qs > 0 THEN (${double('qs - qu')} + ${double('q')} / 2) / ${double('qs')} END AS u, CASE WHEN ps > 0 THEN (${double('pu - p')} + ${double('p')} / 2) / ${double('ps')} END AS t
FROM ordered
)
SELECT ${[within, ...moments('p', 'pp', 'u'), ...moments('q', 'qq', 't')].join(', ')}
FROM placed
GROUP BY ${within}`;
}

/** The bins of a side's scores: rows `n`, positives `np`, weight `w`, sum of the scores `x` and weight of the positives `p`, for each group and bin `z`. */
export function binsSql(
  rows: string,
  { dimensions, cut, sets }: Grouping,
  side: Side,
  weighted: boolean,
): string {
  const letter = letterOf(side);
  const [x, z, weight] = [`x${letter}`, `z${letter}`, weighted ? exact('f', true) : '1'];
  return `WITH cells AS (
${rows}
)
SELECT ${[`${cut} AS cut`, ...dimensions, `${z} AS z`, 'count(*) AS n', `sum(CASE WHEN l${letter} = ${codes.positive} THEN 1 ELSE 0 END) AS np`, total(weight, 'w'), total(exact(`${weighted ? 'f' : '1'} * ${x}`, weighted), 'x'), total(`CASE WHEN l${letter} = ${codes.positive} THEN ${weight} ELSE 0 END`, 'p')].join(', ')}
FROM cells WHERE ${counted(letter)} AND ${x} BETWEEN 0 AND 1 AND ${z} IS NOT NULL
GROUP BY ${sets([z])}`;
}
