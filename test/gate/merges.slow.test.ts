import { playCases } from './kit/cases.ts';
import { type ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { evilText, signedByBoth } from './kit/signed-by-both.ts';

/** Takes main into the branch and changes the merge before it is committed. */
async function mergeWith(repo: ModelRepo, who: string, edit: () => void): Promise<void> {
  await repo.gitAs(who, ['merge', '-q', '--no-ff', '--no-commit', 'main']);
  edit();
  await repo.commit('merge main', who);
}

playCases('merges', [
  {
    name: 'a merge of the target that changes the model',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('README.md', '# other\n');
      await mergeWith(repo, 'ada', () => repo.write('model/score.py', evilText));
    },
  },
  {
    name: 'a merge whose maker signs as independent',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change();
      await repo.onMain('README.md', '# other\n');
      await mergeWith(repo, 'ben', () => repo.write('model/score.py', evilText));
      await repo.both();
    },
  },
  {
    name: 'a merge that only merges makes nobody an author',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.onMain('README.md', '# other\n');
      await repo.gitAs('ben', ['merge', '-q', '--no-ff', '-m', 'merge', 'main']);
      await repo.both();
    },
  },
  {
    name: 'a conflict resolved by who signs as independent',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change();
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
      await repo.tryGit('merge', '-q', '--no-ff', 'main');
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      await repo.gitAs('ben', ['commit', '-qm', 'resolved']);
      await repo.both();
    },
  },
  {
    name: 'a conflict resolved by the author',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
      await repo.tryGit('merge', '-q', '--no-ff', 'main');
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      await repo.gitAs('ada', ['commit', '-qm', 'resolved']);
      await repo.both();
    },
  },
  {
    name: 'a conflict with the target',
    want: ['fail', 'change/conflict'],
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => {
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
    },
  },
  {
    name: 'a merge that chooses ours takes the target’s change back',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('model/other.py', 'x = 1\n');
      await repo.gitAs('ada', ['merge', '-q', '-s', 'ours', '-m', 'merge', 'main']);
    },
  },
  {
    name: 'a merge that chooses ours takes back what no rule governs',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('README.md', '# other\n');
      await repo.gitAs('ada', ['merge', '-q', '-s', 'ours', '-m', 'merge', 'main']);
    },
  },
  {
    name: 'a criss-cross history that hides a change',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      // Each branch takes the other in; then one side slips a change into its merge.
      await repo.change();
      await repo.both();
      await repo.git('switch', '-q', '-c', 'side', 'main');
      repo.write('docs/side.md', 'x\n');
      await repo.commit('side', 'eve');
      const [one, two] = [
        await repo.git('rev-parse', 'change'),
        await repo.git('rev-parse', 'side'),
      ];
      await repo.gitAs('eve', ['merge', '-q', '--no-ff', '-m', 'cross', one]);
      await repo.git('switch', '-q', 'change');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-commit', two]);
      repo.write('model/hidden.py', 'x = 1\n');
      await repo.commit('cross', 'ada');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'again', 'side']);
    },
  },
  {
    name: 'a criss-cross history that is honest',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await repo.git('switch', '-q', '-c', 'side', 'main');
      repo.write('docs/side.md', 'x\n');
      await repo.commit('side', 'eve');
      const [one, two] = [
        await repo.git('rev-parse', 'change'),
        await repo.git('rev-parse', 'side'),
      ];
      await repo.gitAs('eve', ['merge', '-q', '--no-ff', '-m', 'cross', one]);
      await repo.git('switch', '-q', 'change');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'cross', two]);
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'again', 'side']);
    },
  },
  {
    name: 'a file that the target renamed takes the edit along',
    want: ['fail', 'requirement/unmet'],
    begin: { files: { 'model/long.py': 'a = 1\n'.repeat(30) } },
    play: async (repo) => {
      repo.write('model/long.py', `${'a = 1\n'.repeat(30)}b = 2\n`);
      await repo.commit('edit', 'ada');
      await repo.both();
      await repo.git('switch', '-q', 'main');
      await repo.git('mv', 'model/long.py', 'model/renamed.py');
      await repo.commit('rename', 'eve');
      await repo.git('switch', '-q', 'change');
    },
  },
  {
    name: 'what the merge with the target carries over a rename is of who wrote the lines, and of nobody else',
    want: 'pass',
    begin: { files: { 'model/long.py': 'a = 1\n'.repeat(30) } },
    play: async (repo) => {
      repo.write('docs/x.md', 'x\n');
      await repo.commit('docs', 'ben');
      repo.write('model/long.py', `${'a = 1\n'.repeat(30)}b = 2\n`);
      await repo.commit('edit', 'ada');
      await repo.git('switch', '-q', 'main');
      await repo.git('mv', 'model/long.py', 'model/renamed.py');
      await repo.commit('rename', 'eve');
      await repo.git('switch', '-q', 'change');
      await repo.both();
    },
  },
  {
    name: 'a merge of three makes its maker an author',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      for (const [branch, who] of [
        ['one', 'ada'],
        ['two', 'cy'],
      ] as const) {
        await repo.git('switch', '-q', '-c', branch, 'main');
        repo.write(`model/${branch}.py`, 'x\n');
        await repo.commit(branch, who);
      }
      await repo.git('switch', '-q', 'change');
      await repo.gitAs('ben', ['merge', '-q', '--no-ff', '-m', 'octopus', 'one', 'two']);
      await repo.both();
    },
  },
  {
    name: 'a history without a common beginning',
    want: ['undecidable', 'history/missing'],
    byCommand: true,
    play: async (repo) => {
      await repo.git('switch', '-q', '--orphan', 'alone');
      repo.write('model/score.py', evilText);
      await repo.commit('alone', 'ada');
    },
  },
  {
    name: 'a root commit touches all of its files',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.git('switch', '-q', '--orphan', 'alone');
      repo.write('model/extra.py', 'x\n');
      await repo.commit('alone', 'ben');
      await repo.git('switch', '-q', 'change');
      await repo.gitAs('ada', [
        'merge',
        '-q',
        '--allow-unrelated-histories',
        '-m',
        'join',
        'alone',
      ]);
      await repo.both();
    },
  },
]);
