import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';
import {
  matchesAny,
  policyChangeScope,
  repositorySettingsScope,
  ruleScope,
  type Scope,
} from '../../../src/core/gate/scope.ts';
import {
  exceptionPath,
  isRecordFolder,
  parseExceptionPath,
  parseSignoffPath,
  reviewFolder,
  signoffPath,
} from '../../../src/core/gate/signoff-path.ts';

const model = ruleScope({
  id: 'model-change',
  paths: ['model/**', 'params.yaml', 'Größe/*'],
  except: ['**/*.md', 'model/docs/**'],
});
const signoff = '.countersign/signoffs/model-change/ben.0123456789ab.00ff.yaml';

const governed: readonly (readonly [scope: Scope, path: string, governed: boolean])[] = [
  [model, 'model/score.py', true],
  [model, 'model/.hidden', true],
  [model, 'model/a/b/c.py', true],
  [model, 'model/od\nd.py', true],
  [model, 'MODEL/Score.py', true],
  [model, 'Params.YAML', true],
  [model, 'GRÖSSE/x', true],
  [model, 'Gro\u0308ße/x', true],
  [model, 'params.yaml.bak', false],
  [model, 'x/params.yaml', false],
  [model, 'models/a.py', false],
  [model, 'model/notes.md', false],
  [model, 'model/notes.MD', true],
  [model, 'model/docs/a.py', false],
  [model, 'model/Docs/a.py', true],
  [ruleScope({ id: 'r', paths: ['**'] }), signoff, false],
  [ruleScope({ id: 'r', paths: ['**'] }), '.countersign/exceptions/EX-WAGE01.yaml', false],
  [ruleScope({ id: 'r', paths: ['**'] }), '.countersign/signoffs/x.yaml', true],
  [ruleScope({ id: 'r', paths: ['a[1].py'] }), 'a[1].py', true],
  [ruleScope({ id: 'r', paths: ['{a,b}/*.py'] }), 'b/x.py', true],
  [ruleScope({ id: 'r', paths: ['{a,b}.py'] }), '{a,b}.py', true],
  [ruleScope({ id: 'r', paths: ['a?'] }), 'a\n', true],
  [ruleScope({ id: 'r', paths: ['**/a*/b*.py'] }), 'x/ab/bc.py', true],
  [ruleScope({ id: 'r', paths: ['**/a*/b*.py'] }), 'x/ab/c.py', false],
  [ruleScope({ id: 'r', paths: ['**'], except: ['**/a*/b*.py'] }), 'x/ab/bc.py', false],
  [ruleScope({ id: 'r', paths: ['Model/**', 'params.yaml'] }), 'model/a.py', true],
  [policyChangeScope(), '.countersign/policy.yaml', true],
  [policyChangeScope(), '.countersign/Policy.yaml', true],
  [policyChangeScope(), '.countersign/allowed_signers', true],
  [policyChangeScope(), '.countersign/revoked_keys', true],
  [policyChangeScope(), '.countersign/checklists/a/b.yaml', true],
  [policyChangeScope(), '.countersign/decisions/DR-0001.yaml', false],
  ...[
    '.gitattributes',
    'a/b/.gitattributes',
    '.gitmodules',
    'a/.gitmodules',
    '.lfsconfig',
    'a/.lfsconfig',
    '.dvc/config',
    'a/.dvc/config',
    '.github/workflows/ci.yml',
    '.github/workflows/a/b',
    '.gitlab-ci.yml',
    '.husky/pre-commit',
    '.pre-commit-config.yaml',
    'lefthook.yml',
    '.GitAttributes',
    'x/lefthook.yml',
    'lefthook.yaml',
    '.lefthook.yml',
    'lefthook-local.yml',
    '.config/lefthook.toml',
    'sub/.husky/pre-commit',
    'sub/.pre-commit-config.yaml',
    '.pre-commit-hooks.yaml',
    '.github/actions/gate/action.yml',
    '.github/CODEOWNERS',
    'CODEOWNERS',
    '.gitlab/ci/x.yml',
    '.gitea/workflows/ci.yml',
    '.forgejo/workflows/ci.yml',
    '.circleci/config.yml',
    'Jenkinsfile',
    'azure-pipelines.yml',
    'bitbucket-pipelines.yml',
    '.dvc/config.local',
    'data/.dvcignore',
    '.github\\workflows\\ci.yml',
  ].map((path) => [repositorySettingsScope([]), path, true] as const),
  ...[
    '.gitignore',
    'x/.gitlab-ci.yml',
    '.github/ISSUE_TEMPLATE/a.md',
    'dvc/config',
    'husky/a',
    'model/jenkinsfile.py',
  ].map((path) => [repositorySettingsScope([]), path, false] as const),
  [
    repositorySettingsScope([ruleScope({ id: 'r', paths: ['lefthook.yml'] })]),
    'lefthook.yml',
    false,
  ],
  [
    repositorySettingsScope([ruleScope({ id: 'r', paths: ['lefthook.yml'] }), model]),
    '.gitattributes',
    true,
  ],
];

