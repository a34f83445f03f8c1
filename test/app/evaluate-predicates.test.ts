/** A predicate that cannot be asked is refused by the name of its slice or side, with the words that mend it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CountersignError } from '../../src/app/errors.ts';
import { runEvaluation } from './run-evaluation.ts';

const rows = Array.from(
  { length: 60 },
  (_, id) =>
    `${id % 2},${(id % 3) % 2},${id % 2 ? 'women' : 'men'},${id === 7 ? 'old' : 20 + id},5`,
);
const files = { 'p.csv': `label,prediction,gender,age,education-num\n${rows.join('\n')}\n` };
const plan = {
  columns: { label: 'label', prediction: 'prediction' },
  targets: [{ metric: 'accuracy', op: '>=', value: 0.1 }],
};

const refused: readonly (readonly [where: string, message: RegExp, fix: RegExp])[] = [
  ['gender = "women"', /no column of p\.csv is called women/, /single quotes: 'women'/],
  ['education-num < 30', /is called education/, /double quotes: "education-num"/],
  [
    'age.years < 30',
    /age\.years must be a column's own name/,
    /double quotes, such as "age\.years"/,
  ],
  ['age < 30', /Cannot compare values/, /: TRY_CAST\(age AS DOUBLE\) < 30$/],
  ['"education-num" < 30', /Cannot compare values/, /: CAST\("education-num" AS DOUBLE\) < 30$/],
  ["gender > 3 AND gender <> 'age'", /Cannot compare values/, /write the type in the slice/],
  ['CAST(age AS INTEGER) < 30', /Could not convert/, /: TRY_CAST\(age AS INTEGER\) < 30$/],
  ["sex = 'f'", /is called sex/, /it has label, prediction, gender, age, education-num/],
  ['age <', /not an SQL expression/, /one boolean expression/],
];

for (const [where, message, fix] of refused)
  test(`refused by name: ${where}`, async () => {
    const slice = `schema: countersign/slice@1\nid: SL-PART0001\ntitle: t\ntable: s\nwhere: ${JSON.stringify(where)}\n`;
    const data = { candidate: { path: 'p.csv' } };
    const runs = [
      [
        'SL-PART0001',
        () =>
          runEvaluation(
            { ...files, '.countersign/slices/SL-PART0001.yaml': slice },
            { ...plan, data, slices: ['SL-PART0001'] },
          ),
      ],
      [
        'data.candidate.where',
        () => runEvaluation(files, { ...plan, data: { candidate: { path: 'p.csv', where } } }),
      ],
    ] as const;
    for (const [name, run] of runs)
      await assert.rejects(run(), (error: unknown) => {
        assert.ok(error instanceof CountersignError);
        assert.match(error.code, /^evaluate\/(predicate|query)$/);
        assert.ok(error.message.startsWith(`the predicate of ${name} `), error.message);
        assert.match(error.message, message);
        assert.match(error.fix ?? '', fix);
        return true;
      });
  });

test('a predicate over the labels file, in other letters, and over quoted names is asked', async () => {
  const { result } = await runEvaluation(
    {
      'p.csv': `id,prediction\n${rows.map((_, id) => `${id},${id % 2}`).join('\n')}\n`,
      'l.csv': `id,label,Gender,education-num\n${rows.map((_, id) => `${id},${id % 2},${id % 2 ? 'f' : 'm'},5`).join('\n')}\n`,
    },
    {
      ...plan,
      columns: { ...plan.columns, key: 'id' },
      data: {
        candidate: {
          path: 'p.csv',
          labels: { path: 'l.csv' },
          where: `gender = 'f' AND "education-num" = '5'`,
        },
      },
    },
  );
  assert.equal(result.models.candidate?.overall.n, 30);
});
