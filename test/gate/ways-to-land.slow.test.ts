import { playCases } from './kit/cases.ts';
import { as, raisedText } from './kit/model-repo.ts';
import { policyWithRule } from './kit/policy.ts';

playCases('landing by rebase', [
  {
    name: 'a governed file that comes and goes',
    want: ['fail', 'change/squash-first'],
    begin: { policy: policyWithRule({}, { landing: 'rebase' }) },
    play: async (repo) => {
      repo.write('model/draft.py', 'x\n');
      await repo.commit('draft', 'ada');
      await repo.git('rm', '-q', 'model/draft.py');
      await repo.commit('gone', 'ada');
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'the same, squashed',
    want: 'pass',
    begin: { policy: policyWithRule({}, { landing: 'rebase' }) },
    play: async (repo) => {
      repo.write('model/draft.py', 'x\n');
      await repo.commit('draft', 'ada');
      await repo.git('rm', '-q', 'model/draft.py');
      await repo.commit('gone', 'ada');
      await repo.change();
      await repo.both();
      await repo.git('reset', '-q', '--soft', 'main');
      await repo.commit('one', 'ada');
    },
  },
  {
    name: 'an ungoverned file that comes and goes',
    want: 'pass',
    begin: { policy: policyWithRule({}, { landing: 'rebase' }) },
    play: async (repo) => {
      repo.write('docs/draft.md', 'x\n');
      await repo.commit('draft', 'ada');
      await repo.git('rm', '-q', 'docs/draft.md');
      await repo.commit('gone', 'ada');
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a merge lands the two ends only',
    want: 'pass',
    play: async (repo) => {
      repo.write('model/draft.py', 'x\n');
      await repo.commit('draft', 'ada');
      await repo.git('rm', '-q', 'model/draft.py');
      await repo.commit('gone', 'ada');
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a policy that comes and goes',
    want: ['fail', 'change/squash-first'],
    begin: { policy: policyWithRule({}, { landing: 'rebase' }) },
    play: async (repo) => {
      const text = await repo.read('.countersign/policy.yaml');
      repo.write('.countersign/policy.yaml', text.replace('max_days: 3', 'max_days: 2'));
      await repo.commit('policy', 'ada');
      repo.write('.countersign/policy.yaml', text);
      await repo.commit('back', 'ada');
    },
  },
]);

playCases('a rule that wants its branch up to date', [
  {
    name: 'behind its target',
    want: ['fail', 'change/behind'],
    begin: { policy: policyWithRule({ up_to_date: true }) },
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await repo.onMain('README.md', '# x\n');
    },
  },
  {
    name: 'up to date',
    want: 'pass',
    begin: { policy: policyWithRule({ up_to_date: true }) },
    play: async (repo) => {
      await repo.change();
      await repo.onMain('README.md', '# x\n');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'merge', 'main']);
      await repo.both();
    },
  },
  {
    name: 'behind, with nothing in that rule',
    want: 'pass',
    begin: { policy: policyWithRule({ up_to_date: true }) },
    play: async (repo) => {
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      await repo.onMain('README.md', '# x\n');
    },
  },
]);

playCases('the empty and the large', [
  { name: 'nothing changed', want: 'pass', byCommand: true, play: async () => {} },
  {
    name: 'only files that no rule governs',
    want: 'pass',
    play: async (repo) => {
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
    },
  },
  {
    name: 'an exempt file in a governed folder',
    want: 'pass',
    play: async (repo) => {
      repo.write('model/notes.md', 'x\n');
      await repo.commit('notes', 'ada');
    },
  },
  {
    name: 'more files than a sign-off lists',
    want: 'pass',
    play: async (repo) => {
      for (let index = 0; index < 1001; index++) repo.write(`model/part/${index}.py`, `${index}\n`);
      await repo.commit('many', 'ada');
      await repo.both();
    },
  },
  {
    name: 'more files than a sign-off lists, one of them changed since',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      for (let index = 0; index < 1001; index++) repo.write(`model/part/${index}.py`, `${index}\n`);
      await repo.commit('many', 'ada');
      await repo.both();
      repo.write('model/part/7.py', 'x\n');
      await repo.commit('one', 'ada');
    },
  },
  {
    name: 'an author by environment alone',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      await repo.gitBytes(['commit', '-qm', 'x'], {
        env: { ...as('ada'), GIT_AUTHOR_EMAIL: 'ben@example.org' },
      });
      await repo.both();
    },
  },
]);
