/** Which rows count: from the file to the counts, and what becomes of those that are in none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResultSideRows } from '../../src/core/reports/result.ts';
import { answered, csv, measured, people, rowsOf, two } from './people-rows.ts';

const parts: readonly (readonly [
  name: string,
  files: Readonly<Record<string, string>>,
  record: Readonly<Record<string, unknown>>,
  verdict: string,
  rows: Partial<ResultSideRows>,
])[] = [
  ['all rows', { 'p.csv': csv(people()) }, {}, 'pass', { read: 200, used: 200, groups: [] }],
  [
    'a few labels are missing',
    { 'p.csv': csv(people().map((row) => (row.id < 3 ? { ...row, label: '' } : row))) },
    {},
    'pass',
    { read: 200, no_label: 3, used: 197 },
  ],
  [
    'more than one in twenty is left out',
    { 'p.csv': csv(people().map((row) => (row.id < 12 ? { ...row, label: '' } : row))) },
    {},
    'undecided',
    { no_label: 12, used: 188 },
  ],
  [
    'as many as the plan allows are left out',
    { 'p.csv': csv(people().map((row) => (row.id < 12 ? { ...row, label: '' } : row))) },
    { plan: { max_left_out: 0.1 } },
    'pass',
    { no_label: 12, used: 188 },
  ],
  [
    'few of everyone, and many of one group',
    {
      'p.csv': csv(
        people().map((row) =>
          row.id % 2 && row.id < 16 ? { ...row, prediction: 'refused' } : row,
        ),
      ),
    },
    {},
    'undecided',
    {
      invalid_prediction: 8,
      groups: [{ by: { group: 'women' }, left_out: 8, too_many: true }],
    },
  ],
  [
    'people of the labels file have no prediction',
    {
      'p.csv': csv(answered, ['id', 'prediction']),
      'l.csv': csv(people(), ['id', 'label', 'group']),
    },
    { data: two },
    'undecided',
    {
      read: answered.length,
      without_prediction: 200 - answered.length,
      used: answered.length,
      groups: [{ by: { group: 'women' }, left_out: 200 - answered.length, too_many: true }],
    },
  ],
  [
    'people who have no prediction are left by where',
    {
      'p.csv': csv(answered, ['id', 'prediction']),
      'l.csv': csv(
        people().map((row) => ({
          ...row,
          split: answered.some(({ id }) => id === row.id) ? 'test' : 'train',
        })),
        ['id', 'label', 'group', 'split'],
      ),
    },
    { data: { candidate: { ...two.candidate, where: "split = 'test'" } } },
    'pass',
    { without_prediction: 0, used: answered.length },
  ],
  [
    'rows of the predictions are not among the labels',
    {
      'p.csv': csv(people(), ['id', 'prediction']),
      'l.csv': csv(answered, ['id', 'label', 'group']),
    },
    { data: two },
    'undecided',
    { not_in_labels: 200 - answered.length, used: answered.length },
  ],
  [
    'where picks people by the predictions file',
    {
      'p.csv': csv(
        people().map((row) => ({ ...row, split: row.id < 100 ? 'test' : 'train' })),
        ['id', 'prediction', 'split'],
      ),
      'l.csv': csv(people(), ['id', 'label', 'group']),
    },
    { data: { candidate: { ...two.candidate, where: "split = 'test'" } } },
    'pass',
    { read: 200, left_by_where: 100, without_prediction: 0, used: 100 },
  ],
  [
    'where picks one of several models, which did not answer everyone',
    {
      'p.csv': csv(
        [
          ...people().map((row) => ({ ...row, model: 'a' })),
          ...answered.map((row) => ({ ...row, model: 'b' })),
        ],
        ['id', 'prediction', 'model'],
      ),
      'l.csv': csv(people(), ['id', 'label', 'group']),
    },
    { data: { candidate: { ...two.candidate, where: "model = 'b'" } } },
    'undecided',
    { read: 200 + answered.length, without_prediction: 200 - answered.length },
  ],
  [
    'both files are long, and each condition of where is asked of the file that has its columns',
    {
      'p.csv': csv(
        ['a', 'b'].flatMap((model) =>
          ['2025', '2026'].flatMap((year) => people().map((row) => ({ ...row, model, year }))),
        ),
        ['id', 'prediction', 'model', 'year'],
      ),
      'l.csv': csv(
        ['2025', '2026'].flatMap((year) => people().map((row) => ({ ...row, year }))),
        ['id', 'label', 'group', 'year'],
      ),
    },
    { data: { candidate: { ...two.candidate, where: "model = 'b' AND year = '2026'" } } },
    'pass',
    { read: 800, left_by_where: 600, used: 200 },
  ],
  [
    'keys without a value belong to nobody',
    {
      'p.csv': csv(
        people().map((row) => (row.id < 4 ? { ...row, id: '' } : row)),
        ['id', 'prediction'],
      ),
      'l.csv': csv(people(), ['id', 'label', 'group']),
    },
    { data: { candidate: { ...two.candidate, where: "prediction IN ('0', '1')" } } },
    'pass',
    { not_in_labels: 4, without_prediction: 4, used: 196 },
  ],
];

for (const [name, files, record, verdict, expected] of parts) {
  test(`rows read and used: ${name}`, async () => {
    const result = await measured(files, record);
    const rows = rowsOf(result);
    assert.deepEqual(
      Object.fromEntries(
        Object.keys(expected).map((key) => [key, rows[key as keyof ResultSideRows]]),
      ),
      expected,
    );
    assert.equal(result.verdict, verdict);
    const {
      read,
      without_prediction,
      only_in_other,
      groups: _groups,
      without_group: _without,
      unscored: _unscored,
      ...others
    } = rows;
    assert.equal(
      read + without_prediction + only_in_other,
      Object.values(others).reduce((sum, count) => sum + count, without_prediction + only_in_other),
      'each row has one fate',
    );
    assert.equal(rows.used, result.models.candidate?.overall.n);
  });
}
