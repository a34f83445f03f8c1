import { playCases } from './kit/cases.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { policyText, policyWithRule } from './kit/policy.ts';
import { paths } from './kit/repolicy.ts';

async function bring(repo: ModelRepo, globs: readonly string[]): Promise<void> {
  repo.write('.countersign/policy.yaml', policyText(policyWithRule(paths(...globs))));
  await repo.commit('policy', 'agent@example.org');
  await repo.admins();
}

playCases('what the globs of a policy guard', [
  {
    name: 'one that means something else than it reads cannot land',
    want: ['fail', 'policy/glob-misread'],
    byCommand: true,
    play: (repo) => bring(repo, ['data/part-{1..10}.csv']),
  },
  {
    name: 'one that stands is told, and one can go on',
    want: ['pass', 'policy/glob-misread'],
    begin: { policy: policyWithRule(paths('data/part-{1..10}.csv')) },
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'one that stands can be mended',
    want: 'pass',
    begin: {
      policy: policyWithRule(paths('data/part-{1..10}.csv')),
      files: { 'data/part-5.csv': 'x\n' },
    },
    play: (repo) => bring(repo, ['data/part-*.csv']),
  },
  {
    name: 'the name of a folder is told when it comes',
    want: ['pass', 'policy/glob-misses'],
    begin: { files: { 'weights/w.bin': 'x\n' } },
    play: (repo) => bring(repo, ['weights']),
  },
  {
    name: 'one that governs only the top is told while it stands',
    want: ['pass', 'policy/glob-misses'],
    begin: { policy: policyWithRule(paths('*.py')), files: { 'src/a.py': 'x\n' } },
    play: async (repo) => {
      repo.write('src/a.py', 'y\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'letters that change at the end of a word are the same letters',
    want: ['fail', 'requirement/unmet'],
    begin: { policy: policyWithRule(paths('βάσ*.py')), files: { 'βάση.py': 'x\n' } },
    play: async (repo) => {
      repo.write('ΒΆΣΗ.py', 'y\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a name that Windows takes apart is the file that it becomes there',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model\\score.py', 'y\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'what a hook manager or a CI system reads is governed in every place',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('sub/lefthook.yaml', 'x: 1\n');
      await repo.commit('x', 'ada');
    },
  },
]);
