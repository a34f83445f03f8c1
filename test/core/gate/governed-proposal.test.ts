import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { proposeGoverned } from '../../../src/core/gate/governed-proposal.ts';

const many = Array.from({ length: 13 }, (_, index) => `step${index}.py`);

const rows: readonly (readonly [
  name: string,
  paths: readonly string[],
  globs: readonly string[],
  ungoverned: readonly string[],
])[] = [
  ['nothing yet', ['README.md'], ['model/**', 'src/**'], []],
  [
    'a package with tests, data and predictions',
    [
      'kestrel/__init__.py',
      'kestrel/score.py',
      'tests/test_score.py',
      'data/loans.csv',
      'predictions/p.csv',
      'notebooks/look.ipynb',
      'params.yaml',
      'dvc.yaml',
      'setup.py',
      'README.md',
      '.github/workflows/ci.yml',
      '.countersign/policy.yaml',
    ],
    ['data/**', 'kestrel/**', 'notebooks/**', 'params.yaml', 'dvc.yaml'],
    ['setup.py', 'tests/test_score.py'],
  ],
  [
    'pointers to data, and weights in odd places',
    ['src/train.py', 'data/data.xml.dvc', 'out/w.safetensors', 'params.yaml'],
    [
      'src/**',
      'params.yaml',
      '**/*.dvc',
      '**/*.{safetensors,onnx,pkl,joblib,pt,pth,keras,gguf,ubj,cbm}',
    ],
    [],
  ],
  ['code at the top alone', ['train.py', 'score.R', 'notes.txt'], ['score.R', 'train.py'], []],
  ['much code at the top', many, ['*.py'], []],
  ['names with a meaning in globs', ['a(v2)/x.py', 'b+.py'], ['a?v2?/**', 'b?.py'], []],
  ['settings of a pipeline', ['conf/base.yaml', 'pipes/dvc.yaml'], ['conf/**', '**/dvc.yaml'], []],
  ['only tests', ['tests/test_a.py'], ['model/**', 'src/**'], ['tests/test_a.py']],
];

for (const [name, paths, globs, ungoverned] of rows)
  test(`what a starting policy governs: ${name}`, () =>
    assert.deepEqual(proposeGoverned(paths), { globs, ungovernedCode: ungoverned }));

const folders: readonly (readonly [what: string, governed: boolean, ...paths: string[]])[] = [
  ...['models', 'model', 'weights', 'checkpoints', 'conf', 'config', 'configs', 'params'].map(
    (folder) => ['of models or settings', true, `${folder}/w.bin`] as const,
  ),
  ...['mymodel', 'models2', 'reconf', 'paramset'].map(
    (folder) => ['that only sounds like models', false, `${folder}/w.bin`] as const,
  ),
  ...['data', 'dataset', 'datasets'].map(
    (folder) => ['of data', true, `${folder}/README`, `${folder}/a.jsonl`] as const,
  ),
  ['of one JSON document', true, 'data/a.json'],
  ['of data that are packed', true, 'data/a.csv.gz'],
  ['of data without any', false, 'data/README'],
  ['that only sounds like data', false, 'mydata/a.csv'],
  ['that begins like data', false, 'database/a.csv'],
  ['with code among much else', true, 'pkg/notes.txt', 'pkg/score.py', 'pkg/img.png'],
  ...[
    'test',
    'tests',
    'doc',
    'docs',
    'example',
    'examples',
    'demo',
    'demos',
    'bench',
    'benchmark',
    'benchmarks',
    'ci',
    'tools',
    'third_party',
    'vendor',
    'node_modules',
    'site',
    'build',
    'dist',
    '.hidden',
  ].map((folder) => ['beside the model', false, `${folder}/x.py`] as const),
  ...['testing', 'docstore', 'cipher', 'distance', 'mytests'].map(
    (folder) => ['that only begins like one beside the model', true, `${folder}/x.py`] as const,
  ),
];

for (const [what, governed, ...paths] of folders)
  test(`a folder ${what} is ${governed ? '' : 'not '}governed: ${paths[0]}`, () => {
    const folder = `${paths[0]?.split('/')[0]}/**`;
    assert.equal(proposeGoverned(['src/x.py', ...paths]).globs.includes(folder), governed);
  });

for (const name of ['setup', 'conftest', 'noxfile', 'tasks', 'fabfile', 'test_a', 'a_test'])
  test(`code at the top that looks at a model is not governed: ${name}.py`, () =>
    assert.deepEqual(proposeGoverned(['train.py', `${name}.py`]), {
      globs: ['train.py'],
      ungovernedCode: [`${name}.py`],
    }));

for (const name of ['setup.py.sql', 'mysetup.py', 'contest_.py'])
  test(`code at the top that only sounds so is governed: ${name}`, () =>
    assert.deepEqual(proposeGoverned([name]).globs, [name]));

test('twelve files at the top are named one by one', () =>
  assert.equal(proposeGoverned(many.slice(1)).globs.length, 12));

test('records are neither governed as code nor named as left out', () =>
  assert.deepEqual(proposeGoverned(['src/x.py', '.countersign/attic/old.py']), {
    globs: ['src/**'],
    ungovernedCode: [],
  }));
