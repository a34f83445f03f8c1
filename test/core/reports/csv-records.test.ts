import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CsvForm, CsvRecords } from '../../../src/core/reports/csv-records.ts';

const usual: CsvForm = { delimiter: ',', header: 1 };

/** What a text is, read in pieces of some length. */
function read(text: string, form: CsvForm = usual, length = 3): unknown {
  const records = new CsvRecords(form);
  for (let at = 0; at < text.length; at += length)
    if (!records.push(text.slice(at, at + length))) break;
  return records.end();
}

const tables: readonly (readonly [what: string, text: string, rows: number, columns?: string[]])[] =
  [
    ['rows are counted without the header', 'a,b\n1,2\n3,4\n', 2],
    ['the last line may lack its end', 'a,b\n1,2\n3,4', 2],
    ['a cell that begins with # is no comment', 'a,b\n#1,2\n#,#\n', 2],
    ['a quoted cell may hold delimiters, line ends and quotes', 'a,b\n"1,\n""x""","2"\n3,4\n', 2],
    ['a quoted cell may hold other line ends than the rows', 'a,b\n"1\r\n2\r",2\n3,4\n', 2],
    ['a quote inside a bare cell is a character', 'a,b\n1,x"y\n3,4\n', 2],
    ['spaces around quotes are no cell of their own', 'a,b\n1, "x,y" \n3,4\n', 2],
    ['empty lines are no rows', 'a,b\n\n1,2\n\n\n3,4\n\n', 2],
    ['in one column an empty line is a row', 'a\n1\n\n3\n', 3],
    ['cells may be empty', 'a,b\n,\n1,\n,2\n', 3],
    ['lines may end in CRLF', 'a,b\r\n1,2\r\n\r\n3,4\r\n', 2],
    ['lines may end in CR', 'a,b\r1,2\r3,4\r', 2],
    ['names are those of the header', ' a ,"b ""c"", d",\n1,2,3\n', 1, ['a', 'b "c", d', '']],
    ['a header alone has no rows', 'a,b\n', 0],
  ];

for (const [what, text, rows, columns] of tables)
  test(`CSV: ${what}`, () => {
    for (const length of [1, 2, 1000]) {
      const shape = read(text, usual, length) as { rows?: number; columns?: string[] };
      assert.equal(shape.rows, rows);
      if (columns) assert.deepEqual(shape.columns, columns);
    }
  });

const refused: readonly (readonly [what: string, text: string, problem: object])[] = [
  ['a row with one cell more', 'a,b\n1,2\n3,4,5\n', { kind: 'ragged', line: 3, cells: 3 }],
  ['a row with one cell less', 'a,b\n1,2\n3\n', { kind: 'ragged', line: 3, cells: 1 }],
  ['a second header with more columns', 'a,b\n1,2\na,b,c\n3,4,5\n', { kind: 'ragged', line: 3 }],
  ['a title above the header', 'Scores\na,b\n1,2\n', { kind: 'ragged', line: 2, first: true }],
  ['the line of a row, not of its end', 'a,b\n"x\ny",2,3\n', { kind: 'ragged', line: 2 }],
  ['a quote that is never closed', 'a,b\n1,2\n3,"4\n5,6\n', { kind: 'unclosed quote', line: 3 }],
  [
    'text after a closing quote',
    'a,b\n1,"2"x\n',
    { kind: 'after quote', line: 2, backslash: false },
  ],
  [
    'a quote written with a backslash',
    'a,b\n1,"x\\"y"\n',
    { kind: 'after quote', backslash: true },
  ],
  ['LF after CRLF', 'a,b\r\n1,2\r\n3,4\n', { kind: 'line ends', line: 3 }],
  ['CRLF after LF', 'a,b\n1,2\n3,4\r\n', { kind: 'line ends', line: 3 }],
  ['semicolons', 'a;b\n1;2\n', { kind: 'delimiter', found: ';' }],
  ['tabs', 'a\tb\n1\t2\n', { kind: 'delimiter', found: '\t' }],
  ['nothing', '', { kind: 'empty' }],
  ['empty lines alone', '\n\n', { kind: 'empty' }],
];

for (const [what, text, problem] of refused)
  test(`CSV refuses ${what}`, () => {
    for (const length of [1, 2, 1000]) {
      const found = read(text, usual, length) as Record<string, unknown>;
      assert.deepEqual({ ...found, ...problem }, found);
    }
  });

test('CSV: the header stands where the evaluation says, or nowhere', () => {
  const text = 'Scores of May\n\na;b\n1;2\n';
  assert.deepEqual(read(text, { delimiter: ';', header: 3 }), {
    columns: ['a', 'b'],
    rows: 1,
    skip: 2,
  });
  assert.deepEqual(read('1,2\n3,4\n', { delimiter: ',', header: null }), {
    columns: ['column0', 'column1'],
    rows: 2,
    skip: 0,
  });
});
