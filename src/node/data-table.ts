import { basename } from 'node:path';
import type { DuckDBConnection, DuckDBResultReader } from '@duckdb/node-api';
import { CountersignError } from '../app/errors.ts';
import type { AggregateRow } from '../app/ports.ts';
import type { DataFile } from './data-file.ts';
import {
  describedIndex,
  type FileNames,
  type FileView,
  identifier,
  literal,
  parquetSource,
  parquetView,
  textView,
  topLevelNames,
} from './file-view.ts';
import { unreadable } from './unreadable.ts';

/** A table's name, the path that the evaluation names, and what was found there. */
export type NamedFile = { readonly name: string; readonly path: string; readonly file: DataFile };

/** Makes a view of a file; gives the names in it that no query can use. */
export async function openTable(
  connection: DuckDBConnection,
  { name, path, file }: NamedFile,
): Promise<FileNames> {
  try {
    const view =
      file.kind === 'parquet' ? await parquetViewOf(connection, path, file) : textView(file);
    await connection.run(`CREATE VIEW ${identifier(name)} AS ${view.select}`);
    return view;
  } catch (cause) {
    if (cause instanceof CountersignError) throw cause;
    throw unreadable(path, { kind: 'engine', said: saidOf(cause, file, path) }, cause);
  }
}

async function parquetViewOf(
  connection: DuckDBConnection,
  path: string,
  file: Extract<DataFile, { kind: 'parquet' }>,
): Promise<FileView> {
  const describe = async (part: typeof file): Promise<readonly AggregateRow[]> =>
    rowsOf(await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${parquetSource(part)}`));
  const described = await describe({ ...file, parts: file.parts.slice(0, 1) });
  for (const part of file.parts.slice(1))
    if (JSON.stringify(await describe({ ...file, parts: [part] })) !== JSON.stringify(described))
      throw unreadable(path, {
        kind: 'parts differ',
        parts: [basename(file.parts[0] ?? ''), basename(part)],
      });
  const nodes = rowsOf(
    await connection.runAndReadAll(
      `SELECT name, num_children AS children FROM parquet_schema(${literal(file.parts[0] ?? '')})`,
    ),
  );
  const [pandas] = rowsOf(
    await connection.runAndReadAll(
      `SELECT decode(value) AS said FROM parquet_kv_metadata(${literal(file.parts[0] ?? '')}) WHERE decode(key) = 'pandas'`,
    ),
  );
  const view = parquetView(
    parquetSource(file),
    described.map((row) => ({
      name: String(row['column_name']),
      type: String(row['column_type']),
    })),
    topLevelNames(
      nodes.map(({ name, children }) => ({ name: String(name), children: Number(children ?? 0) })),
    ),
  );
  return { ...view, index: describedIndex(pandas ? String(pandas['said']) : null) };
}

/** Holds the rows that the engine reads against those that were counted in the file. */
export async function checkRows(
  connection: DuckDBConnection,
  { name, path, file }: NamedFile,
): Promise<void> {
  let read: number;
  try {
    const [column] = rowsOf(await connection.runAndReadAll(`DESCRIBE ${identifier(name)}`));
    const value = identifier(String(column?.['column_name']));
    // The rows themselves, and not a number that the file says of them.
    const [row] = rowsOf(
      await connection.runAndReadAll(
        `SELECT count(${value}) + coalesce(sum(CASE WHEN ${value} IS NULL THEN 1 ELSE 0 END), 0) AS n FROM ${identifier(name)}`,
      ),
    );
    read = Number(row?.['n']);
  } catch (cause) {
    throw unreadable(path, { kind: 'engine', said: saidOf(cause, file, path) }, cause);
  }
  if (read !== file.rows) throw unreadable(path, { kind: 'count', counted: file.rows, read });
}

/** What the engine says of a file, in one line, by the path that the evaluation names. */
function saidOf(cause: unknown, { parts }: DataFile, path: string): string {
  const lines = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  const end = lines.findIndex((line) => /^(Possible|\s+file = )/.test(line));
  const said = lines
    .slice(0, end === -1 ? 1 : end)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('; ');
  return parts.reduce((text, part) => text.replaceAll(part, path), said).slice(0, 300);
}

/** The rows of an answer as plain cells. */
export function rowsOf(reader: DuckDBResultReader): readonly AggregateRow[] {
  return reader
    .getRowObjectsJS()
    .map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])),
    );
}

function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint')
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
  return typeof value === 'number' ? value : String(value);
}
