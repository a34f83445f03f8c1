import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { playCases } from './kit/cases.ts';
import { type ModelRepo, raisedText } from './kit/model-repo.ts';
import { policyWithRule } from './kit/policy.ts';

async function submodule(repo: ModelRepo, path: string, oid: string, who = 'ada'): Promise<void> {
  // Without its folder the next commit of everything would take it away again.
  mkdirSync(join(repo.dir, path), { recursive: true });
  await repo.git('update-index', '--add', '--cacheinfo', `160000,${oid},${path}`);
  await repo.gitAs(who, ['commit', '-qm', 'module']);
}

playCases('submodules and pointers', [
  {
    name: 'a submodule in a governed folder',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await submodule(repo, 'model/sub', await repo.git('rev-parse', 'main'));
    },
  },
  {
    name: 'a submodule in a governed folder, signed',
    want: 'pass',
    play: async (repo) => {
      await submodule(repo, 'model/sub', await repo.git('rev-parse', 'main'));
      await repo.both();
    },
  },
  {
    name: 'a submodule moved on',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await submodule(repo, 'model/sub', await repo.git('rev-parse', 'main'));
      await repo.both();
      await submodule(repo, 'model/sub', 'a'.repeat(40));
    },
  },
  {
    name: 'a submodule moved on that settings tell git to ignore',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await submodule(repo, 'model/sub', await repo.git('rev-parse', 'main'));
      await repo.both();
      await repo.git('config', 'submodule.sub.ignore', 'all');
      await repo.git('config', 'submodule.sub.path', 'model/sub');
      repo.write(
        '.gitmodules',
        '[submodule "sub"]\n\tpath = model/sub\n\turl = x\n\tignore = all\n',
      );
      await repo.git('update-index', '--add', '--cacheinfo', `160000,${'a'.repeat(40)},model/sub`);
      const tree = await repo.git('write-tree');
      await repo.git(
        'reset',
        '-q',
        '--soft',
        await repo.gitAs('ada', ['commit-tree', tree, '-p', 'HEAD', '-m', 'x']),
      );
      await repo.git('config', 'diff.ignoreSubmodules', 'all');
    },
  },
  {
    name: 'a submodule in place of a governed folder',
    want: ['fail', 'change/submodule'],
    begin: { policy: policyWithRule({ paths: ['model/*.py'] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => /^model\/[^/]*\.py$/.test(path);
      await repo.git('rm', '-rq', 'model');
      await submodule(repo, 'model', await repo.git('rev-parse', 'main'));
      await repo.git('reset', '-q', '--hard');
      await repo.both();
    },
  },
  {
    name: 'a pointer to a large file',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write(
        'model/w.bin',
        'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
      );
      await repo.commit('weights', 'ada');
      await repo.both();
      repo.write(
        'model/w.bin',
        'version https://git-lfs.github.com/spec/v1\noid sha256:5d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
      );
      await repo.commit('others', 'ada');
    },
  },
  {
    name: 'a pointer to a large file, signed as it is',
    want: 'pass',
    play: async (repo) => {
      await repo.git('config', 'filter.lfs.clean', 'cat');
      repo.write(
        'model/w.bin',
        'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n',
      );
      await repo.commit('weights', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a pointer to data',
    want: ['fail', 'requirement/unmet'],
    begin: { policy: policyWithRule({ paths: ['data/*.dvc'] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => /^data\/[^/]*\.dvc$/.test(path);
      repo.write(
        'data/train.csv.dvc',
        'outs:\n- md5: a304afb96060aad90176268345e10355\n  path: train.csv\n',
      );
      await repo.commit('data', 'ada');
      await repo.both();
      repo.write(
        'data/train.csv.dvc',
        'outs:\n- md5: b304afb96060aad90176268345e10355\n  path: train.csv\n',
      );
      await repo.commit('data', 'ada');
    },
  },
  {
    name: 'a pointer to data, signed as it is',
    want: 'pass',
    begin: { policy: policyWithRule({ paths: ['data/*.dvc'] }) },
    play: async (repo) => {
      repo.scopes['model-change'] = (path) => /^data\/[^/]*\.dvc$/.test(path);
      repo.write(
        'data/train.csv.dvc',
        'outs:\n- md5: a304afb96060aad90176268345e10355\n  path: train.csv\n',
      );
      await repo.commit('data', 'ada');
      await repo.both();
    },
  },
  {
    name: 'a file that became binary',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      repo.write('model/score.py', Buffer.from([...Buffer.from(raisedText), 0]));
      await repo.commit('binary', 'ada');
    },
  },
]);
