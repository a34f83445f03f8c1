import { closeSync, openSync, writeSync } from 'node:fs';
import {
  copyFile,
  type FileHandle,
  lstat,
  mkdtemp,
  open,
  readdir,
  realpath,
  rm,
  symlink,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import type { AbortSignalLike, CsvOptions, EngineTable } from '../app/ports.ts';
import { CsvRecords } from '../core/reports/csv-records.ts';
import { contentOf, dataFormat, type DataFormat } from '../core/reports/data-format.ts';
import { isPart } from '../core/reports/data-parts.ts';
import { JsonRecords, type JsonShape } from '../core/reports/json-records.ts';
import { footerLength, parquetRows } from '../core/reports/parquet-rows.ts';
import { readText, type TextPlace } from './read-text.ts';
import { unreadable } from './unreadable.ts';

/** A data file of the repository as it was found: where its bytes lie, how they are written, and the rows that we counted in it. */
export type DataFile = {
  /** Absolute; more than one for the parts of a folder. */
  readonly parts: readonly string[];
  /** Counted without the engine. */
  readonly rows: number;
  /** Takes away what was made for the engine to read. */
  readonly remove?: () => Promise<void>;
} & (
  | {
      readonly kind: 'csv';
      readonly columns: readonly string[];
      readonly skip: number;
      readonly header: boolean;
      readonly delimiter: string;
      readonly gzip: boolean;
      readonly decimalComma: boolean;
    }
  | {
      readonly kind: 'json';
      readonly columns: readonly string[];
      readonly form: JsonShape['form'];
      readonly gzip: boolean;
    }
  | { readonly kind: 'parquet' }
);

/**
 * Looks at a data file before any engine does: what it is, what its columns are called, and how many rows it has.
 *
 * @throws CountersignError `evaluate/no-file`, `evaluate/path-outside`, or `evaluate/unreadable` with the line and the reason, or `evaluate/cancelled`
 */
export async function readDataFile(
  top: string,
  table: EngineTable,
  signal?: AbortSignalLike,
): Promise<DataFile> {
  return plainlyNamed(await openDataFile(top, table, signal));
}

async function openDataFile(
  top: string,
  { path, csv = {} }: EngineTable,
  signal: AbortSignalLike | undefined,
): Promise<DataFile> {
  const absolute = join(top, path);
  const stat = await lstat(absolute).catch(() => null);
  if (stat === null) throw await missing(top, path);
  if (
    !(stat.isFile() || stat.isDirectory()) ||
    (await realpath(absolute)) !== join(await realpath(top), path)
  )
    throw new CountersignError(
      'evaluate/path-outside',
      `${path} is not a plain file inside the repository`,
      'put the data into the repository, or name it by a table of a connection',
    );
  if (stat.isDirectory()) return folderFile(absolute, path);
  const format = dataFormat(path);
  if (format === null) throw unreadable(path, { kind: 'name' });
  const content = contentOf(await beginning(absolute));
  const stated = format.kind === 'csv' && csv.encoding !== undefined && csv.encoding !== 'utf-8';
  if (content !== null && content !== contentFor(format, stated))
    throw unreadable(path, { kind: 'content', is: content, as: nameOf(format) });
  if (format.kind === 'parquet')
    return { kind: 'parquet', parts: [absolute], rows: await footerRows(absolute, path) };
  return format.kind === 'csv'
    ? csvFile({ absolute, path, signal }, format, csv)
    : jsonFile({ absolute, path, signal }, format);
}

/** What the first bytes of a file of this format show; null of plain text. */
function contentFor(format: DataFormat, stated: boolean): 'Parquet' | 'gzip' | 'UTF-16' | null {
  if (format.kind === 'parquet') return 'Parquet';
  if (format.gzip) return 'gzip';
  return stated ? 'UTF-16' : null;
}

function nameOf(format: DataFormat): string {
  return format.kind === 'parquet'
    ? 'Parquet'
    : `${format.kind.toUpperCase()}${format.gzip ? ', compressed' : ''}`;
}

async function missing(top: string, path: string): Promise<CountersignError> {
  const parts = path.split('/');
  for (let length = parts.length; length > 0; length--) {
    const pointer = `${parts.slice(0, length).join('/')}.dvc`;
    if ((await lstat(join(top, pointer)).catch(() => null))?.isFile())
      return unreadable(path, { kind: 'dvc', pointer });
  }
  return new CountersignError(
    'evaluate/no-file',
    `there is no file ${path}`,
    'make the predictions first, or mend data in the evaluation',
  );
}

/** Parts of one Parquet table side by side. Names that begin with a dot or an underscore are marks of the writer. */
async function folderFile(absolute: string, path: string): Promise<DataFile> {
  const entries = (await readdir(absolute, { withFileTypes: true }))
    .filter(({ name }) => !/^[._]/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const other = entries.find((entry) => !entry.isFile() || !isPart(entry.name));
  if (other || entries.length === 0)
    throw unreadable(path, { kind: 'folder', holds: other?.name ?? null });
  const parts = entries.map(({ name }) => join(absolute, name));
  let rows = 0;
  for (const [index, part] of parts.entries()) {
    const shown = `${path}/${entries[index]?.name}`;
    const content = contentOf(await beginning(part));
    if (content !== null && content !== 'Parquet')
      throw unreadable(shown, { kind: 'content', is: content, as: 'Parquet' });
    rows += await footerRows(part, shown);
  }
  return { kind: 'parquet', parts, rows };
}

async function beginning(absolute: string): Promise<Uint8Array> {
  return withHandle(absolute, async (file) => {
    const { buffer, bytesRead } = await file.read(new Uint8Array(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  });
}

async function footerRows(absolute: string, path: string): Promise<number> {
  const rows = await withHandle(absolute, async (file) => {
    const { size } = await file.stat();
    const read = async (length: number, position: number): Promise<Uint8Array> => {
      const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    };
    const length = size < 12 ? null : footerLength(await read(8, size - 8));
    if (length === null || length > size - 12) return null;
    return parquetRows(await read(length, size - 8 - length));
  });
  if (rows === null) throw unreadable(path, { kind: 'parquet cut' });
  return rows;
}

async function withHandle<T>(absolute: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(absolute);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function csvFile(
  place: TextPlace,
  format: Extract<DataFormat, { kind: 'csv' }>,
  { delimiter = format.delimiter, header = 1, encoding = 'utf-8', decimal }: CsvOptions,
): Promise<DataFile> {
  const line = Number(header) || null;
  const records = new CsvRecords({ delimiter, header: line });
  const copy = encoding === 'utf-8' ? null : await temporaryFile();
  try {
    await readText(place, { gzip: format.gzip, encoding }, (text) => {
      if (copy) writeSync(copy.file, text);
      return records.push(text);
    });
  } catch (error) {
    await copy?.remove();
    throw error;
  } finally {
    if (copy) closeSync(copy.file);
  }
  const shape = records.end();
  if ('kind' in shape) {
    await copy?.remove();
    throw unreadable(place.path, shape);
  }
  return {
    kind: 'csv',
    parts: [copy?.path ?? place.absolute],
    ...shape,
    header: line !== null,
    delimiter,
    gzip: format.gzip && copy === null,
    decimalComma: decimal === ',',
    ...(copy ? { remove: copy.remove } : {}),
  };
}

/** The engine takes a name for a pattern that may stand for other files: such files are read by another name. */
async function plainlyNamed(file: DataFile): Promise<DataFile> {
  if (!file.parts.some((part) => /[[\]*?{}]/.test(part))) return file;
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-names-')));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const parts = await Promise.all(
      file.parts.map(async (part, index) => {
        const plain = join(folder, `part-${index}`);
        // Not every machine lets everybody make links.
        await symlink(part, plain).catch(() => copyFile(part, plain));
        return plain;
      }),
    );
    const both = async (): Promise<void> => {
      await file.remove?.();
      await remove();
    };
    return { ...file, parts, remove: both };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Where a file stands in UTF-8 that is written otherwise: the engine reads no other encoding. */
async function temporaryFile(): Promise<{
  readonly path: string;
  readonly file: number;
  readonly remove: () => Promise<void>;
}> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-text-')));
  const path = join(folder, 'rows.csv');
  return {
    path,
    file: openSync(path, 'wx'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function jsonFile(
  place: TextPlace,
  { gzip }: Extract<DataFormat, { kind: 'json' }>,
): Promise<DataFile> {
  const records = new JsonRecords();
  await readText(place, { gzip, encoding: 'utf-8' }, (text) => records.push(text));
  const shape = records.end();
  if ('kind' in shape) throw unreadable(place.path, shape);
  return { kind: 'json', parts: [place.absolute], ...shape, gzip };
}
