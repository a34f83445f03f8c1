import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { CountersignError } from '../../src/app/errors.ts';
import type { CsvOptions } from '../../src/app/ports.ts';
import { openDuckdb } from '../../src/node/duckdb-engine.ts';

let top = '';
before(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-engine-')));
});
after(() => rmSync(top, { recursive: true, force: true }));

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), content);
}

async function putParquet(path: string, select: string, pandas = '{}'): Promise<void> {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `COPY (${select}) TO '${join(top, path)}' (FORMAT parquet, KV_METADATA {pandas: '${pandas}'})`,
  );
  connection.closeSync();
}

/** Each row of a file as its values by name, as text. */
async function rowsOf(
  path: string,
  csv?: CsvOptions,
): Promise<readonly Readonly<Record<string, string | number | null>>[]> {
  const engine = await openDuckdb(top, { side: { path, csv } });
  try {
    const columns = await engine.columns('side');
    const texts = columns
      .map((name) => `"${name.replaceAll('"', '""')}"`)
      .map((name) => `CAST(${name} AS VARCHAR) AS ${name}`);
    return await engine.aggregate(`SELECT ${texts.join(', ')} FROM side`);
  } finally {
    await engine.close();
  }
}

const read: readonly (readonly [
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

for (const [what, path, content, rows, csv] of read)
  test(`read as it is: ${what}`, async () => {
    put(path, content);
    assert.deepEqual(await rowsOf(path, csv), rows);
  });

test('a file beside a name with signs of patterns is never opened', async () => {
  put('scores[1].csv', 'id\nright\n');
  put('scores1.csv', 'id\nwrong\n');
  assert.deepEqual(await rowsOf('scores[1].csv'), [{ id: 'right' }]);
});

test('Parquet: NaN is missing, minus zero is zero, folders say nothing', async () => {
  await putParquet(
    'g=9/a.parquet',
    "SELECT unnest(['nan'::DOUBLE, -0.0, 0.5]) AS g, unnest(['nan'::FLOAT, -0.0, 0.5]) AS f",
  );
  assert.deepEqual(await rowsOf('g=9/a.parquet'), [
    { g: null, f: null },
    { g: '0.0', f: '0.0' },
    { g: '0.5', f: '0.5' },
  ]);
});

test('parts of Parquet in a folder are one table; marks of the writer are none of them', async () => {
  await putParquet('preds.parquet/part-1.parquet', 'SELECT 2 AS id');
  await putParquet('preds.parquet/part-0.parquet', 'SELECT 1 AS id');
  put('preds.parquet/_SUCCESS', '');
  assert.deepEqual(await rowsOf('preds.parquet'), [{ id: '1' }, { id: '2' }]);
  await putParquet('preds.parquet/part-2.parquet', 'SELECT 3 AS other');
  await assert.rejects(rowsOf('preds.parquet'), /part-0.parquet and part-2.parquet/);
});

const indexes: readonly (readonly [what: string, pandas: string, index: string | null])[] = [
  ['counts and has a name', '{"index_columns":[{"kind":"range","name":"id","start":0}]}', 'id'],
  ['counts and has no name', '{"index_columns":[{"kind":"range","name":null}]}', null],
  ['is a column', '{"index_columns":["id"]}', null],
  ['is not told', '{"index_columns":{}}', null],
  ['is told by what is no JSON', '{', null],
];

for (const [what, pandas, index] of indexes)
  test(`Parquet: an index of pandas that ${what}`, async () => {
    await putParquet('indexed.parquet', 'SELECT 1 AS label', pandas);
    const engine = await openDuckdb(top, { side: { path: 'indexed.parquet' } });
    assert.equal(engine.describedIndex('side'), index);
    await engine.close();
  });

test('a question under a signal that was given does not begin', async () => {
  put('one.csv', 'id\n1\n');
  const engine = await openDuckdb(top, { side: { path: 'one.csv' } });
  await assert.rejects(
    engine.aggregate('SELECT count(*) AS n FROM side', { signal: AbortSignal.abort() }),
    (error: CountersignError) => error.code === 'evaluate/cancelled',
  );
  await engine.close();
});

test('the first reading of a file ends under a signal, in the middle of it', async () => {
  const csv = `id,y\n${'1,1\n'.repeat(400_000)}`;
  put('long.csv', csv);
  put('long.csv.gz', gzipSync(csv));
  put('long.jsonl', '{"id":1,"y":1}\n'.repeat(200_000));
  for (const [path, options] of [
    ['long.csv', {}],
    ['long.csv.gz', {}],
    ['long.jsonl', {}],
    ['long.csv', { encoding: 'latin-1' }],
  ] as const) {
    let asked = 0;
    const signal = {
      get aborted(): boolean {
        return ++asked > 2;
      },
      addEventListener: () => {},
      removeEventListener: () => {},
    };
    await assert.rejects(
      openDuckdb(top, { side: { path, csv: options } }, signal),
      (error: CountersignError) => error.code === 'evaluate/cancelled',
    );
    assert.equal(asked, 3, path);
  }
});

test('a time with a zone is the same text on every machine', async () => {
  await putParquet('t.parquet', 'SELECT to_timestamp(1769882400) AS t');
  const zone = process.env['TZ'];
  try {
    for (const name of ['UTC', 'Asia/Tokyo', 'America/New_York']) {
      process.env['TZ'] = name;
      assert.deepEqual(await rowsOf('t.parquet'), [{ t: '2026-01-31 18:00:00+00' }]);
    }
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});

test('columns that differ by case alone are told, and the others are read', async () => {
  put('two.csv', 'id,Label,label,g\n1,a,b,c\n');
  await putParquet('two.parquet', 'SELECT 1 AS id, 2 AS g');
  const engine = await openDuckdb(top, { side: { path: 'two.csv' } });
  assert.deepEqual(engine.doubled('side'), ['Label', 'label']);
  assert.deepEqual(await engine.columns('side'), ['id', 'g']);
  await engine.close();
});

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
const refused: readonly (readonly [
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

for (const [what, path, content, said, csv] of refused)
  test(`refused in our words: ${what}`, async () => {
    put(path, content);
    await assert.rejects(rowsOf(path, csv), (error: CountersignError) => {
      const text = `${error.message} ${error.fix}`.replaceAll('\n', ' ');
      assert.equal(error.code, 'evaluate/unreadable');
      assert.match(text, said);
      assert.ok(!text.includes(top), 'no absolute path');
      return true;
    });
  });

test('refused: a folder that holds something else, and data that only DVC has', async () => {
  put('other/part.csv', 'id\n1\n');
  await assert.rejects(rowsOf('other'), /a folder with part.csv in it/);
  put('far.parquet.dvc', 'outs:\n- path: far.parquet\n');
  await assert.rejects(rowsOf('far.parquet'), /far.parquet.dvc is a pointer of DVC/);
});

test('a copy in UTF-8 is gone with the engine, also where the file is refused', async () => {
  const copies = (): readonly string[] =>
    readdirSync(tmpdir()).filter((name) => name.startsWith('countersign-text-'));
  const before = copies();
  await rowsOf('h.csv', { encoding: 'latin-1' });
  put('bad.csv', Buffer.from('id,g\n1\xe9\n', 'latin1'));
  await assert.rejects(rowsOf('bad.csv', { encoding: 'latin-1' }), CountersignError);
  assert.deepEqual(copies(), before);
});

test('only the named files can be read, and nothing can be set', async () => {
  put('secret.csv', 'id\n1\n');
  put('open.csv', 'id\n1\n');
  const engine = await openDuckdb(top, { side: { path: 'open.csv' } });
  const ask = (sql: string): Promise<unknown> => engine.aggregate(sql);
  await assert.rejects(
    ask(`SELECT * FROM read_csv('${join(top, 'secret.csv')}')`),
    CountersignError,
  );
  await assert.rejects(ask(`SELECT * FROM glob('${top}/*')`), CountersignError);
  await assert.rejects(ask("SET TimeZone='Asia/Tokyo'"), CountersignError);
  await assert.rejects(ask('SELECT 1; SELECT 2'), CountersignError);
  await engine.close();
});
