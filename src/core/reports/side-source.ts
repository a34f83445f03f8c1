import type { EvaluationPlan, Side } from './evaluation-plan.ts';
import { codes, columnsOf, keyText, quote, type Source } from './row-sql.ts';

/** One of the conditions that a `where` joins by AND, and the columns that it looks at. */
export type PredicatePart = { readonly sql: string; readonly columns: readonly string[] };

/** What is known of the tables before their rows are counted; a table is `baseline`, `candidate`, or `<side>_labels`. */
export type Tables = {
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** The conditions of a side's `where`; asked for where the labels lie in another file. */
  readonly where: ReadonlyMap<Side, readonly PredicatePart[]>;
  /** Columns of a side, in lower case, of which its two files have values of types that no query can mix: they are read as text. */
  readonly mixed: ReadonlyMap<Side, ReadonlySet<string>>;
  /** Tables of which no key stands twice even without `where`: there a row is a person. */
  readonly onePersonARow: ReadonlySet<string>;
};

/** A column that no table has: named with the tables that were looked at. */
export class MissingColumn extends Error {
  readonly column: string;
  readonly table: string;
  readonly known: readonly string[];

  constructor(column: string, table: string, known: readonly string[]) {
    super(`${table} has no column ${column}`);
    this.column = column;
    this.table = table;
    this.known = known;
  }
}

/** Where each condition of a side's `where` is asked: of each file that has all of its columns, else of the joined row. */
type Filters = {
  readonly own: readonly string[];
  readonly labels: readonly string[];
  readonly joined: readonly string[];
};

function filtersOf(plan: EvaluationPlan, side: Side, tables: Tables): Filters {
  const data = plan.evaluation.data[side];
  if (data?.where === undefined) return { own: [], labels: [], joined: [] };
  if (data.labels === undefined) return { own: [data.where], labels: [], joined: [] };
  const parts = tables.where.get(side) ?? [];
  const inside = (table: string) => {
    const known = new Set((tables.columns.get(table) ?? []).map(lower));
    return ({ columns }: PredicatePart): boolean => columns.every((name) => known.has(lower(name)));
  };
  const [own, labels] = [inside(side), inside(`${side}_labels`)];
  const texts = (test: (part: PredicatePart) => boolean): readonly string[] =>
    parts.filter(test).map(({ sql }) => sql);
  return { own: texts(own), labels: texts(labels), joined: texts((p) => !own(p) && !labels(p)) };
}

function lower(name: string): string {
  return name.toLowerCase();
}

function clause(filters: readonly string[]): string {
  return filters.length === 0
    ? ''
    : ` WHERE ${filters.map((filter) => `(\n${filter}\n)`).join(' AND ')}`;
}

/** The rows of one table that `where` leaves. */
export function keptRows(plan: EvaluationPlan, table: string, tables: Tables): string {
  const side = table.replace(/_labels$/, '') as Side;
  const filters = filtersOf(plan, side, tables);
  return `SELECT * FROM ${quote(table)}${clause(table === side ? filters.own : filters.labels)}`;
}

/** Counts the rows of a table that `where` leaves, their keys, and how many keys are there. */
export function keyQuery(plan: EvaluationPlan, table: string, key: string, tables: Tables): string {
  return `SELECT count(*) AS n, count(DISTINCT ${keyText(quote(key))}) AS distinct_keys, count(${quote(key)}) AS keyed FROM (${keptRows(plan, table, tables)}) AS kept`;
}

/** Columns that both files of a side have, but for the key. */
export function sharedColumns(
  plan: EvaluationPlan,
  side: Side,
  { columns }: Tables,
): readonly string[] {
  const labels = new Set((columns.get(`${side}_labels`) ?? []).map(lower));
  const { key } = columnsOf(plan, side);
  return (columns.get(side) ?? []).filter((name) => labels.has(lower(name)) && name !== key);
}

/**
 * Columns that both files of a side have, in lower case, with types that no query can mix: a number in Parquet is text in
 * CSV.
 *
 * @param own the type of each column of the side's own file
 * @param labels and of its labels file
 */
export function mixedColumns(
  own: ReadonlyMap<string, string>,
  labels: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const isNumber = (type: string): boolean => /INT|^(DOUBLE|FLOAT|DECIMAL)/.test(type);
  const types = new Map([...own].map(([name, type]) => [lower(name), type]));
  return new Set(
    [...labels].flatMap(([name, type]) => {
      const other = types.get(lower(name)) ?? type;
      return other === type || (isNumber(other) && isNumber(type)) ? [] : [lower(name)];
    }),
  );
}

/** Counts the joined rows of a side on which its two files say different things in a column that both have. */
export function differingQuery(
  plan: EvaluationPlan,
  side: Side,
  column: string,
  tables: Tables,
): string {
  const key = quote(columnsOf(plan, side).key as string);
  const [p, t] = [`p.${quote(column)}`, `t.${quote(column)}`];
  const number = (value: string): string => `TRY_CAST(CAST(${value} AS VARCHAR) AS DOUBLE)`;
  return `SELECT count(*) AS n FROM (${keptRows(plan, side, tables)}) AS p JOIN (${keptRows(plan, `${side}_labels`, tables)}) AS t ON ${keyText(`p.${key}`)} = ${keyText(`t.${key}`)} WHERE CAST(${p} AS VARCHAR) IS DISTINCT FROM CAST(${t} AS VARCHAR) AND ${number(p)} IS DISTINCT FROM ${number(t)}`;
}

