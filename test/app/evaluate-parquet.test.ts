/** Predictions and labels of two kinds of file: what is a number in one is text in the other. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DuckDBInstance } from '@duckdb/node-api';
import type { CountersignError } from '../../src/app/errors.ts';
import { runEvaluation } from './run-evaluation.ts';

const people =
  'SELECT i AS id, i % 4 // 2 AS label, i % 2 AS "group", i % 60 AS age FROM range(200) t(i)';
const answers = 'SELECT id, CASE WHEN id % 5 = 0 THEN 1 - label ELSE label END AS prediction';

/** What a query gives, as the bytes of a Parquet file or the text of another. */
async function written(select: string, options: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-written-'));
  try {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (${select}) TO '${join(folder, 'file')}' (${options})`);
    connection.closeSync();
    return readFileSync(join(folder, 'file'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kinds = { parquet: 'FORMAT parquet', csv: 'FORMAT csv, HEADER', jsonl: 'FORMAT json' };
type Kind = keyof typeof kinds;

const pairs: readonly (readonly [predictions: Kind, labels: Kind, more: string])[] = [
  ['csv', 'parquet', ''],
  ['parquet', 'csv', ''],
  ['parquet', 'jsonl', ', age'],
  ['jsonl', 'parquet', ', age, "group"'],
  ['parquet', 'parquet', ', CAST(age AS DOUBLE) AS age'],
  ['parquet', 'csv', ', prediction = 1 AS label'],
];

for (const [predictions, labels, more] of pairs)
  test(`predictions in ${predictions}, labels in ${labels}${more}`, async () => {
    const [p, l] = [`p.${predictions}`, `l.${labels}`];
    const files = {
      [p]: await written(`${answers}${more} FROM (${people})`, kinds[predictions]),
      [l]: await written(people, kinds[labels]),
    };
    const { result } = await runEvaluation(files, {
      data: { candidate: { path: p, labels: { path: l }, where: 'CAST(age AS INTEGER) < 30' } },
      columns: { label: 'label', prediction: 'prediction', key: 'id' },
      groups: [['group']],
    });
    const { overall, groups } = result.models.candidate ?? {};
    // 110 people are younger than 30; every fifth of them is answered wrongly.
    assert.equal(overall?.n, 110);
    assert.equal(overall?.metrics['accuracy']?.value, 0.8);
    assert.deepEqual(
      groups?.map(({ by, n }) => [by['group'], n]),
      [
        ['0', 55],
        ['1', 55],
      ],
    );
  });

test('an index of pandas that is no column is told with the step that makes it one', async () => {
  const pandas = '{"index_columns":[{"kind":"range","name":"id"}]}';
  const bytes = await written(
    `SELECT label, label AS prediction FROM (${people})`,
    `FORMAT parquet, KV_METADATA {pandas: '${pandas}'}`,
  );
  const told = (record: object): Promise<void> =>
    assert.rejects(
      runEvaluation(
        { 'p.parquet': bytes },
        {
          data: { candidate: { path: 'p.parquet', ...record } },
          columns: { label: 'label', prediction: 'prediction' },
          groups: [['id']],
        },
      ),
      ({ fix }: CountersignError) => /df\.reset_index\(\)\.to_parquet/.test(fix ?? ''),
    );
  await told({});
  await told({ where: 'id < 3' });
});
