import type { DuckDBConnection } from '@duckdb/node-api';
import { CountersignError } from '../app/errors.ts';
import type { AbortSignalLike, AggregateRow, Engine, EngineTables } from '../app/ports.ts';
import { predicateConditions, predicateProblem } from '../core/reports/predicate.ts';
import { readDataFile } from './data-file.ts';
import { evaluationCancelled } from './evaluation-cancelled.ts';
import { checkRows, type NamedFile, openTable, rowsOf } from './data-table.ts';
import { type FileNames, identifier, literal } from './file-view.ts';

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
 * no extensions, no settings. What a predicate from a stranger's branch asks for beyond that, the engine refuses too. Every
 * file is read before, and the rows that the engine finds in it are those that were counted there.
 *
 * @param signal ends the first reading of the files too, with CountersignError `evaluate/cancelled`
 */
export async function openDuckdb(
  top: string,
  tables: EngineTables,
  signal?: AbortSignalLike,
): Promise<Engine> {
  const { DuckDBInstance } = await library();
  const files = await readDataFiles(top, tables, signal);
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: '2',
    memory_limit: `${megabytes}MB`,
    temp_directory: '',
  });
  const connection = await instance.connect();
  const close = async (): Promise<void> => {
    connection.closeSync();
    instance.closeSync();
    for (const { file } of files) await file.remove?.();
  };
  try {
    // A time with a zone is the same text on every machine.
    await connection.run("SET TimeZone='UTC'");
    const names = new Map<string, FileNames>();
    for (const named of files) names.set(named.name, await openTable(connection, named));
    const paths = files.flatMap(({ file }) => file.parts);
    await connection.run(`SET allowed_paths=[${paths.map(literal).join(', ')}]`);
    await connection.run('SET enable_external_access=false');
    await connection.run('SET lock_configuration=true');
    for (const named of files) await checkRows(connection, named);
    return engineOf(connection, names, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function readDataFiles(
  top: string,
  tables: EngineTables,
  signal: AbortSignalLike | undefined,
): Promise<readonly NamedFile[]> {
  const files: NamedFile[] = [];
  try {
    for (const [name, table] of Object.entries(tables))
      files.push({ name, path: table.path, file: await readDataFile(top, table, signal) });
    return files;
  } catch (error) {
    for (const { file } of files) await file.remove?.();
    throw error;
  }
}

function engineOf(
  connection: DuckDBConnection,
  names: ReadonlyMap<string, FileNames>,
  close: () => Promise<void>,
): Engine {
  return {
    name: 'duckdb',
    version: duckdbVersion,
    columns: async (table) => [...(await typesOf(connection, table)).keys()],
    types: (table) => typesOf(connection, table),
    doubled: (table) => names.get(table)?.doubled ?? [],
    describedIndex: (table) => names.get(table)?.index ?? null,
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
      if (options?.signal?.aborted) throw evaluationCancelled();
      // An interrupt that comes before the query has begun is lost: it is sent until the query has ended.
      let interrupts: ReturnType<typeof setInterval> | null = null;
      const interrupt = (): void => {
        connection.interrupt();
        interrupts ??= setInterval(() => connection.interrupt(), 50);
      };
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
        throw options?.signal?.aborted ? evaluationCancelled(cause) : cause;
      } finally {
        options?.signal?.removeEventListener('abort', interrupt);
        if (interrupts) clearInterval(interrupts);
        if (watch) clearInterval(watch);
      }
    },
    close,
  };
}

async function typesOf(
  connection: DuckDBConnection,
  table: string,
): Promise<ReadonlyMap<string, string>> {
  const described = await rows(connection, `DESCRIBE ${identifier(table)}`);
  return new Map(
    described.map((row) => [String(row['column_name']), String(row['column_type'])] as const),
  );
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
    return rowsOf(await connection.runAndReadAll(sql));
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

/** Most predicates that fail compare text with a number: every column of a CSV or JSON file is text. */
function queryFix(said: string): string {
  if (/could not convert/i.test(said))
    return 'a row holds what is no number: write TRY_CAST(age AS INTEGER) in the slice, which makes it missing';
  if (/\bVARCHAR\b/.test(said))
    return 'columns of CSV and JSON files are text: write the type in the slice or in where, such as CAST(age AS INTEGER) < 30';
  return 'look at the columns and the slices of the evaluation';
}

/** The engine's first line without the place in a query that nobody wrote. */
function messageOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
}
