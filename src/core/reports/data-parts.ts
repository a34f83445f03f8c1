import { sha256Hex } from '../gate/change-digest.ts';
import { dataFormat } from './data-format.ts';

/** A file of a folder that is measured as one table. */
export type DataPart = { readonly name: string; readonly sha256: string };

/** Whether a file that lies in a folder of data is a part of its table: Parquet, and no mark of the writer. */
export function isPart(name: string): boolean {
  return !/^[._]/.test(name) && !name.includes('/') && dataFormat(name)?.kind === 'parquet';
}

/**
 * The digest of a folder of parts: SHA-256 of a line for each, its own digest, two spaces and its name, sorted by name, as
 * `sha256sum` writes them.
 */
export function partsDigest(parts: readonly DataPart[]): string {
  const lines = [...parts]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`);
  return sha256Hex(new TextEncoder().encode(lines.join('')));
}
