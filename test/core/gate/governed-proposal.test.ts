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
