import { gzipSync } from 'node:zlib';
import type { CsvOptions } from '../../src/app/ports.ts';

export const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
export const refused: readonly (readonly [
  what: string,
  path: string,
  content: string | Uint8Array,
  said: RegExp,
  csv?: CsvOptions,
])[] = [
  [
    'a pointer of git LFS',
    'p.parquet',
    pointer,
    /pointer of git LFS.*git lfs pull --include=p\.parquet/,
  ],
  ['a pointer of git LFS as CSV', 'p.csv', pointer, /pointer of git LFS/],
  ['semicolons', 'q.csv', 'id;g\n1;2\n', /semicolons.*csv: \{delimiter: ";"\}/],
  [
    'a row that was appended',
    'r.csv',
    'id,g\n1,2\nid,g,x\n3,4,5\n',
    /line 3 has 3 cells, and the header names 2 columns/,
  ],
  ['a title', 's.csv', 'Scores\nid,g\n1,2\n', /line 2 has 2 cells.*csv: \{header: 2\}/],
  [
    'UTF-16',
    't.csv',
    Buffer.from('\uFEFFid,g\n1,a\n', 'utf16le'),
    /UTF-16.*csv: \{encoding: utf-16\}/,
  ],
  [
    'Latin-1',
    'u.csv',
    Buffer.from('id,g\n1,a\n2,caf\xe9\n', 'latin1'),
    /line 3 is not UTF-8.*latin-1/,
  ],
  ['gzip under another name', 'v.csv', gzipSync('id,g\n1,a\n'), /compressed with gzip/],
  [
    'gzip that is cut off',
    'w.csv.gz',
    gzipSync(`id,g\n${'1,a\n'.repeat(99)}`).subarray(0, 20),
    /gzip stream/,
  ],
  ['Parquet under another name', 'x.csv', 'PAR1xxxxxxxxxx', /it is Parquet, and its name says CSV/],
  ['a workbook', 'y.csv', Buffer.from([0x50, 0x4b, 3, 4, 0]), /workbook/],
  ['a name that says nothing', 'y.xlsx', 'x', /its name says neither CSV, Parquet nor JSON/],
  ['cut Parquet', 'z.parquet', 'PAR1xxxxxxxxxx', /cut off/],
  [
    'JSON by columns',
    'a1.json',
    '{"a":{"0":1},"b":{"0":2}}',
    /column by column.*orient="records", lines=True/,
  ],
  ['JSON that is cut off', 'a2.jsonl', '{"a":1}\n{"a":', /line 2 is not closed/],
  ['JSON that is broken inside', 'a3.jsonl', '{"a":1}\n{"a":tru}\n', /cannot be read/],
  ['an unclosed quote', 'a4.csv', 'id,g\n1,"a\n2,b\n', /opens on line 2/],
  ['quotes with a backslash', 'a5.csv', 'id,g\n1,"a\\"b"\n', /line 2.*twice/],
  ['mixed line ends', 'a6.csv', 'id,g\r\n1,a\n', /line 2 ends otherwise/],
  ['a cell of megabytes', 'a7.csv', `id,g\n1,${'x'.repeat(2_500_000)}\n`, /cannot be read/],
];
