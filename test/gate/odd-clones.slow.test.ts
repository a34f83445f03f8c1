import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { playCases } from './kit/cases.ts';
import type { Question } from './kit/judged.ts';
import { ModelRepo, raisedText } from './kit/model-repo.ts';
import { must } from './kit/processes.ts';
import { changed, cloneOf, evilText, inClone, signedByBoth } from './kit/clone-of.ts';

playCases('clones and working trees of other kinds', [
  {
    name: 'a whole clone',
    want: 'pass',
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => inClone(await cloneOf(repo)),
  },
  {
    name: 'a clone of one commit',
    want: ['undecidable', 'history/missing'],
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => inClone(await cloneOf(repo, '--depth=1', '--no-single-branch')),
  },
  {
    name: 'a clone that is cut off within the range',
    want: ['undecidable', 'history/missing'],
    begin: signedByBoth,
    play: async (repo) => inClone(await cloneOf(repo, '--depth=2', '--no-single-branch')),
  },
  {
    name: 'a clone without blobs',
    want: ['undecidable', 'history/missing'],
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => {
      await repo.git('config', 'uploadpack.allowFilter', 'true');
      return inClone(await cloneOf(repo, '--filter=blob:none', '--no-checkout'));
    },
  },
  {
    name: 'a clone without trees',
    want: ['undecidable', 'git/failed'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('config', 'uploadpack.allowFilter', 'true');
      return inClone(await cloneOf(repo, '--filter=tree:0', '--no-checkout'));
    },
  },
  {
    name: 'a second working tree',
    want: 'pass',
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => {
      const dir = join(repo.dir, '.git', 'second');
      await repo.git('worktree', 'add', '-q', '--detach', dir);
      return { dir };
    },
  },
  {
    name: 'a folder inside the working tree',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => ({ dir: join(repo.dir, 'model') }),
  },
  {
    name: 'a sparse checkout',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('sparse-checkout', 'set', '--sparse-index', 'docs');
    },
  },
  {
    name: 'a sparse checkout that commits',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('sparse-checkout', 'set', '--sparse-index', 'docs');
      repo.write('docs/a.md', 'x\n');
      await repo.git('config', 'user.email', 'ada@example.org');
      await repo.git('config', 'user.name', 'Ada');
      await repo.git('add', '--sparse', 'docs');
      await repo.git(
        'update-index',
        '--cacheinfo',
        `100644,${(await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: evilText })).toString().trim()},model/score.py`,
      );
      return { staged: true };
    },
  },
  {
    name: 'a repository of SHA-256',
    want: 'pass',
    begin: { objectFormat: 'sha256' },
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await repo.onMain('model/other.py', 'x\n');
    },
  },
  {
    name: 'a repository of SHA-256, unsigned',
    want: ['fail', 'requirement/unmet'],
    begin: { objectFormat: 'sha256' },
    play: async (repo) => {
      await repo.change();
    },
  },
  {
    name: 'a working tree that is a link',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      const link = join(repo.dir, '.git', 'link');
      symlinkSync(repo.dir, link);
      return { dir: link };
    },
  },
  {
    name: 'a file with CRLF in the working tree',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('config', 'core.autocrlf', 'true');
      await repo.git('checkout', '-q', '-f', 'HEAD');
      repo.write('model/score.py', raisedText.replaceAll('\n', '\r\n'));
    },
  },
]);

playCases('variables from outside', [
  {
    name: 'another repository',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    byCommand: true,
    play: async (repo) => {
      const other = await ModelRepo.make({ upTo: 'both' });
      return { env: { GIT_DIR: join(other.dir, '.git'), GIT_WORK_TREE: other.dir }, dir: repo.dir };
    },
  },
  {
    name: 'other objects',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async () => ({
      env: {
        GIT_OBJECT_DIRECTORY: '/nonexistent',
        GIT_ALTERNATE_OBJECT_DIRECTORIES: '/nonexistent',
      },
    }),
  },
  {
    name: 'settings',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    byCommand: true,
    play: async () => ({
      env: {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'countersign.target',
        GIT_CONFIG_VALUE_0: 'nowhere',
        GIT_CONFIG_PARAMETERS: "'countersign.target'='nowhere'",
      },
    }),
  },
  {
    name: 'a program for differences',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async () => ({
      env: {
        GIT_EXTERNAL_DIFF: '/bin/true',
        GIT_DIFF_OPTS: '-u0',
        GIT_PAGER: '/bin/true',
        GIT_TRACE: '1',
        GIT_LITERAL_PATHSPECS: '1',
        GIT_GLOB_PATHSPECS: '1',
        GIT_ICASE_PATHSPECS: '1',
        GIT_NAMESPACE: 'x',
        GIT_CEILING_DIRECTORIES: '/',
        GIT_ATTR_SOURCE: 'HEAD',
        GIT_SHALLOW_FILE: '/dev/null',
      },
    }),
  },
  {
    name: 'an unsigned change with replacements allowed',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      const good = await repo.git('rev-parse', 'HEAD');
      await repo.change('ada', evilText);
      await repo.git('replace', 'HEAD', good);
      return { env: { GIT_NO_REPLACE_OBJECTS: '0' } };
    },
  },
]);

/** The model repository as a submodule of another one; where its checkout lies. */
async function asSubmodule(repo: ModelRepo): Promise<Question> {
  const outer = await ModelRepo.make({ policy: null });
  await repo.git('switch', '-q', 'main');
  await outer.git(
    '-c',
    'protocol.file.allow=always',
    'submodule',
    'add',
    '-q',
    repo.dir,
    'models/wage',
  );
  const dir = join(outer.dir, 'models/wage');
  await must('git', ['switch', '-q', 'change'], { cwd: dir });
  return { dir, range: 'main...HEAD' };
}

playCases('the checkout of a submodule', [
  {
    name: 'a change that nobody signed',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    byCommand: true,
    play: asSubmodule,
  },
  {
    name: 'a change that both signed',
    want: 'pass',
    begin: signedByBoth,
    byCommand: true,
    play: asSubmodule,
  },
]);
