import { playCases } from './kit/cases.ts';
import { signedByBoth, signedByOwner } from './kit/forged.ts';

playCases('signed records are only ever added', [
  {
    name: 'edited after it landed',
    want: ['fail', 'signoff/edited'],
    byCommand: true,
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.land();
      repo.write(path, `${await repo.read(path)}# note\n`);
      await repo.commit('tidy', 'ada');
    },
  },
  {
    name: 'deleted after it landed',
    want: ['fail', 'signoff/deleted'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.land();
      await repo.git('rm', '-q', path);
      await repo.commit('tidy', 'ada');
    },
  },
  {
    name: 'edited within the range',
    want: ['fail', 'signoff/edited'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      const text = await repo.read(path);
      repo.write(path, text.replace('"yes"', '"no"'));
      await repo.commit('edit', 'ada');
      repo.write(path, text);
      await repo.commit('and back', 'ada');
    },
  },
  {
    name: 'a reject deleted within the range',
    want: ['fail', 'signoff/deleted'],
    begin: signedByBoth,
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('rm', '-q', path);
      await repo.commit('tidy', 'ada');
    },
  },
  {
    name: 'its mode changed after it landed',
    want: ['fail', 'signoff/edited'],
    begin: signedByOwner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.land();
      await repo.git('update-index', '--chmod=+x', path);
      await repo.gitAs('ada', ['commit', '-qm', 'x']);
    },
  },
  {
    name: 'a reject dropped by a merge',
    want: ['fail', 'signoff/deleted'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'side');
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('switch', '-q', 'change');
      repo.write('docs/a.md', 'a');
      await repo.commit('docs', 'ada');
      await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-commit', 'side']);
      await repo.git('rm', '-qf', path);
      await repo.commit('merge', 'ada');
    },
  },
  {
    name: 'a reject dropped by choosing ours',
    want: ['fail', 'signoff/deleted'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('switch', '-q', '-c', 'side');
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('switch', '-q', 'change');
      repo.write('docs/a.md', 'a');
      await repo.commit('docs', 'ada');
      await repo.gitAs('ada', ['merge', '-q', '-s', 'ours', '-m', 'merge', 'side']);
    },
  },
  {
    name: 'a reject dropped by a merge of three',
    want: ['fail', 'signoff/deleted'],
    begin: signedByBoth,
    play: async (repo) => {
      for (const [branch, file] of [
        ['one', 'docs/1.md'],
        ['two', 'docs/2.md'],
      ] as const) {
        await repo.git('switch', '-q', '-c', branch, 'change');
        repo.write(file, 'x');
        if (branch === 'two')
          await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
        else await repo.commit('x', 'ada');
      }
      await repo.git('switch', '-q', 'change');
      const tree = await repo.git('rev-parse', 'one^{tree}');
      const merge = await repo.gitAs('ada', [
        'commit-tree',
        tree,
        '-p',
        'change',
        '-p',
        'one',
        '-p',
        'two',
        '-m',
        'octopus',
      ]);
      await repo.git('reset', '-q', '--hard', merge);
    },
  },
  {
    name: 'a reject dropped by a merge of a history of its own',
    want: ['fail', 'signoff/deleted'],
    begin: signedByBoth,
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', {
        commit: false,
        payload: { decision: 'reject' },
      });
      await repo.git('add', path);
      const tree = await repo
        .git('write-tree', `--prefix=.countersign/signoffs/`)
        .then(async (inner) => {
          const input = (mode: string, oid: string, name: string): string =>
            `${mode} tree ${oid}\t${name}\n`;
          const middle = (
            await repo.gitBytes(['mktree'], { input: input('040000', inner, 'signoffs') })
          )
            .toString()
            .trim();
          return (
            await repo.gitBytes(['mktree'], { input: input('040000', middle, '.countersign') })
          )
            .toString()
            .trim();
        });
      const root = await repo.gitAs('cy', ['commit-tree', tree, '-m', 'alone']);
      await repo.git('rm', '-qf', path);
      const merge = await repo.gitAs('ada', [
        'commit-tree',
        'HEAD^{tree}',
        '-p',
        'HEAD',
        '-p',
        root,
        '-m',
        'merge',
      ]);
      await repo.git('reset', '-q', '--hard', merge);
    },
  },
]);
