import { gzipSync } from 'node:zlib';
import type { CsvOptions } from '../../src/app/ports.ts';

export const read: readonly (readonly [
  what: string,
  path: string,
  content: string | Uint8Array,
  rows: readonly object[],
  csv?: CsvOptions,
])[] = [
  [
    '# begins no comment',
    'a.csv',
    'id,g\n1,#a\n#2,b\n',
    [
      { id: '1', g: '#a' },
      { id: '#2', g: 'b' },
    ],
  ],
  ['a folder named like a column is no value', 'g=x/a.csv', 'id,g\n1,a\n', [{ id: '1', g: 'a' }]],
  ['nor is one of a JSON file', 'g=x/id=7/a.jsonl', '{"id":1}\n', [{ id: '1' }]],
  [
    'only an empty cell is missing',
    'b.csv',
    'id,g\nNULL,\nNA,"nan"\n',
    [
      { id: 'NULL', g: null },
      { id: 'NA', g: 'nan' },
    ],
  ],
  ['a byte-order mark is no part of a name', 'c.csv', '\uFEFFid,g\n1,a\n', [{ id: '1', g: 'a' }]],
  ['characters of patterns are characters', 's[1]*?.csv', 'id\nright\n', [{ id: 'right' }]],
  ['so are those of a folder', 'x[1]/{a,b}.csv', 'id\nright\n', [{ id: 'right' }]],
  ['tabs in .tsv', 'a.tsv', 'id\tg\n1\ta,b\n', [{ id: '1', g: 'a,b' }]],
  ['gzip by its name', 'a.csv.gz', gzipSync('id,g\n1,a\n'), [{ id: '1', g: 'a' }]],
  ['JSON with gzip', 'a.jsonl.gz', gzipSync('{"id":1}\n{"id":2}\n'), [{ id: '1' }, { id: '2' }]],
  ['a stated delimiter', 'd.csv', 'id;g\n1;a,b\n', [{ id: '1', g: 'a,b' }], { delimiter: ';' }],
  [
    'a decimal comma',
    'e.csv',
    'id;p\n1;0,25\n2;a,5\n',
    [
      { id: '1', p: '0.25' },
      { id: '2', p: 'a,5' },
    ],
    { delimiter: ';', decimal: ',' },
  ],
  [
    'a header further down',
    'f.csv',
    'Scores, May\n\nid,g\n1,a\n',
    [{ id: '1', g: 'a' }],
    { header: 3 },
  ],
  [
    'no header',
    'g.csv',
    '1,a\n2,b\n',
    [
      { column0: '1', column1: 'a' },
      { column0: '2', column1: 'b' },
    ],
    { header: false },
  ],
  [
    'Latin-1 where it is stated',
    'h.csv',
    Buffer.from('id,g\n1,caf\xe9\n', 'latin1'),
    [{ id: '1', g: 'café' }],
    { encoding: 'latin-1' },
  ],
  [
    'UTF-16 where it is stated',
    'i.csv',
    Buffer.from('\uFEFFid,g\n1,é\n', 'utf16le'),
    [{ id: '1', g: 'é' }],
    { encoding: 'utf-16' },
  ],
  [
    'JSON texts as they are',
    'a.jsonl',
    '{"d":"01-02-2024","t":"18:30","u":"AAAAAAAA-0000-4000-8000-00000000000A","z":"007"}\n',
    [{ d: '01-02-2024', t: '18:30', u: 'AAAAAAAA-0000-4000-8000-00000000000A', z: '007' }],
  ],
  [
    'a JSON number that is none is missing, a text is a text',
    'b.jsonl',
    '{"n":NaN,"t":"NaN","l":null}\n',
    [{ n: null, t: 'NaN', l: null }],
  ],
  [
    'JSON names with signs of paths',
    'c.jsonl',
    '{"a/b~c":1,"x.y":"z","$":true,"\\"":2}\n',
    [{ 'a/b~c': '1', 'x.y': 'z', $: 'true', '"': '2' }],
  ],
  [
    'a JSON name that comes late',
    'd.jsonl',
    `${'{"a":1}\n'.repeat(30_000)}{"a":"x","b":2}\n`,
    [...Array<object>(30_000).fill({ a: '1', b: null }), { a: 'x', b: '2' }],
  ],
  [
    'JSON objects over several lines',
    'e.json',
    '{\n"a":1\n}\n{"a":2} {"a":3}\n',
    [{ a: '1' }, { a: '2' }, { a: '3' }],
  ],
  ['a JSON array', 'f.json', '[{"a":1},\n{"a":2}]', [{ a: '1' }, { a: '2' }]],
];