const folding: readonly (readonly [glob: string, path: string, want: boolean])[] = [
  ['βάσ*.py', 'ΒΆΣΗ.py', true],
  ['βάς*.py', 'ΒΆΣΗ.py', true],
  ['{βάσ,x}*.py', 'ΒΆΣΗ.py', true],
  ['*ΣΗ.py', 'βάση.py', true],
  ['cafe*', 'caf\u00e9.py', true],
  ['caf?.py', 'cafe\u0301.py', true],
  ['caf[\u00e9].py', 'CAFE\u0301.py', true],
  ['{a.,b}/x', 'a/x', true],
  ['model/**', 'model\\score.py', true],
  ['model/**', 'other\\..\\Model\\score.py', true],
  ['model/**', '.\\model\\score.py', true],
  ['model/score.py', 'model/score.py:$DATA', true],
  ['model/score.py', 'C:model/score.py', true],
  ['model/score.py', 'c:\\model\\SCORE.py', true],
  ['model/score.py', 'docs/c:model/score.py', false],
  ['docs/x:y/**', 'docs/X:Y/a', true],
  ['docs/x:y/**', 'docs/x:z/a', false],
  ['model/score.py', 'model:stream/score.py', true],
  ['model/**', './model/score.py', false],
  ['model/**', 'models\\score.py', false],
  ['model/score.py', 'model/score:a.py', false],
  ['βάσ*.py', 'βάλ.py', false],
  ['cafe*', 'caffe.py', false],
];

for (const [glob, path, want] of folding)
  test(`the glob ${JSON.stringify(glob)} ${want ? 'governs' : 'does not govern'} ${JSON.stringify(path)}`, () =>
    assert.equal(ruleScope({ id: 'r', paths: [glob] }).governs(pathFromText(path)), want));

for (const [scope, path, want] of governed)
  test(`${scope.id} ${want ? 'governs' : 'does not govern'} ${JSON.stringify(path)}`, () =>
    assert.equal(scope.governs(pathFromText(path)), want));

test('a path that is not UTF-8 is in every scope, and in no other where settings give way', () => {
  const path = { raw: 'x\xff', text: null };
  assert.deepEqual(
    [
      model.governs(path),
      policyChangeScope().governs(path),
      repositorySettingsScope([]).governs(path),
      repositorySettingsScope([model]).governs(path),
    ],
    [true, true, true, false],
  );
  assert.deepEqual(
    [policyChangeScope().id, repositorySettingsScope([]).id],
    ['policy-change', 'repository-settings'],
  );
});

const both = ruleScope({
  id: 'r',
  paths: ['model/**', 'other/**', 'lib/*.py'],
  except: ['model/*.md'],
});
const covers: readonly (readonly [folder: string, by: string | null, covered: boolean])[] = [
  ['docs', 'other', true],
  ['docs', null, true],
  ['model/a', 'model/b', true],
  ['lib', 'docs', false],
  ['lib', 'lib2', false],
  ['lib', null, false],
  ['model', null, false],
  ['other', 'model', false],
  ['model', 'lib', false],
  ['MODEL/a', 'docs', false],
  ['MODEL', 'model', false],
];

for (const [folder, by, covered] of covers)
  test(`${by ?? 'nowhere'} may ${covered ? '' : 'not '}stand in for ${folder}`, () =>
    assert.equal(both.covers(folder, by), covered));

test('a glob matches to the letter, whole paths and at least one of several', () => {
  const matches = matchesAny(['a/*', 'b']);
  assert.deepEqual(['a/x', 'b', 'a/x/y', 'B', 'xb', 'bx', ''].map(matches), [
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
  assert.equal(matchesAny([])('a'), false);
});

const name = { rule: 'model-change', person: 'ben', digest: '0123456789ab', nonce: '00ff' };
const names: readonly (readonly [path: string, signoff: boolean])[] = [
  [signoff, true],
  [`x${signoff}`, false],
  [`${signoff}x`, false],
  ['.countersign/signoffs/ben.0123456789ab.00ff.yaml', false],
  ['.countersign/signoffs/a/b/ben.0123456789ab.00ff.yaml', false],
  ['.countersign/signoffs/model-change/ben.0123456789ab.00f.yaml', false],
  ['.countersign/signoffs/model-change/ben.0123456789a.00ff.yaml', false],
  ['.countersign/signoffs/model-change/ben.0123456789AB.00ff.yaml', false],
  ['.countersign/signoffs/model-change/.0123456789ab.00ff.yaml', false],
  ['.countersign/signoffs/model-change/ben.0123456789ab.00ffxyaml', false],
];

for (const [path, is] of names)
  test(`${path} is ${is ? '' : 'not '}the name of a sign-off`, () =>
    assert.deepEqual(parseSignoffPath(path), is ? name : null));

test('names are written as they are read', () => {
  assert.equal(signoffPath(name), signoff);
  assert.equal(exceptionPath('EX-WAGE01'), '.countersign/exceptions/EX-WAGE01.yaml');
  assert.equal(reviewFolder, '.countersign/reviews/');
});

for (const [path, id] of [
  ['.countersign/exceptions/EX-WAGE01.yaml', 'EX-WAGE01'],
  ['.countersign/exceptions/EX-0000.yaml', 'EX-0000'],
  ['.countersign/exceptions/EX-000.yaml', null],
  [`.countersign/exceptions/EX-${'0'.repeat(17)}.yaml`, null],
  ['.countersign/exceptions/EX-wage.yaml', null],
  ['x.countersign/exceptions/EX-WAGE01.yaml', null],
  ['.countersign/exceptions/EX-WAGE01.yaml/x', null],
  ['.countersign/exceptions/a/EX-WAGE01.yaml', null],
] as const) {
  test(`${path} is ${id === null ? 'not ' : ''}the name of an exception`, () =>
    assert.equal(parseExceptionPath(path), id));
}

for (const [path, inside] of [
  [signoff, true],
  ['.countersign/exceptions/x', true],
  ['.COUNTERSIGN/Signoffs/x', true],
  ['.countersign/signoffs', false],
  ['x/.countersign/signoffs/x', false],
  ['.countersign/reviews/x', false],
] as const) {
  test(`${path} lies ${inside ? '' : 'not '}where only signed files may`, () =>
    assert.equal(isRecordFolder(path), inside));
}
