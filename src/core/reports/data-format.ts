/** What a data file is by its name. `delimiter` separates the cells where the evaluation states no other. */
export type DataFormat =
  | { readonly kind: 'csv'; readonly delimiter: string; readonly gzip: boolean }
  | { readonly kind: 'json'; readonly gzip: boolean }
  | { readonly kind: 'parquet' };

/** The format that a file's name says; null where it says none that is read. Compression inside Parquet is Parquet's own. */
export function dataFormat(path: string): DataFormat | null {
  const text = /\.(csv|tsv|tab|json|jsonl|ndjson)(\.gz|\.gzip)?$/i.exec(path);
  if (text) {
    const gzip = text[2] !== undefined;
    const name = text[1]?.toLowerCase();
    if (name === 'csv') return { kind: 'csv', delimiter: ',', gzip };
    if (name === 'tsv' || name === 'tab') return { kind: 'csv', delimiter: '\t', gzip };
    return { kind: 'json', gzip };
  }
  return /\.(parquet|pq|parq)(\.(gz|gzip|snappy|zstd|zst|brotli|lz4))?$/i.test(path)
    ? { kind: 'parquet' }
    : null;
}

/** What the first bytes of a file say that it is, where that is none of CSV and JSON. */
export type Content =
  | 'a pointer of git LFS'
  | 'gzip'
  | 'zip'
  | 'Parquet'
  | 'encrypted Parquet'
  | 'zstd'
  | 'UTF-16';

const beginnings: readonly (readonly [Content, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['Parquet', [0x50, 0x41, 0x52, 0x31]],
  ['encrypted Parquet', [0x50, 0x41, 0x52, 0x45]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['UTF-16', [0xff, 0xfe]],
  ['UTF-16', [0xfe, 0xff]],
];

const pointer = 'version https://git-lfs.github.com/spec/v1\n';

/** What the beginning of a file says of its content; null where it may be text. */
export function contentOf(beginning: Uint8Array): Content | null {
  const found = beginnings.find(([, bytes]) =>
    bytes.every((byte, index) => beginning[index] === byte),
  );
  if (found) return found[0];
  const text = String.fromCharCode(...beginning.subarray(0, pointer.length));
  return text === pointer ? 'a pointer of git LFS' : null;
}
