import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { playCases } from './kit/cases.ts';
import { assertJudged, judge } from './kit/judged.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { policyWithRule } from './kit/policy.ts';

async function link(repo: ModelRepo, path: string, target: string): Promise<void> {
  repo.write(`${path}.folder`, '');
  symlinkSync(target, join(repo.dir, path));
  await repo.git('rm', '-q', '--cached', '--ignore-unmatch', `${path}.folder`);
  await repo.git('clean', '-qf', `${path}.folder`);
  await repo.commit('link', 'ada');
}

playCases('links', [
  {
    name: 'to a file of the same rule',
    want: 'pass',
    play: async (repo) => {
      await link(repo, 'model/alias.py', 'score.py');
      await repo.both();
    },
  },
  {
    name: 'to a file that no rule governs',
    want: ['fail', 'change/symlink'],
    byCommand: true,
    play: async (repo) => {
      repo.write('scratch/score.py', 'x\n');
      await link(repo, 'model/alias.py', '../scratch/score.py');
      await repo.both();
    },
  },
  {
    name: 'to an exempt file of the same folder',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      repo.write('model/code.md', 'x\n');
      await link(repo, 'model/alias.py', 'code.md');
      await repo.both();
    },
  },
  {
    name: 'out of the repository',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      await link(repo, 'model/alias.py', '../../outside.py');
      await repo.both();
    },
  },
  {
    name: 'to an absolute path',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      await link(repo, 'model/alias.py', '/etc/hostname');
      await repo.both();
    },
  },
  {
    name: 'into the folder of git',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['**'], except: [] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => !path.startsWith('.countersign/signoffs/');
      await link(repo, 'model/alias.py', '../.git/config');
      await repo.both();
    },
  },
  {
    name: 'into the folder of git in capitals',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['**'], except: [] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => !path.startsWith('.countersign/signoffs/');
      await link(repo, 'model/alias.py', '../.GIT/config');
      await repo.both();
    },
  },
  {
    name: 'among the sign-offs',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['**'], except: [] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => !path.startsWith('.countersign/signoffs/');
      await link(
        repo,
        'model/alias.py',
        '../.countersign/signoffs/model-change/ada.000000000000.0000.yaml',
      );
      await repo.both();
    },
  },
  {
    name: 'swapped for a file',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.git('rm', '-q', 'model/score.py');
      await link(repo, 'model/score.py', 'other.py');
    },
  },
  {
    name: 'in place of a governed folder',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['model/*.py'] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => /^model\/[^/]*\.py$/.test(path);
      repo.write('other/score.py', 'x\n');
      await repo.git('rm', '-rq', 'model');
      symlinkSync('other', join(repo.dir, 'model'));
      await repo.commit('link', 'ada');
      await repo.both();
    },
  },
  {
    name: 'where governed files could come to lie',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['services/*/model.py'] }) },
    play: async (repo) => {
      repo.write('scratch/model.py', 'x\n');
      await link(repo, 'services/new', '../scratch');
    },
  },
  {
    name: 'between folders that one rule governs alike',
    want: 'pass',
    begin: { policy: policyWithRule({ paths: ['**/*.py'] }) },
    play: async (repo) => {
      repo.write('docs/v2/a.md', 'x\n');
      await link(repo, 'docs/latest', 'v2');
    },
  },
  {
    name: 'between folders of which one is exempt',
    want: ['fail', 'change/symlink'],
    begin: { policy: policyWithRule({ paths: ['**/*.py'], except: ['scratch/**'] }) },
    play: async (repo) => {
      repo.write('scratch/v2/a.md', 'x\n');
      await link(repo, 'latest', 'scratch/v2');
    },
  },
  {
    name: 'that no rule governs',
    want: 'pass',
    play: async (repo) => {
      await link(repo, 'docs/alias', '../README.md');
    },
  },
  {
    name: 'to the newest of several folders',
    want: 'pass',
    byCommand: true,
    play: async (repo) => {
      repo.write('model/v1/score.py', 'x\n');
      await link(repo, 'model/latest', 'v1');
      await link(repo, 'model/alias.py', 'latest/score.py');
      await repo.both();
    },
  },
  {
    name: 'out of the scope through a link to its own folder',
    want: ['fail', 'change/symlink'],
    byCommand: true,
    play: async (repo) => {
      repo.write('scratch/evil.py', 'x\n');
      await link(repo, 'model/b', '.');
      await link(repo, 'model/alias.py', 'b/../scratch/evil.py');
      await repo.both();
    },
  },
  {
    name: 'out of the scope through a link to the folder above',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      repo.write('scratch/evil.py', 'x\n');
      await link(repo, 'model/sub/up', '..');
      await link(repo, 'model/alias.py', 'sub/up/../scratch/evil.py');
      await repo.both();
    },
  },
  {
    name: 'out of the scope through a link in other letters',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      repo.write('scratch/evil.py', 'x\n');
      await link(repo, 'model/b', '.');
      await link(repo, 'model/alias.py', 'B/../scratch/evil.py');
      await repo.both();
    },
  },
  {
    name: 'through a link that no rule governs',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      await link(repo, 'shared', 'model');
      await link(repo, 'model/alias.py', '../shared/score.py');
      await repo.both();
    },
  },
  {
    name: 'that landed, once a folder on its way becomes a link',
    want: ['fail', 'change/symlink'],
    play: async (repo) => {
      repo.write('model/b/x.py', 'x\n');
      repo.write('scratch/evil.py', 'x\n');
      await link(repo, 'model/alias.py', 'b/../scratch/evil.py');
      await repo.both();
      assertJudged(await judge(repo), 'pass');
      await repo.land();
      await repo.git('rm', '-rq', 'model/b');
      await link(repo, 'model/b', '.');
      await repo.both();
    },
  },
]);
