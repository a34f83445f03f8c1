import { type EvaluationPlan, isScored, letterOf, type Side } from './evaluation-plan.ts';
import {
  codes,
  columnsOf,
  groupValue,
  labelCode,
  keyText,
  predictionCode,
  scoreValues,
  type Source,
} from './row-sql.ts';
import { gapsSql } from './group-gaps.ts';
import { sourceOf, type Tables } from './side-source.ts';
import { valuesSql } from './stated-values.ts';
import {
  binsSql,
  exact,
  type Grouping,
  placementsSql,
  scoreSums,
  total,
  withLosses,
} from './score-sql.ts';
import { weightColumns } from './weight-form.ts';

/** How two sides are put side by side: one scan, a join by key, or not at all. */
export type Pairing = 'rows' | 'key' | 'none' | 'single';

/** One query with the sides that it counts: cells of label and prediction, of the scores their order or their bins, or how many values there are. */
export type PlannedQuery = {
  readonly kind: 'cells' | 'placements' | 'bins' | 'values' | 'gaps';
  readonly sql: string;
  readonly sides: readonly Side[];
};

export function pairingOf({
  evaluation,
  sides,
}: Pick<EvaluationPlan, 'evaluation' | 'sides'>): Pairing {
  const { baseline, candidate } = evaluation.data;
  if (sides.length < 2 || !baseline || !candidate) return 'single';
  const [before, after] = [
    columnsOf({ evaluation }, 'baseline'),
    columnsOf({ evaluation }, 'candidate'),
  ];
  if (
    baseline.path === candidate.path &&
    baseline.labels?.path === candidate.labels?.path &&
    baseline.where === candidate.where &&
    (baseline.labels === undefined || before.key === after.key)
  )
    return 'rows';
  return before.key === undefined || after.key === undefined ? 'none' : 'key';
}

/** The columns by which cells are told apart: each grouping column or band, then each slice. */
export function groupNames({ cuts, slices }: Pick<EvaluationPlan, 'cuts' | 'slices'>): {
  readonly columns: readonly string[];
  readonly slices: readonly string[];
} {
  return {
    columns: [...new Set(cuts.flatMap((cut) => cut.columns))],
    slices: slices.map(({ id }) => id),
  };
}

/**
 * The aggregate queries of a plan: rows go in, counts come out. Each row of the answer is a cell with the codes of label
 * and prediction on both sides (`lb`, `b`, `lc`, `c`), the groups it belongs to (`g0`…), the slices (`s0`…), whether its
 * weight is good (`v`), its count `n`, and with weights their sum and sum of squares. `cut` is the
 * index of its {@link groupingSets}.
 */
export function planQueries(plan: EvaluationPlan, tables: Tables): readonly PlannedQuery[] {
  const values = plan.sides.flatMap((side): PlannedQuery[] => {
    const sql = valuesSql(plan, side, tables);
    return sql === null ? [] : [{ kind: 'values', sql, sides: [side] }];
  });
  const side = plan.sides.at(-1) as Side;
  const gaps = gapsSql(sideRows(plan, side, tables), groupNames(plan).columns);
  return [
    ...countingQueries(plan, tables),
    ...values,
    ...(gaps === null ? [] : [{ kind: 'gaps', sql: gaps, sides: [side] } as const]),
  ];
}

function countingQueries(plan: EvaluationPlan, tables: Tables): readonly PlannedQuery[] {
  const pairing = pairingOf(plan);
  const whole = (side: Side): string => sideRows(plan, side, tables);
  const [first] = plan.sides;
  if (pairing === 'key')
    return queriesOf(plan, joined(plan, whole('baseline'), whole('candidate')), plan.sides);
  if (pairing === 'rows') return queriesOf(plan, both(plan, tables), plan.sides);
  if (pairing === 'none')
    return plan.sides.flatMap((side) => queriesOf(plan, alone(plan, side, whole(side)), [side]));
  return first === undefined ? [] : queriesOf(plan, alone(plan, first, whole(first)), [first]);
}

/** All that is asked of some rows. */
function queriesOf(
  plan: EvaluationPlan,
  rows: string,
  sides: readonly Side[],
): readonly PlannedQuery[] {
  const scored = sides.filter((side) => isScored(plan, side));
  const grouping = groupingOf(plan);
  const weighted = plan.evaluation.columns.weight !== undefined;
  return [
    { kind: 'cells', sql: aggregate(plan, rows, scored), sides },
    ...scored.flatMap((side): PlannedQuery[] => [
      { kind: 'placements', sql: placementsSql(rows, grouping, side, weighted), sides: [side] },
      { kind: 'bins', sql: binsSql(rows, grouping, side, weighted), sides: [side] },
    ]),
  ];
}

