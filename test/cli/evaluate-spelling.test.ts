/** Rows that are left out, or cut wrong, by the way in which values are written alone: it is said, with what mends it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;
const id = 'EV-SPELL001';
const numbers = Array.from({ length: 80 }, (_, index) => index);

before(() => {
  place = openWorkplace();
});

after(() => place.remove());

type Result = {
  readonly verdict: string;
  readonly notes: readonly string[];
  readonly models: { readonly candidate: { readonly overall: { readonly n: number } } };
};

function evaluate(data: string, columns: string, more = ''): Result {
  place.write(
    `.countersign/evaluations/${id}.yaml`,
    `schema: countersign/evaluation@1\nid: ${id}\ntitle: Spelling\nkind: offline\ndata: ${data}\ncolumns: ${columns}\ntargets: [{metric: accuracy, op: ">=", value: 0.5}]\n${more}`,
  );
  const { out } = place.countersign(['evaluate', id, '--json']);
  return JSON.parse(out === '' ? '{}' : out) as Result;
}

const keys: readonly (readonly [
  what: string,
  write: (key: number) => string,
  read: (key: number) => string,
  says: boolean,
])[] = [
  ['a float beside a whole number', (key) => `${key}.0`, String, true],
  ['leading zeros', (key) => String(key).padStart(5, '0'), String, true],
  ['capitals', (key) => `u-${key}a`, (key) => `U-${key}A`, true],
  ['a blank at the end', (key) => `${key} `, String, true],
  ['a formula of a spreadsheet', (key) => `"=""${key}"""`, String, true],
  ['powers of ten', (key) => `${key}00000`, (key) => `${key}e+05`, true],
  ['some zeros alone', (key) => String(key).padStart(2, '0'), String, true],
  ['the same text', String, String, false],
  ['other people', (key) => String(key + 1000), String, false],
  ['a part of the people', (key) => String(key + 40), String, false],
];

for (const [what, write, read, says] of keys)
  test(`keys of predictions and labels: ${what}`, () => {
    place.write('p.csv', `id,p\n${numbers.map((key) => `${write(key)},${key % 2}\n`).join('')}`);
    place.write('l.csv', `id,y\n${numbers.map((key) => `${read(key)},${key % 2}\n`).join('')}`);
    const { verdict, notes } = evaluate(
      '{candidate: {path: p.csv, labels: {path: l.csv}}}',
      '{label: y, prediction: p, key: id}',
    );
    const said = notes.filter((note) => note.includes('write the key id in different ways'));
    assert.equal(said.length, says ? 1 : 0, notes.join('\n'));
    assert.equal(verdict, what === 'the same text' ? 'pass' : 'undecided');
  });

test('keys of baseline and candidate that are written in different ways', () => {
  for (const [path, zeros] of [
    ['a.csv', 1],
    ['b.csv', 4],
  ] as const)
    place.write(
      path,
      `id,y,p\n${numbers.map((key) => `${String(key).padStart(zeros, '0')},${key % 2},${key % 2}\n`).join('')}`,
    );
  const { verdict, notes } = evaluate(
    '{baseline: {path: a.csv}, candidate: {path: b.csv}}',
    '{label: y, prediction: p, key: id}',
  );
  assert.equal(verdict, 'undecided');
  assert.match(
    notes.join('\n'),
    /the baseline and the candidate write the key id in different ways/,
  );
});

const scores: readonly (readonly [
  what: string,
  write: (score: number) => string,
  says: RegExp | null,
])[] = [
  ['shares', String, null],
  ['log odds', (score) => String(10 * (score - 0.5)), null],
  ['points', (score) => String(1000 * score), null],
  [
    'decimal commas',
    (score) => `"${String(score).replace('.', ',')}"`,
    /column s of the candidate has numbers with a decimal comma.*csv: \{decimal: ","\}/,
  ],
  [
    'commas with three digits',
    (score) => `"${score > 0.5 ? '1,000' : '0,125'}"`,
    /column s of the candidate has numbers with a comma and three digits.*where it parts thousands/,
  ],
  ['words', () => 'high, very', null],
];

for (const [what, write, says] of scores)
  test(`scores: ${what}`, () => {
    place.write(
      's.csv',
      `y,s\n${numbers.map((key) => `${key % 2},${write(key % 2 ? 0.75 : 0.25)}\n`).join('')}`.replaceAll(
        'high, very',
        '"high, very"',
      ),
    );
    const { notes } = evaluate('{candidate: {path: s.csv}}', '{label: y, score: s}');
    const said = notes.filter((note) => /lie between|decimal comma|three digits/.test(note));
    assert.equal(said.length, says ? 1 : 0, notes.join('\n'));
    if (says) assert.match(said[0] ?? '', says);
  });

test('scores in per cent are refused until it is stated from where on they are positive', () => {
  place.write(
    's.csv',
    `y,s\n${numbers.map((key) => `${key % 2},${key % 2 ? 75 : 25}\n`).join('')}`,
  );
  const [data, columns] = ['{candidate: {path: s.csv}}', '{label: y, score: s}'];
  evaluate(data, columns);
  const refused = place.countersign(['evaluate', id]);
  assert.equal(refused.code, 2);
  assert.match(
    refused.err,
    /lie between 0 and 100.*\(evaluate\/no-threshold\)\n {2}state it in the evaluation, such as threshold: 50; or divide s by 100\n/s,
  );
  const { verdict, notes } = evaluate(data, columns, 'threshold: 50\n');
  assert.equal(verdict, 'pass');
  assert.match(notes.join('\n'), /lie between 0 and 100.*a prediction is positive here from 50 on/);
});

test('the mend for decimal commas works as it is said', () => {
  place.write('s.csv', `y,s\n${'1,"0,75"\n0,"0,25"\n'.repeat(40)}`);
  const { verdict, notes, models } = evaluate(
    '{candidate: {path: s.csv}}',
    '{label: y, score: s}',
    'csv: {decimal: ","}\n',
  );
  assert.deepEqual([verdict, models.candidate.overall.n], ['pass', 80]);
  assert.doesNotMatch(notes.join('\n'), /decimal comma/);
});
