import { join } from 'node:path';
import { playCases } from './kit/cases.ts';
import { as, type ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { evilText, signedByBoth } from './kit/clone-of.ts';

/** Makes Ada the one who commits. */
async function adaCommits(repo: ModelRepo): Promise<void> {
  await repo.git('config', 'user.email', 'ada@example.org');
  await repo.git('config', 'user.name', 'Ada');
}

playCases('what is staged', [
  {
    name: 'signed as it is staged',
    want: 'pass',
    byCommand: true,
    play: async (repo) => {
      await adaCommits(repo);
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      await repo.signoff('ada', 'model-owner', { head: 'index', commit: false });
      await repo.signoff('ben', 'validator', { head: 'index', commit: false });
      await repo.git('add', '-A');
      return { staged: true };
    },
  },
  {
    name: 'an index that differs from the working tree',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => {
      await adaCommits(repo);
      repo.write('model/score.py', evilText);
      await repo.git('add', '-A');
      repo.write('model/score.py', raisedText);
      return { staged: true };
    },
  },
  {
    name: 'a working tree that differs from the index',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await adaCommits(repo);
      repo.write('model/score.py', evilText);
      repo.write('model/untracked.py', evilText);
      return { staged: true };
    },
  },
  {
    name: 'a file that is only meant to be added',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await adaCommits(repo);
      repo.write('model/later.py', evilText);
      await repo.git('add', '-N', 'model/later.py');
      return { staged: true };
    },
  },
  {
    name: 'a file hidden from status',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await adaCommits(repo);
      repo.write('model/score.py', evilText);
      await repo.git('add', '-A');
      await repo.git('update-index', '--assume-unchanged', 'model/score.py');
      return { staged: true };
    },
  },
  {
    name: 'a file taken out of the working tree',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await adaCommits(repo);
      repo.write('model/score.py', evilText);
      await repo.git('add', '-A');
      await repo.git('update-index', '--skip-worktree', 'model/score.py');
      return { staged: true };
    },
  },
  {
    name: 'a commit of some paths',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await adaCommits(repo);
      repo.write('model/score.py', evilText);
      const index = join(repo.dir, '.git/next-index-1.lock');
      await repo.gitBytes(['read-tree', 'HEAD'], { env: { GIT_INDEX_FILE: index } });
      await repo.gitBytes(['add', 'model/score.py'], { env: { GIT_INDEX_FILE: index } });
      return { staged: true, env: { GIT_INDEX_FILE: index } };
    },
  },
  {
    name: 'a split index',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await adaCommits(repo);
      await repo.git('update-index', '--split-index');
      repo.write('model/score.py', evilText);
      await repo.git('add', '-A');
      return { staged: true };
    },
  },
  {
    name: 'an index in conflict',
    want: ['undecidable', 'index/unmerged'],
    begin: signedByBoth,
    play: async (repo) => {
      await adaCommits(repo);
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
      await repo.tryGit('merge', '-q', 'main');
      return { staged: true };
    },
  },
  {
    name: 'the committer who is also the signer',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      await repo.signoff('ada', 'model-owner', { head: 'index', commit: false });
      await repo.signoff('ben', 'validator', { head: 'index', commit: false });
      await repo.git('add', '-A');
      return { staged: true, env: as('ben') };
    },
  },
  {
    name: 'nobody who commits',
    want: ['undecidable', 'identity/missing'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      await repo.git('config', 'user.useConfigOnly', 'true');
      return { staged: true, env: { HOME: '/nonexistent', XDG_CONFIG_HOME: '/nonexistent' } };
    },
  },
  {
    name: 'a merge that is being concluded',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await adaCommits(repo);
      await repo.onMain('README.md', '# other\n');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-commit', 'main']);
      return { staged: true };
    },
  },
  {
    name: 'a merge that is being concluded with something slipped in',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await adaCommits(repo);
      await repo.onMain('README.md', '# other\n');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-commit', 'main']);
      repo.write('model/score.py', evilText);
      await repo.git('add', '-A');
      return { staged: true };
    },
  },
]);