function groupingOf(plan: EvaluationPlan): Grouping {
  const { dimensions, sets } = groupingSets(plan);
  return {
    dimensions,
    cut: cutSql(dimensions, sets),
    sets: (more) =>
      `GROUPING SETS (${sets.map((set) => `(${[...more, ...set].join(', ')})`).join(', ')})`,
  };
}

/**
 * The sets of dimensions by which rows are grouped, each once, and for each cut of the plan the index of its set: cuts by
 * the same columns in another order are one set, or their rows would be counted twice.
 */
export function groupingSets(plan: Pick<EvaluationPlan, 'cuts' | 'slices'>): {
  readonly dimensions: readonly string[];
  readonly sets: readonly (readonly string[])[];
  readonly ofCut: readonly number[];
} {
  const { columns, slices } = groupNames(plan);
  const sets: (readonly string[])[] = [];
  const known = new Map<string, number>();
  const ofCut = plan.cuts.map((cut) => {
    const indexes = [...new Set(cut.columns)].map((name) => columns.indexOf(name));
    const set = [
      ...indexes.sort((a, b) => a - b).map((index) => `g${index}`),
      ...(cut.slice === null ? [] : [`s${slices.indexOf(cut.slice)}`]),
    ];
    const name = set.join();
    const index = known.get(name) ?? sets.length;
    if (index === sets.length) sets.push(set);
    known.set(name, index);
    return index;
  });
  const dimensions = [
    ...columns.map((_, index) => `g${index}`),
    ...slices.map((_, index) => `s${index}`),
  ];
  return { dimensions, sets, ofCut };
}

/** Dimensions that one GROUPING takes: its bits stay far below those of any integer. */
const mostBits = 30;

/** The index of the grouping set that a row of the answer belongs to, told by which dimensions it leaves out. */
function cutSql(dimensions: readonly string[], sets: readonly (readonly string[])[]): string {
  if (dimensions.length === 0) return '0';
  const parts = Array.from({ length: Math.ceil(dimensions.length / mostBits) }, (_, part) =>
    dimensions.slice(part * mostBits, (part + 1) * mostBits),
  );
  const bits = (names: readonly string[], set: readonly string[]): number =>
    names.reduce((sum, name) => sum * 2 + (set.includes(name) ? 0 : 1), 0);
  const cases = sets.map((set, index) => {
    const tests = parts.map((names) => `grouping(${names.join(', ')}) = ${bits(names, set)}`);
    return `WHEN ${tests.join(' AND ')} THEN ${index}`;
  });
  return `CASE ${cases.join(' ')} END`;
}

function aggregate(plan: EvaluationPlan, rows: string, scored: readonly Side[]): string {
  const { dimensions, cut, sets } = groupingOf(plan);
  const codesOfRow = ['lb', 'b', 'lc', 'c', 'v'];
  const weighted = plan.evaluation.columns.weight !== undefined;
  const sums = [
    ...(weighted ? [total('w', 'sw'), total(exact('f * f', weighted), 'sw2')] : []),
    ...scored.flatMap((side) => scoreSums(side, weighted)),
  ];
  return `WITH cells AS (\n${withLosses(rows, scored)}\n)\nSELECT ${[`${cut} AS cut`, ...codesOfRow, ...dimensions, 'count(*) AS n', ...sums].join(', ')}\nFROM cells\nGROUP BY ${sets(codesOfRow)}`;
}

/** All rows of one side with what is counted of them: `l`, `p`, `v`, `w`, groups, slices, and the key as text. */
function sideRows(plan: EvaluationPlan, side: Side, tables: Tables): string {
  const columns = columnsOf(plan, side);
  const source = sourceOf(plan, side, tables);
  const key =
    source.key ?? (columns.key === undefined ? 'NULL' : keyText(source.column(columns.key)));
  const [label, prediction] = codesOfSide(plan, side, source);
  return `SELECT ${[`${label} AS l`, `${prediction} AS p`, `${key} AS k`, ...scoresOf(plan, side, source, ''), ...shared(plan, side, source)].join(', ')}\nFROM ${source.sql}`;
}

