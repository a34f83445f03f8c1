import { playCases } from './kit/cases.ts';
import { type ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { evilText, signedByBoth } from './kit/signed-by-both.ts';

/** Makes a commit of a tree with the parents that are named, and moves the branch to it. */
async function commitTree(
  repo: ModelRepo,
  tree: string,
  parents: readonly string[],
  who = 'ada',
): Promise<string> {
  const oid = await repo.gitAs(who, [
    'commit-tree',
    tree,
    ...parents.flatMap((parent) => ['-p', parent]),
    '-m',
    'made by hand',
  ]);
  await repo.git('reset', '-q', '--hard', oid);
  return oid;
}

playCases('what a signature survives', [
  {
    name: 'a squash',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('reset', '-q', '--soft', 'main');
      await repo.commit('all in one', 'ada');
    },
  },
  {
    name: 'a rebase over something else',
    want: 'pass',
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => {
      await repo.onMain('README.md', '# other\n');
      await repo.gitAs('ada', ['rebase', '-q', 'main']);
    },
  },
  {
    name: 'a merge of the target',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('README.md', '# other\n');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'merge', 'main']);
    },
  },
  {
    name: 'a target that moved elsewhere and was not taken in',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('model/other.py', 'x = 1\n');
    },
  },
  {
    name: 'an edit of what no rule governs',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
    },
  },
  {
    name: 'an amended message',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.gitAs('ada', ['commit', '-q', '--amend', '-m', 'better words']);
    },
  },
  {
    name: 'a change taken back and made again',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('model/score.py', scoreText);
      await repo.commit('back', 'ada');
      await repo.change();
    },
  },
  {
    name: 'a fast-forward landing, looked at from before',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      const before = await repo.git('rev-parse', 'main');
      await repo.land();
      return { range: `${before}...main` };
    },
  },
  {
    name: 'a cherry-pick of everything',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'picked', 'main');
      await repo.gitAs('ada', ['cherry-pick', 'main..change']);
    },
  },
]);

playCases('what makes a signature stale', [
  {
    name: 'indentation',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.change('ada', raisedText.replace('        return 1', '    return 1'));
    },
  },
  {
    name: 'a space at the end of a line',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.change('ada', raisedText.replace('return 0', 'return 0 '));
    },
  },
  {
    name: 'a line end at the end',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.change('ada', raisedText.trimEnd());
    },
  },
  {
    name: 'the mode alone',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('update-index', '--chmod=+x', 'model/score.py');
      await repo.gitAs('ada', ['commit', '-qm', 'x']);
    },
  },
  {
    name: 'one file more',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('model/more.py', 'x\n');
      await repo.commit('more', 'ada');
    },
  },
  {
    name: 'an empty file more',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('model/__init__.py', '');
      await repo.commit('more', 'ada');
    },
  },
  {
    name: 'a rename',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('mv', 'model/score.py', 'model/points.py');
      await repo.commit('rename', 'ada');
    },
  },
  {
    name: 'a cherry-pick of part of it',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change();
      repo.write('model/more.py', 'x\n');
      await repo.commit('more', 'ada');
      await repo.both();
      const [more] = (await repo.git('rev-list', '--reverse', 'main..HEAD')).split('\n').slice(1);
      await repo.gitAs('ada', ['revert', '--no-edit', more as string]);
    },
  },
  {
    name: 'a plumbing commit',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      repo.write('model/score.py', evilText);
      await repo.git('add', '-A');
      await commitTree(repo, await repo.git('write-tree'), ['HEAD']);
    },
  },
  {
    name: 'a commit past the hooks',
    want: ['fail', 'requirement/unmet'],
    byCommand: true,
    play: async (repo) => {
      repo.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 1\n');
      await repo.change();
    },
  },
  {
    name: 'the target changed the same file elsewhere',
    want: ['fail', 'requirement/unmet'],
    begin: { files: { 'model/long.py': `${'a = 1\n'.repeat(20)}` } },
    play: async (repo) => {
      repo.write('model/long.py', `b = 2\n${'a = 1\n'.repeat(19)}`);
      await repo.commit('top', 'ada');
      await repo.both();
      await repo.onMain('model/long.py', `${'a = 1\n'.repeat(19)}c = 3\n`);
    },
  },
]);
