import type { DataFile } from './data-file.ts';

/** Columns of a file as a view gives them. */
export type FileView = { readonly select: string } & FileNames;

/** What a file says of names that no query can use. */
export type FileNames = {
  /** Names that it has more than once. */
  readonly doubled: readonly string[];
  /** See {@link describedIndex}. */
  readonly index: string | null;
};

/** A column that the reader gives, as it is written in SQL, and the name that the file gives it. */
type Column = { readonly sql: string; readonly name: string };

/**
 * The rows of a text file as DuckDB reads them. Nothing is left to its guesses: dialect, comments, lines to skip, header,
 * folders, dates, types, patterns in names and compression are all said. Every value is its text; in CSV only an empty cell
 * is missing, in JSON only null and a number that is none.
 */
export function textView(file: Exclude<DataFile, { kind: 'parquet' }>): FileView {
  return file.kind === 'csv' ? csvView(file) : jsonView(file);
}

function csvView(file: Extract<DataFile, { kind: 'csv' }>): FileView {
  const types = file.columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(', ');
  const options = [
    'auto_detect = false',
    `columns = {${types}}`,
    `header = ${file.header}`,
    `skip = ${file.skip}`,
    `delim = ${literal(file.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    "comment = ''",
    "nullstr = ''",
    'strict_mode = true',
    'null_padding = false',
    'ignore_errors = false',
    "encoding = 'utf-8'",
    ...common,
    `compression = '${file.gzip ? 'gzip' : 'none'}'`,
  ];
  // A number with a decimal comma is written with a point, so that every rule for numbers holds for it.
  const cell = (index: number): string =>
    file.decimalComma
      ? `CASE WHEN regexp_full_match(c${index}, '\\s*[+-]?[0-9]*,[0-9]+([eE][+-]?[0-9]+)?\\s*') THEN replace(c${index}, ',', '.') ELSE c${index} END`
      : `c${index}`;
  return viewOf(
    file.columns.map((name, index) => ({
      sql: cell(index),
      name: name === '' ? `column${index}` : name,
    })),
    `read_csv(${pathsSql(file.parts)}, ${options.join(', ')})`,
  );
}

function jsonView(file: Extract<DataFile, { kind: 'json' }>): FileView {
  const options = [
    `format = '${file.form}'`,
    'ignore_errors = false',
    'maximum_object_size = 67108864',
    ...common,
    `compression = '${file.gzip ? 'gzip' : 'uncompressed'}'`,
  ];
  const column = (name: string): Column => {
    const place = literal(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    const text = `json ->> ${place}`;
    return {
      name,
      sql: `CASE WHEN lower(${text}) IN ('nan', '-nan') AND json_type(json, ${place}) = 'DOUBLE' THEN NULL ELSE ${text} END`,
    };
  };
  return viewOf(
    file.columns.map(column),
    `read_json_objects(${pathsSql(file.parts)}, ${options.join(', ')})`,
  );
}

/** The rows of Parquet files as the reader gives them; see {@link parquetView} for what is made of their values. */
export function parquetSource(file: Extract<DataFile, { kind: 'parquet' }>): string {
  return `read_parquet(${pathsSql(file.parts)}, ${common.join(', ')})`;
}

/** The columns of a Parquet file by the names that it gives them, out of the rows of `parquet_schema`: one a node, parents first. */
export function topLevelNames(
  nodes: readonly { readonly name: string; readonly children: number }[],
): readonly string[] {
  const names: string[] = [];
  let at = 1;
  const pass = (): void => {
    const children = nodes[at]?.children ?? 0;
    at++;
    for (let child = 0; child < children; child++) pass();
  };
  while (at < nodes.length) {
    names.push(nodes[at]?.name ?? '');
    pass();
  }
  return names;
}

/**
 * The name of an index that pandas describes in the metadata of a Parquet file instead of writing it as a column, which it
 * does with one that only counts.
 *
 * @param pandas the value of the key `pandas` in the file's metadata
 */
export function describedIndex(pandas: string | null): string | null {
  let value: unknown;
  try {
    value = JSON.parse(pandas ?? 'null');
  } catch {
    return null;
  }
  const columns = (value as { readonly index_columns?: unknown } | null)?.index_columns;
  for (const column of Array.isArray(columns) ? (columns as readonly unknown[]) : []) {
    const { kind, name } = Object(column) as { readonly kind?: unknown; readonly name?: unknown };
    if (kind === 'range' && typeof name === 'string') return name;
  }
  return null;
}

/**
 * The rows of Parquet files with their own types. A number that is none is missing, and minus zero is zero: neither is a
 * group or a label of its own. A number of four bytes is the number that is stored, and not its shortest decimal.
 *
 * @param described columns and types as DuckDB describes {@link parquetSource}
 * @param names the names that the file gives, where two that differ by case alone are described by other names
 */
export function parquetView(
  source: string,
  described: readonly { readonly name: string; readonly type: string }[],
  names: readonly string[],
): FileView {
  return viewOf(
    described.map(({ name, type }, index) => {
      const column = identifier(name);
      return {
        name: names[index] ?? name,
        sql:
          type === 'DOUBLE' || type === 'FLOAT'
            ? `CASE WHEN isnan(${column}) THEN NULL WHEN ${column} = 0 THEN CAST(0 AS DOUBLE) ELSE CAST(${column} AS DOUBLE) END`
            : column,
      };
    }),
    source,
  );
}

const common = ['hive_partitioning = false', 'union_by_name = false', 'filename = false'];

function viewOf(columns: readonly Column[], source: string): FileView {
  const times = new Map<string, number>();
  for (const { name } of columns)
    times.set(name.toLowerCase(), (times.get(name.toLowerCase()) ?? 0) + 1);
  const isOnce = ({ name }: Column): boolean => times.get(name.toLowerCase()) === 1;
  const own = columns.filter(isOnce).map(({ sql, name }) => `${sql} AS ${identifier(name)}`);
  return {
    // A table needs a column, though none can be named.
    select: `SELECT ${own.length === 0 ? 'NULL AS "no column"' : own.join(', ')} FROM ${source}`,
    doubled: columns.filter((column) => !isOnce(column)).map(({ name }) => name),
    index: null,
  };
}

function pathsSql(paths: readonly string[]): string {
  return `[${paths.map(literal).join(', ')}]`;
}

/** A text in SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name in SQL. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