/** The codes of a row's label and prediction. */
function codesOfSide(
  plan: EvaluationPlan,
  side: Side,
  source: Source,
): readonly [label: string, prediction: string] {
  const columns = columnsOf(plan, side);
  return [
    source.labelled(labelCode(plan.evaluation, source.column(columns.label as string))),
    source.answered(predictionCode(plan.evaluation, columns, source)),
  ];
}

/** One scan for two predictions on the same rows. */
function both(plan: EvaluationPlan, tables: Tables): string {
  const source = sourceOf(plan, 'baseline', tables);
  const [[lb, b], [lc, c]] = [
    codesOfSide(plan, 'baseline', source),
    codesOfSide(plan, 'candidate', source),
  ];
  return `SELECT ${[`${lb} AS lb`, `${b} AS b`, `${lc} AS lc`, `${c} AS c`, ...plan.sides.flatMap((side) => scoresOf(plan, side, source, letterOf(side))), ...shared(plan, 'baseline', source)].join(', ')}\nFROM ${source.sql}`;
}

function alone(plan: EvaluationPlan, side: Side, rows: string): string {
  const own =
    side === 'baseline'
      ? `l AS lb, p AS b, ${codes.absent} AS lc, ${codes.absent} AS c`
      : `${codes.absent} AS lb, ${codes.absent} AS b, l AS lc, p AS c`;
  const scores = anyScored(plan)
    ? scoreNames.map((name) => `${name} AS ${name}${letterOf(side)}`)
    : [];
  return `SELECT ${[own, ...scores, ...carried(plan)].join(', ')}\nFROM (\n${rows}\n) AS one_side`;
}

/** Rows of both sides by key; a row without a partner keeps its own side's codes, and the other side is absent. */
function joined(plan: EvaluationPlan, baseline: string, candidate: string): string {
  const pick = (name: string): string =>
    `CASE WHEN y.there = 1 THEN y.${name} ELSE x.${name} END AS ${name}`;
  const code = (table: string, name: string, as: string): string =>
    `CASE WHEN ${table}.there = 1 THEN ${table}.${name} ELSE ${codes.absent} END AS ${as}`;
  const score = (table: string, letter: string): readonly string[] =>
    anyScored(plan) ? scoreNames.map((name) => `${table}.${name} AS ${name}${letter}`) : [];
  const sideSql = (rows: string): string =>
    `(\nSELECT 1 AS there, rows_of_side.* FROM (\n${rows}\n) AS rows_of_side\n)`;
  return `SELECT ${[code('x', 'l', 'lb'), code('x', 'p', 'b'), code('y', 'l', 'lc'), code('y', 'p', 'c'), ...score('x', 'b'), ...score('y', 'c'), ...carried(plan).map(pick)].join(', ')}\nFROM ${sideSql(baseline)} AS x FULL OUTER JOIN ${sideSql(candidate)} AS y ON x.k = y.k`;
}

const scoreNames = ['x', 'z', 'e'] as const;

function anyScored(plan: EvaluationPlan): boolean {
  return plan.sides.some((side) => isScored(plan, side));
}

/** A side's score as columns of its rows; none where no side has one. */
function scoresOf(
  plan: EvaluationPlan,
  side: Side,
  source: Source,
  letter: string,
): readonly string[] {
  return anyScored(plan)
    ? scoreValues(plan, side, source).map(([name, sql]) => `${sql} AS ${name}${letter}`)
    : [];
}

function carried(plan: EvaluationPlan): readonly string[] {
  const { columns, slices } = groupNames(plan);
  return [
    'v',
    ...(plan.evaluation.columns.weight === undefined ? [] : ['w', 'f']),
    ...columns.map((_, index) => `g${index}`),
    ...slices.map((_, index) => `s${index}`),
  ];
}

/** Validity, weight, groups and slices of a row. */
function shared(plan: EvaluationPlan, side: Side, source: Source): readonly string[] {
  const { columns, slices } = groupNames(plan);
  const { weight } = columnsOf(plan, side);
  return [
    ...weightColumns(plan.weights, weight === undefined ? null : source.column(weight)),
    ...columns.map((name, index) => `${groupValue(plan.evaluation, name, source)} AS g${index}`),
    ...slices.map(
      (id, index) =>
        `CASE WHEN (\n${plan.slices.find((slice) => slice.id === id)?.where ?? 'FALSE'}\n) THEN 1 ELSE 0 END AS s${index}`,
    ),
  ];
}
