import type { EvaluationPlan, Side } from '../core/reports/evaluation-plan.ts';
import { pairingOf } from '../core/reports/plan-sql.ts';
import { columnsOf } from '../core/reports/row-sql.ts';
import {
  differingQuery,
  keyQuery,
  mixedColumns,
  type PredicatePart,
  sharedColumns,
  type Tables,
} from '../core/reports/side-source.ts';
import { twoValues, valueQuestions } from '../core/reports/value-codes.ts';
import { CountersignError } from './errors.ts';
import type { Engine } from './ports.ts';

/** What is known of the tables of an evaluation, and how many rows they have. */
export type DataTables = {
  readonly tables: Tables;
  /** Rows of each side's file, before `where`. */
  readonly read: Readonly<Partial<Record<Side, number>>>;
  /** Rows of each side's labels file, before `where`. */
  readonly labels: Readonly<Partial<Record<Side, number>>>;
};

/**
 * Looks at the tables before their rows are counted.
 *
 * @throws CountersignError where keys repeat, where no key joins the labels, or where a column could be that of either file
 */
export async function readTables(
  engine: Engine,
  plan: EvaluationPlan,
  names: readonly string[],
): Promise<DataTables> {
  const types = new Map(
    await Promise.all(names.map(async (name) => [name, await engine.types(name)] as const)),
  );
  const columns = new Map([...types].map(([name, typed]) => [name, [...typed.keys()]] as const));
  const mixed = new Map(
    plan.sides.map((side) => {
      const [own, labels] = [types.get(side), types.get(`${side}_labels`)];
      return [side, own && labels ? mixedColumns(own, labels) : new Set<string>()] as const;
    }),
  );
  const where = new Map<Side, readonly PredicatePart[]>();
  for (const side of plan.sides) {
    const data = plan.evaluation.data[side];
    if (data?.where !== undefined && data.labels !== undefined)
      where.set(side, await engine.predicateParts(data.where));
  }
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, await countRows(engine, name));
  const tables: Tables = {
    columns,
    where,
    mixed,
    onePersonARow: await checkKeys(engine, plan, {
      columns,
      where,
      mixed,
      onePersonARow: new Set(),
    }),
  };
  await checkShared(engine, plan, tables);
  await checkValues(engine, plan, tables);
  const of = (suffix: string): DataTables['read'] =>
    Object.fromEntries(
      plan.sides.flatMap((side) => {
        const count = counts.get(`${side}${suffix}`);
        return count === undefined ? [] : [[side, count]];
      }),
    );
  return { tables, read: of(''), labels: of('_labels') };
}

async function countRows(engine: Engine, table: string): Promise<number> {
  const [row] = await engine.aggregate(`SELECT count(*) AS n FROM "${table}"`);
  return Number(row?.['n']);
}

/** Refuses keys that stand twice among the rows that `where` leaves, wherever something is joined by them. */
async function checkKeys(
  engine: Engine,
  plan: EvaluationPlan,
  tables: Tables,
): Promise<ReadonlySet<string>> {
  const unique = new Set<string>();
  for (const [table, names] of tables.columns) {
    const side = table.replace(/_labels$/, '') as Side;
    const { labels, where } = plan.evaluation.data[side] ?? {};
    const { key } = columnsOf(plan, side);
    if (key === undefined && labels !== undefined)
      throw new CountersignError(
        'evaluate/no-key',
        `the labels of the ${side} lie in another file, and columns.key does not say how they belong together`,
        'name the key: columns: {key: …}',
      );
    const joins = labels !== undefined || pairingOf(plan) === 'key';
    if (key === undefined || !joins || !names.includes(key)) continue;
    const repeated = await repeatedKeys(engine, keyQuery(plan, table, key, tables));
    if (repeated > 0)
      throw new CountersignError(
        'evaluate/duplicate-keys',
        `${repeated} rows of ${table.replace('_', ' ')}${where === undefined ? '' : ' that where leaves'} repeat a key of another row`,
        `make ${key} unique in the file, or let where of the ${side} leave one row of each ${key}`,
      );
    const all = { ...tables, where: new Map() };
    if (
      where === undefined ||
      (await repeatedKeys(engine, keyQuery(withoutWhere(plan, side), table, key, all))) === 0
    )
      unique.add(table);
  }
  return unique;
}

function withoutWhere(plan: EvaluationPlan, side: Side): EvaluationPlan {
  const { data } = plan.evaluation;
  const own = data[side];
  return own === undefined
    ? plan
    : {
        ...plan,
        evaluation: { ...plan.evaluation, data: { ...data, [side]: { ...own, where: undefined } } },
      };
}

async function repeatedKeys(engine: Engine, sql: string): Promise<number> {
  const [row] = await engine.aggregate(sql);
  return Number(row?.['keyed']) - Number(row?.['distinct_keys']);
}

/**
 * Refuses a column that a slice or the weight names, that both files of a side have, and on which they differ. Label and
 * groups are those of the labels file, prediction and score those of the other.
 */
async function checkShared(engine: Engine, plan: EvaluationPlan, tables: Tables): Promise<void> {
  const named = (
    await Promise.all(plan.slices.map(({ where }) => engine.predicateParts(where)))
  ).flatMap((parts) => parts.flatMap(({ columns }) => columns));
  for (const side of plan.sides) {
    const data = plan.evaluation.data[side];
    if (data?.labels === undefined) continue;
    const { weight } = columnsOf(plan, side);
    const asked = new Set([...named, weight ?? ''].map((name) => name.toLowerCase()));
    for (const column of sharedColumns(plan, side, tables)) {
      if (!asked.has(column.toLowerCase())) continue;
      const [row] = await engine.aggregate(differingQuery(plan, side, column, tables));
      if (Number(row?.['n']) > 0)
        throw new CountersignError(
          'evaluate/two-columns',
          `${data.path ?? side} and ${data.labels.path ?? 'its labels'} both have a column ${column}, and differ in it on ${row?.['n']} rows`,
          `say which is meant: give ${column} another name in one of the two files`,
        );
    }
  }
}

/** Refuses labels or predictions of two values, such as −1 and 1, of which nothing says which is positive. */
async function checkValues(engine: Engine, plan: EvaluationPlan, tables: Tables): Promise<void> {
  for (const side of plan.sides)
    for (const { column, sql } of valueQuestions(plan, side, tables)) {
      const [row] = await engine.aggregate(sql);
      const values = twoValues(row);
      if (values !== null)
        throw new CountersignError(
          'evaluate/two-values',
          `${column} of the ${side} has the values ${values.join(' and ')}, and nothing says which is positive`,
          `say it in the evaluation, such as positive: ${JSON.stringify(values[1])} and negative: ${JSON.stringify(values[0])}`,
        );
    }
}
