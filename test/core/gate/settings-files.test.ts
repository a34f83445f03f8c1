import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesAny } from '../../../src/core/gate/scope.ts';
import { lefthookFiles, settingsFiles } from '../../../src/core/gate/settings-files.ts';

const isSetting = matchesAny(settingsFiles);

/** Names with each of some endings. */
const named = (name: string, endings: string): readonly string[] =>
  endings.split(' ').map((ending) => `${name}.${ending}`);

const lefthook = ['lefthook', 'lefthook-local', '.lefthook', '.lefthook-local'].flatMap((name) =>
  named(name, 'yml yaml toml json jsonc'),
);

/** What a tool reads in whatever folder it is called: below another one too. */
const anywhere: Readonly<Record<string, readonly string[]>> = {
  git: ['.gitattributes', '.gitmodules', '.lfsconfig', '.githooks/pre-commit', '.githooks/a/b'],
  DVC: ['.dvc/config', '.dvc/config.local', '.dvcignore'],
  lefthook: [
    ...lefthook,
    ...named('.config/lefthook', 'yml toml json'),
    ...named('.config/lefthook-local', 'yml toml json'),
    '.lefthook/pre-push/check.sh',
    '.lefthook-local/pre-push/check.sh',
  ],
  husky: [
    '.husky/pre-commit',
    '.husky/_/husky.sh',
    '.huskyrc',
    ...named('.huskyrc', 'js cjs json yml yaml'),
  ],
  'pre-commit': [
    '.pre-commit-config.yaml',
    '.pre-commit-config.yml',
    '.pre-commit-hooks.yaml',
    'prek.toml',
  ],
  'lint-staged': [
    '.lintstagedrc',
    ...named('.lintstagedrc', 'js cjs mjs ts json yml yaml'),
    ...named('lint-staged.config', 'js cjs mjs ts'),
  ],
  'simple-git-hooks': [
    ...named('.simple-git-hooks', 'js cjs json'),
    ...named('simple-git-hooks', 'js cjs json'),
  ],
  'other managers of hooks': ['.overcommit.yml', 'captainhook.json'],
  Jenkins: ['Jenkinsfile'],
};

/** What a forge or a system of continuous integration reads at the top, and nowhere else. */
const atTheTop: Readonly<Record<string, readonly string[]>> = {
  GitHub: [
    '.github/workflows/ci.yml',
    '.github/actions/gate/action.yml',
    '.github/CODEOWNERS',
    'CODEOWNERS',
    'docs/CODEOWNERS',
  ],
  GitLab: ['.gitlab/ci/jobs.yml', '.gitlab/CODEOWNERS', ...named('.gitlab-ci', 'yml yaml')],
  Gitea: ['.gitea/workflows/ci.yml', '.gitea/actions/a/action.yml', '.gitea/CODEOWNERS'],
  Forgejo: ['.forgejo/workflows/ci.yml', '.forgejo/actions/a/action.yml', '.forgejo/CODEOWNERS'],
  CircleCI: ['.circleci/config.yml'],
  Buildkite: ['.buildkite/pipeline.yml', '.buildkite/hooks/pre-command'],
  Woodpecker: ['.woodpecker/test.yaml', ...named('.woodpecker', 'yml yaml')],
  Drone: named('.drone', 'yml yaml'),
  Travis: ['.travis.yml'],
  AppVeyor: ['.appveyor.yml', 'appveyor.yml'],
  Cirrus: named('.cirrus', 'yml yaml star'),
  Semaphore: ['.semaphore/semaphore.yml'],
  TeamCity: ['.teamcity/settings.kts'],
  Tekton: ['.tekton/push.yaml'],
  'Azure Pipelines': named('azure-pipelines', 'yml yaml'),
  'Bitbucket Pipelines': ['bitbucket-pipelines.yml'],
  'AWS CodeBuild': named('buildspec', 'yml yaml'),
  'Google Cloud Build': named('cloudbuild', 'yml yaml json'),
  SourceHut: ['.build.yml', '.builds/test.yml'],
};

for (const [tool, files] of Object.entries(anywhere))
  test(`what ${tool} reads is a setting in every folder`, () =>
    assert.deepEqual(
      files.flatMap((file) => [file, `a/b/${file}`]).filter((path) => !isSetting(path)),
      [],
    ));

for (const [tool, files] of Object.entries(atTheTop))
  test(`what ${tool} reads is a setting at the top alone`, () => {
    assert.deepEqual(
      files.filter((path) => !isSetting(path)),
      [],
    );
    assert.deepEqual(files.map((file) => `vendor/${file}`).filter(isSetting), []);
  });

test('what no tool reads is no setting', () =>
  assert.deepEqual(
    [
      '',
      'a/',
      'README.md',
      'model/score.py',
      '.gitignore',
      '.countersign/policy.yaml',
      'lefthook',
      'lefthook.md',
      '.config/other.yml',
      'husky/pre-commit',
      'githooks/pre-commit',
      '.dvc/cache/ab/cd',
      '.github/dependabot.md',
      '.github/ISSUE_TEMPLATE/bug.md',
      'model/jenkinsfile.py',
      'docs/appveyor.yml.md',
    ].filter(isSetting),
    [],
  ));

test('lefthook is asked for by each of its names, once', () =>
  assert.deepEqual([...lefthookFiles].sort(), [...lefthook].sort()));
