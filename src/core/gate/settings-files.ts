/** What hook managers read, below the top or below a folder of it: they are asked in sub-folders too. */
export const lefthookFiles: readonly string[] = ['', '.'].flatMap((dot) =>
  ['lefthook', 'lefthook-local'].flatMap((name) =>
    ['yml', 'yaml', 'toml', 'json', 'jsonc'].map((ending) => `${dot}${name}.${ending}`),
  ),
);

const hookManagers: readonly string[] = [
  ...lefthookFiles,
  '.config/lefthook.*',
  '.config/lefthook-local.*',
  '.lefthook/**',
  '.lefthook-local/**',
  '.husky/**',
  '.huskyrc',
  '.huskyrc.{js,cjs,json,yml,yaml}',
  '.pre-commit-config.yaml',
  '.pre-commit-config.yml',
  '.pre-commit-hooks.yaml',
  '.lintstagedrc',
  '.lintstagedrc.{js,cjs,mjs,ts,json,yml,yaml}',
  'lint-staged.config.{js,cjs,mjs,ts}',
  '.simple-git-hooks.{js,cjs,json}',
  'simple-git-hooks.{js,cjs,json}',
  '.overcommit.yml',
  '.githooks/**',
  'captainhook.json',
  'prek.toml',
];

/** What git and the tools of data make of a checkout, in every folder. */
const checkout: readonly string[] = [
  '.gitattributes',
  '.gitmodules',
  '.lfsconfig',
  '.dvc/config',
  '.dvc/config.local',
  '.dvcignore',
];

/** Found wherever a job looks for it. */
const jenkinsfile = 'Jenkinsfile';

/** What forges and systems of continuous integration read at the top. */
const forges: readonly string[] = [
  '.github/workflows/**',
  '.github/actions/**',
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
  '.gitlab/**',
  '.gitlab-ci.yml',
  '.gitlab-ci.yaml',
  '.gitea/workflows/**',
  '.gitea/actions/**',
  '.gitea/CODEOWNERS',
  '.forgejo/workflows/**',
  '.forgejo/actions/**',
  '.forgejo/CODEOWNERS',
  '.circleci/**',
  '.buildkite/**',
  '.woodpecker/**',
  '.woodpecker.{yml,yaml}',
  '.drone.{yml,yaml}',
  '.travis.yml',
  '.appveyor.yml',
  'appveyor.yml',
  '.cirrus.{yml,yaml,star}',
  '.semaphore/**',
  '.teamcity/**',
  '.tekton/**',
  'azure-pipelines.{yml,yaml}',
  'bitbucket-pipelines.yml',
  'buildspec.{yml,yaml}',
  'cloudbuild.{yml,yaml,json}',
  '.build.yml',
  '.builds/**',
];

/**
 * Globs of the files that change what a checkout makes of the same blobs, or what checks it: what git, the tools of data,
 * hook managers, forges and systems of continuous integration read, in every place where they read it. The one list of it.
 */
export const settingsFiles: readonly string[] = [
  ...[...checkout, ...hookManagers, jenkinsfile].map((file) => `**/${file}`),
  ...forges,
];
