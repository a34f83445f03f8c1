import { lstat, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { CountersignError } from '../app/errors.ts';
import type { AggregateRow, Engine, EngineTables } from '../app/ports.ts';
import { predicateConditions, predicateProblem } from '../core/reports/predicate.ts';

const megabytes = 2048;

/** Loaded only when something is measured: the library is large, and most commands need none of it. */
async function library(): Promise<typeof import('@duckdb/node-api')> {
  try {
    return await import('@duckdb/node-api');
  } catch (cause) {
    throw new CountersignError(
      'engine/missing',
      `DuckDB cannot be loaded here: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}`,
      'install it for this platform: npm install @duckdb/node-api',
      { cause },
    );
  }
}

/** The engine's version, without a database. */
export async function duckdbVersion(): Promise<string> {
  return (await library()).version();
}

/**
 * DuckDB in this process, with access to the named files of the repository and to nothing else: no other file, no network,
 * no extensions, no settings. What a predicate from a stranger's branch asks for beyond that, the engine refuses too.
 */
export async function openDuckdb(top: string, tables: EngineTables): Promise<Engine> {
  const { DuckDBInstance } = await library();
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: '2',
    memory_limit: `${megabytes}MB`,
    temp_directory: '',
  });
  const connection = await instance.connect();
  const paths = await Promise.all(Object.values(tables).map(({ path }) => safePath(top, path)));
  for (const [index, [name, { format, path }]] of Object.entries(tables).entries())
    await openTable(connection, name, format, paths[index] as string, path);
  await connection.run(`SET allowed_paths=[${paths.map(literal).join(', ')}]`);
  await connection.run('SET enable_external_access=false');
  await connection.run('SET lock_configuration=true');
  return engineOf(instance, connection);
}

async function openTable(
  connection: DuckDBConnection,
  name: string,
  format: string,
  path: string,
  shown: string,
): Promise<void> {
  // Every column of a CSV is text and only an empty cell is missing: the sniffer's guesses must not change a count.
  const source =
    format === 'parquet'
      ? `read_parquet(${literal(path)})`
      : format === 'json'
        ? `read_json_auto(${literal(path)})`
        : `read_csv(${literal(path)}, header = true, all_varchar = true, nullstr = '', delim = ',', quote = '"', escape = '"', strict_mode = true)`;
  try {
    await connection.run(`CREATE VIEW ${identifier(name)} AS SELECT * FROM ${source}`);
  } catch (cause) {
    throw new CountersignError(
      'evaluate/unreadable',
      `${shown} cannot be read as ${format}: ${messageOf(cause)}`,
      'look at the file',
      { cause },
    );
  }
}

/** The absolute path of a data file that really lies in the repository. */
async function safePath(top: string, path: string): Promise<string> {
  const absolute = join(top, path);
  const stat = await lstat(absolute).catch(() => null);
  if (stat === null)
    throw new CountersignError(
      'evaluate/no-file',
      `there is no file ${path}`,
      'make the predictions first, or mend data in the evaluation',
    );
  if (!stat.isFile() || (await realpath(absolute)) !== join(await realpath(top), path))
    throw new CountersignError(
      'evaluate/path-outside',
      `${path} is not a plain file inside the repository`,
      'put the data into the repository, or name it by a table of a connection',
    );
  return absolute;
}

function engineOf(instance: DuckDBInstance, connection: DuckDBConnection): Engine {
  return {
    name: 'duckdb',
    version: duckdbVersion,
    columns: async (table) =>
      (await rows(connection, `DESCRIBE ${identifier(table)}`)).map((row) =>
        String(row['column_name']),
      ),
    predicateProblem: async (expression) =>
      predicateProblem(JSON.parse(await parsedPredicate(connection, expression))),
    predicateParts: async (expression) => {
      const raw = await parsedPredicate(connection, expression);
      const parsed: unknown = JSON.parse(raw);
      const conditions = predicateConditions(parsed);
      const text = (tree: unknown): Promise<string> =>
        predicateText(connection, JSON.stringify(tree, withoutPlaces));
      // A number that JavaScript cannot hold would come back as another: then the predicate stays whole, in its own words.
      if (
        conditions.length === 1 ||
        (await predicateText(connection, raw)) !== (await text(parsed))
      )
        return [{ sql: expression, columns: conditions.flatMap(({ columns }) => columns) }];
      return Promise.all(
        conditions.map(async ({ tree, columns }) => ({ sql: await text(tree), columns })),
      );
    },
    aggregate: async (sql, options) => {
      if (
        !/^\s*(SELECT|WITH)\b/i.test(sql) ||
        (await connection.extractStatements(sql)).count !== 1
      )
        throw new CountersignError(
          'evaluate/statement',
          'only one SELECT may be run',
          'report this: the query was built by this program',
        );
      const interrupt = (): void => connection.interrupt();
      options?.signal?.addEventListener('abort', interrupt);
      const watch = options?.onProgress
        ? setInterval(
            () => options.onProgress?.(Math.max(0, connection.progress.percentage) / 100),
            200,
          )
        : null;
      try {
        return await rows(connection, sql);
      } catch (cause) {
        if (options?.signal?.aborted)
          throw new CountersignError(
            'evaluate/cancelled',
            'the evaluation was stopped',
            'run it again when you are ready',
            { cause },
          );
        throw cause;
      } finally {
        options?.signal?.removeEventListener('abort', interrupt);
        if (watch) clearInterval(watch);
      }
    },
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** The parser's form of a predicate, as JSON. */
async function parsedPredicate(connection: DuckDBConnection, expression: string): Promise<string> {
  const [row] = await rows(
    connection,
    `SELECT json_serialize_sql(${literal(`SELECT 1 WHERE (\n${expression}\n)`)}) AS parsed`,
  );
  return String(row?.['parsed']);
}

/** Where a word stood in the text is a number that JavaScript cannot hold, and that nothing needs. */
function withoutPlaces(name: string, value: unknown): unknown {
  return name === 'query_location' ? 0 : value;
}

/** The text of a predicate out of its parsed form. */
async function predicateText(connection: DuckDBConnection, json: string): Promise<string> {
  const [row] = await rows(connection, `SELECT json_deserialize_sql(${literal(json)}) AS text`);
  return String(row?.['text']).replace(/^SELECT 1 WHERE /, '');
}

async function rows(connection: DuckDBConnection, sql: string): Promise<readonly AggregateRow[]> {
  try {
    const reader = await connection.runAndReadAll(sql);
    return reader
      .getRowObjectsJS()
      .map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])),
      );
  } catch (cause) {
    const said = messageOf(cause);
    throw new CountersignError(
      'evaluate/query',
      `DuckDB could not run the query: ${said}`,
      queryFix(said),
      { cause },
    );
  }
}

/** Most predicates that fail compare text with a number: every column of a CSV file is text. */
function queryFix(said: string): string {
  if (/could not convert/i.test(said))
    return 'a row holds what is no number: write TRY_CAST(age AS INTEGER) in the slice, which makes it missing';
  if (/\bVARCHAR\b/.test(said))
    return 'columns of CSV files are text: write the type in the slice or in where, such as CAST(age AS INTEGER) < 30';
  return 'look at the columns and the slices of the evaluation';
}

function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint')
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
  return typeof value === 'number' ? value : String(value);
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The engine's first line without the place in a query that nobody wrote. */
function messageOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
}
