import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { missingGlobs } from '../../../src/core/gate/missing-globs.ts';

const files = [
  'train.py',
  'params.yaml',
  'model/score.py',
  'model/params.yaml',
  'models [v2]/a.py',
  'data/part-5.csv',
  'Weights/w.bin',
];

const rows: readonly (readonly [glob: string, fix: string | null])[] = [
  ['model/**', null],
  ['params.yaml', null],
  ['train.py', null],
  ['**/*.py', null],
  ['weights/**', null],
  ['models [v2]/**', null],
  ['data/part-?.csv', null],
  ['{model,data}/**', null],
  ['model', 'write model/**'],
  ['Data', 'write Data/**'],
  ['*.py', 'write **/*.py'],
  ['*.csv', 'write **/*.csv'],
  ['score.py', 'write **/score.py'],
  ['lib/**', 'write it as the files are called, or take it out; git ls-files shows their names'],
  ['*.R', 'write it as the files are called, or take it out; git ls-files shows their names'],
];

for (const [glob, fix] of rows)
  test(`the glob ${glob} ${fix === null ? 'governs what it reads' : 'guards less than it reads'}`, () => {
    const found = missingGlobs(
      { rules: [{ id: 'model-change', paths: ['model/score.py', glob], require: [] }] },
      files,
    );
    assert.deepEqual(
      found.map(({ code, severity, path, fix: step }) => [code, severity, path.join('/'), step]),
      fix === null ? [] : [['policy/glob-misses', 'warning', 'rules/0/paths/1', fix]],
    );
  });

test('without any file every glob matches none', () => {
  const rules = [{ id: 'r', paths: ['a/**', '*.py'], require: [] }];
  assert.equal(missingGlobs({ rules }, []).length, 2);
});