/** Marks of a joined row: which of the files it stands in. */
const mark = '"stands in"';
const there = '"is there"';

/**
 * A side's rows under one name `r`, so that slices can name columns bare. Where the labels lie in another file, a row of
 * either file without a partner in the other stays, and is coded as unmatched: nobody leaves the count without a word.
 */
export function sourceOf(plan: EvaluationPlan, side: Side, tables: Tables): Source {
  const data = plan.evaluation.data[side];
  const own = tables.columns.get(side) ?? [];
  if (data?.labels === undefined) {
    const column = columnIn(own, data?.path ?? side);
    return { sql: `(${keptRows(plan, side, tables)}) AS r`, column, answer: column, ...whole };
  }
  const labels = tables.columns.get(`${side}_labels`) ?? [];
  const both = new Set(sharedColumns(plan, side, tables).map(lower));
  const all = [...own, ...labels.filter((name) => !both.has(lower(name)) && !own.includes(name))];
  const known = [...labels, ...all.filter((name) => !labels.includes(name))];
  const column = columnIn(known, data.path ?? side);
  const answer = (name: string): string =>
    own.includes(name) && both.has(lower(name)) ? `r.${quote(ownName(name))}` : column(name);
  const unmatched = (file: string) => (code: string) =>
    `CASE WHEN r.${mark} = '${file}' THEN ${codes.unmatched} ELSE ${code} END`;
  return {
    sql: `(${joinSql(plan, side, tables)}) AS r`,
    column,
    answer,
    labelled: unmatched('predictions'),
    answered: unmatched('labels'),
    key: 'r."key of the row"',
  };
}

const whole: Pick<Source, 'labelled' | 'answered' | 'key'> = {
  labelled: (code) => code,
  answered: (code) => code,
  key: null,
};

/** How the prediction file's own copy of a column is called where the labels file has one of that name. */
function ownName(name: string): string {
  return `prediction file: ${lower(name)}`;
}

function columnIn(known: readonly string[], table: string): (name: string) => string {
  return (name) => {
    if (!known.includes(name)) throw new MissingColumn(name, table, known);
    return `r.${quote(name)}`;
  };
}

function joinSql(plan: EvaluationPlan, side: Side, tables: Tables): string {
  const table = `${side}_labels`;
  const [own, labels] = [tables.columns.get(side) ?? [], tables.columns.get(table) ?? []];
  const data = plan.evaluation.data[side];
  const key = columnsOf(plan, side).key as string;
  if (!own.includes(key)) throw new MissingColumn(key, data?.path ?? side, own);
  if (!labels.includes(key)) throw new MissingColumn(key, data?.labels?.path ?? 'labels', labels);
  const shared = new Set(sharedColumns(plan, side, tables).map(lower));
  const one = (value: string, name: string): string =>
    tables.mixed.get(side)?.has(lower(name)) ? keyText(value) : value;
  const listed = [
    ...own.flatMap((name) => {
      if (shared.has(lower(name))) return [`p.${quote(name)} AS ${quote(ownName(name))}`];
      return name === key ? [] : [`p.${quote(name)}`];
    }),
    // What is said of a person comes from the labels file, and from the other only where that has no such person.
    ...labels.map((name) =>
      shared.has(lower(name)) || name === key
        ? `CASE WHEN t.${there} = 1 THEN ${one(`t.${quote(name)}`, name)} ELSE ${one(`p.${quote(name)}`, name)} END AS ${quote(name)}`
        : `t.${quote(name)}`,
    ),
  ];
  const [pk, tk] = [keyText(`p.${quote(key)}`), keyText(`t.${quote(key)}`)];
  const standing = `CASE WHEN t.${there} IS NULL THEN 'predictions' WHEN p.${there} IS NULL THEN 'labels' ELSE 'both' END AS ${mark}`;
  const kept = (name: string): string =>
    `(SELECT 1 AS ${there}, kept.* FROM (${keptRows(plan, name, tables)}) AS kept)`;
  const join = `SELECT ${[standing, `coalesce(${pk}, ${tk}) AS "key of the row"`, ...listed].join(', ')} FROM ${kept(side)} AS p FULL OUTER JOIN ${kept(table)} AS t ON ${pk} = ${tk}`;
  const left = leftByWhere(plan, side, tables);
  return left.length === 0 ? join : `SELECT * FROM (${join}) AS q WHERE ${left.join(' AND ')}`;
}

/** Rows without a partner of which the partner was left by `where` are left by it too; so is what the joined row fails. */
function leftByWhere(plan: EvaluationPlan, side: Side, tables: Tables): readonly string[] {
  const { own, labels, joined } = filtersOf(plan, side, tables);
  const key = quote(columnsOf(plan, side).key as string);
  const partner = (file: string, other: string): string =>
    `NOT (${mark} = '${file}' AND coalesce("key of the row" IN (SELECT ${keyText(key)} FROM ${quote(other)} WHERE ${key} IS NOT NULL), FALSE))`;
  return [
    ...(labels.length > 0 ? [partner('predictions', `${side}_labels`)] : []),
    // Where one person has several rows, one for each model, a person without one of this model is without a prediction.
    ...(own.length > 0 && tables.onePersonARow.has(side) ? [partner('labels', side)] : []),
    ...joined.map((filter) => `(${mark} <> 'both' OR (\n${filter}\n))`),
  ];
}
