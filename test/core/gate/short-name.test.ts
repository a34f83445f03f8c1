import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';
import {
  policyChangeScope,
  repositorySettingsScope,
  ruleScope,
} from '../../../src/core/gate/scope.ts';
import {
  hasShortName,
  mayBeShortFor,
  mayBeShortForGlob,
} from '../../../src/core/gate/short-name.ts';

// As Windows names them: https://learn.microsoft.com/windows/win32/fileio/naming-a-file#short-vs-long-names
const rows: readonly (readonly [name: string, long: string, may: boolean])[] = [
  ['model-~1', 'model-weights', true],
  ['model-~12', 'model-weights', true],
  ['mo4a1f~1', 'model-weights', true],
  ['model~1', 'model', true],
  ['score-~1.py', 'score-function.py', true],
  ['score-~1.pyx', 'score-function.py', false],
  ['score-~1', 'score-function.py', false],
  ['scores~1.py', 'score-function.py', false],
  ['params~1.yam', 'params.yaml', true],
  ['params~1.yml', 'params.yaml', false],
  ['gitatt~1', '.gitattributes', true],
  ['counte~1', '.countersign', true],
  ['profil~1', '..profile', true],
  ['twodot~1.gz', 'two.dots.tar.gz', true],
  ['aspace~1.txt', 'a space here.txt', true],
  ['plus_a~1.txt', 'plus+and.txt', true],
  ['modle_~1', 'modèle-weights', false],
  ['mod_le~1', 'modèle-weights', true],
  ['other~1', 'model-weights', false],
  ['~1', 'model-weights', true],
  ['model-~x', 'model-weights', false],
  ['model-weights', 'model-weights', false],
  ['score-~1.py', '..score-function.py', true],
  ['abpy~1.py', 'ab.py', false],
  ['a~1.c__', 'a.c++', true],
  ['a~1.py', 'a.p y', true],
  ['xyz1234~1.py', 'yz-weights.py', false],
  ['ab1234x~1.py', 'ab-weights.py', false],
];

for (const [name, long, may] of rows) {
  test(`${name} ${may ? 'may be' : 'is not'} a short name of ${long}`, () =>
    assert.equal(mayBeShortFor(name, long), may));
}

for (const [name, glob, may] of [
  ['score~1.py', '*.py', true],
  ['score~1.txt', '*.py', false],
  ['score~1.py', 'score*', true],
  ['x~1.py', '*.a*.py', true],
  ['x~1.a_b', '*.a=b', true],
  ['x~1.py', '*.p y', true],
  ['x~1.py', '*.pyc', false],
  ['x~1', '*.py', false],
  ['x~1.par', '*.parquet', true],
  ['x', 'b*', false],
  ['x', 'x', false],
] as const) {
  test(`${name} ${may ? 'may be' : 'is not'} a short name of what ${glob} matches`, () =>
    assert.equal(mayBeShortForGlob(name, glob), may));
}

test('a path has a short name or not', () => {
  assert.deepEqual(
    ['a~1/b', 'a/b~1.py', 'a/b.py.~1~', 'a~b', '~', 'a/b~1.yaml', 'averylongname~1', ''].map(
      hasShortName,
    ),
    [true, true, false, false, false, false, false, false],
  );
});

const governs = (paths: readonly string[], path: string, except: readonly string[] = []): boolean =>
  ruleScope({ id: 'r', paths, except }).governs(pathFromText(path));

for (const [globs, path, inside] of [
  [['model-weights/**'], 'MODEL-~1/score.py', true],
  [['model-weights/**'], 'model-~1/deep/score.py', true],
  [['model-weights/**'], 'data/model-~1/x', false],
  [['model-weights/**'], 'other~1/score.py', false],
  [['model/score-function.py'], 'model/SCORE-~1.PY', true],
  [['model/score-function.py'], 'MODEL~1/SCORE-~1.PY', true],
  [['**/*.dvc'], 'data/WAGES~1.DVC', true],
  [['**/*.parquet'], 'data/WAGES~1.PAR', true],
  [['**/*.parquet'], 'data/WAGES~1.CSV', false],
  [['{model-weights,data}/*.py'], 'MODEL-~1/a.py', true],
  [['model-*/a.py'], 'MODEL-~1/a.py', true],
  [['services/*/model.py'], 'SERVIC~1/x/model.py', true],
] as const) {
  test(`${globs.join(' ')} ${inside ? 'governs' : 'leaves'} ${path}`, () =>
    assert.equal(governs(globs, path), inside));
}

test('what a rule leaves out to the letter, it leaves out under a short name only as written', () => {
  assert.equal(governs(['model-weights/**'], 'MODEL-~1/a.md', ['**/*.md']), false);
  assert.equal(governs(['model-weights/**'], 'MODEL-~1/A~1.MD', ['**/*.md']), true);
});

test('the built-in rules know their files by short names', () => {
  for (const path of [
    'COUNTE~1/policy.yaml',
    '.countersign/POLICY~1.YAM',
    'COUNTE~1/ALLOWE~1',
    '.countersign/CHECKL~1/model.yaml',
  ])
    assert.equal(policyChangeScope().governs(pathFromText(path)), true, path);
  for (const path of [
    'GITATT~1',
    'docs/GITATT~1',
    'GITHUB~1/WORKFL~1/ci.yml',
    'PRE-CO~1.YAM',
    'GITMOD~1',
  ])
    assert.equal(repositorySettingsScope([]).governs(pathFromText(path)), true, path);
  for (const path of ['docs/notes~1.txt', 'a~1/b', 'README~1.MD'])
    assert.equal(
      repositorySettingsScope([]).governs(pathFromText(path)) ||
        policyChangeScope().governs(pathFromText(path)),
      false,
      path,
    );
});
