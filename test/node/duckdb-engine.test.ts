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
import { read } from './read-rows.ts';
import { refused } from './refused-files.ts';

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
