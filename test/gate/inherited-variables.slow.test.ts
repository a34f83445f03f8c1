import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { program } from '../cli/program.ts';
import { as, freshFolder, ModelRepo, raisedText } from './kit/model-repo.ts';
import { must, run } from './kit/processes.ts';

const gate = `'${process.execPath}' '${program}'`;

/** A repository with the model repository as its submodule, and a linked working tree of it. */
type Scene = {
  readonly outer: string;
  readonly linked: string;
};

const plain = (dir: string, ...args: readonly string[]) =>
  must('git', ['-c', 'protocol.file.allow=always', '-c', 'core.hooksPath=/dev/null', ...args], {
    cwd: dir,
    env: as('ada'),
  });

/** Takes what a branch of the model repository has onto its main, staged and not committed. */
async function stageFrom(sub: string, branch: string): Promise<void> {
  await plain(sub, 'read-tree', '--reset', '-u', `origin/${branch}`);
}

async function makeScene(): Promise<Scene> {
  const model = await ModelRepo.make({ upTo: 'both' });
  await model.git('branch', 'signed', 'HEAD');
  await model.git('branch', 'unsigned', 'HEAD~2');
  await model.git('switch', '-q', 'main');
  const outer = await freshFolder();
  await plain(outer, 'init', '-q', '-b', 'main');
  await plain(outer, 'submodule', 'add', '-q', model.dir, 'models/wage');
  await plain(outer, 'commit', '-q', '-m', 'outer');
  const linked = join(await freshFolder(), 'linked');
  await plain(outer, 'worktree', 'add', '-q', '-b', 'w', linked);
  await plain(linked, 'submodule', 'update', '--init', '-q');
  return { outer, linked };
}

/** Commits in a folder with a hook of this text; what the gate in it said and how it ended. */
async function hooked(
  repository: string,
  dir: string,
  script: string,
  args: readonly string[] = ['commit', '--allow-empty', '-qm', 'outer'],
): Promise<{ readonly code: number; readonly says: string }> {
  const folder = await freshFolder();
  const hook = join(folder, 'pre-commit');
  writeFileSync(
    hook,
    `#!/bin/sh\n{ ${script}; } >'${folder}/said' 2>&1\necho $? >'${folder}/code'\nexit 1\n`,
  );
  chmodSync(hook, 0o755);
  await must('git', ['config', 'core.hooksPath', folder], { cwd: repository });
  await run('git', args, { cwd: dir, env: as('ada') });
  assert.ok(existsSync(join(folder, 'code')), 'git ran the hook');
  return {
    code: Number(readFileSync(join(folder, 'code'), 'utf8')),
    says: readFileSync(join(folder, 'said'), 'utf8'),
  };
}

const named = `${gate} hook run pre-commit --repo models/wage`;
const hooksOfOthers: readonly (readonly [
  name: string,
  place: 'outer' | 'linked',
  script: string,
  unsigned: number,
  signed: number,
  args?: readonly string[],
])[] = [
  ['names it', 'outer', named, 1, 0],
  ['names it, from a linked working tree', 'linked', named, 1, 0],
  ['names it, before a commit of all', 'outer', named, 1, 0, ['commit', '-aqm', 'x']],
  ['asks the check for it', 'linked', `${gate} check --repo models/wage`, 1, 0],
  ['asks the check for it there', 'outer', `cd models/wage && ${gate} check`, 1, 0],
  ['changes into it', 'outer', `cd models/wage && ${gate} hook run pre-commit`, 1, 0],
  [
    'changes into it, before a commit of all',
    'outer',
    `cd models/wage && ${gate} hook run pre-commit`,
    1,
    0,
    ['commit', '-aqm', 'x'],
  ],
  [
    'changes into it, from a linked working tree',
    'linked',
    `cd models/wage && ${gate} hook run pre-commit`,
    2,
    2,
  ],
  [
    'changes into it and names it',
    'linked',
    `cd models/wage && ${gate} hook run pre-commit --repo .`,
    1,
    0,
  ],
];

describe('a hook of another repository', () => {
  let scene: Scene;
  before(async () => {
    scene = await makeScene();
  });

  for (const [name, place, script, unsigned, signed, args] of hooksOfOthers)
    test(name, async () => {
      const dir = scene[place];
      // Something for a commit of all.
      writeFileSync(
        join(dir, '.gitmodules'),
        `\n${readFileSync(join(dir, '.gitmodules'), 'utf8')}`,
      );
      for (const [branch, wanted] of [
        ['unsigned', unsigned],
        ['signed', signed],
      ] as const) {
        await stageFrom(join(dir, 'models/wage'), branch);
        const { code, says } = await hooked(scene.outer, dir, script, args);
        assert.equal(code, wanted, `${branch}: ${says}`);
        if (wanted === 2) assert.match(says, /\(repository\/two\).*--repo/s);
      }
    });

  for (const [name, script] of [
    ['itself', `${gate} hook run pre-commit`],
    ['itself, in a folder of it', `cd model && ${gate} hook run pre-commit`],
    ['itself, named', `cd model && ${gate} hook run pre-commit --repo ..`],
  ] as const)
    test(`the submodule’s own hook judges ${name}`, async () => {
      for (const place of ['outer', 'linked'] as const) {
        const sub = join(scene[place], 'models/wage');
        for (const [branch, wanted] of [
          ['unsigned', 1],
          ['signed', 0],
        ] as const) {
          await stageFrom(sub, branch);
          const { code, says } = await hooked(sub, sub, script, ['commit', '-qm', 'inner']);
          assert.equal(code, wanted, `${place} ${branch}: ${says}`);
        }
      }
    });
});

describe('a hook of its own repository', () => {
  const rows: readonly (readonly [
    name: string,
    play: (repo: ModelRepo) => Promise<readonly [dir: string, ...args: string[]]>,
    script?: string,
  ])[] = [
    [
      'whose git folder and working tree git was told',
      async (repo) => {
        const dir = await freshFolder();
        return [dir, `--git-dir=${repo.dir}/.git`, `--work-tree=${dir}`, 'commit', '-qm', 'x'];
      },
    ],
    [
      'the same, inside of another repository, and named',
      async (repo) => {
        const outer = await freshFolder();
        await plain(outer, 'init', '-q', '-b', 'main');
        const dir = join(outer, 'tree');
        mkdirSync(dir);
        return [dir, `--git-dir=${repo.dir}/.git`, `--work-tree=${dir}`, 'commit', '-qm', 'x'];
      },
      `${gate} hook run pre-commit --repo .`,
    ],
    ['before a commit of all', async (repo) => [repo.dir, 'commit', '-aqm', 'x']],
    [
      'before a commit of one file',
      async (repo) => {
        // Another content is staged than is committed.
        await repo.git('reset', '-q');
        repo.write('model/score.py', raisedText);
        return [repo.dir, 'commit', '-qm', 'x', '--', 'model/score.py'];
      },
    ],
    [
      'with an index of somebody’s own',
      async (repo) => {
        const index = join(await freshFolder(), 'index');
        await repo.gitBytes(['read-tree', 'HEAD'], { env: { GIT_INDEX_FILE: index } });
        await repo.gitBytes(['add', 'model/score.py'], { env: { GIT_INDEX_FILE: index } });
        await repo.git('reset', '-q');
        return [repo.dir, '-c', `alias.own=!GIT_INDEX_FILE=${index} git commit -qm x`, 'own'];
      },
    ],
  ];
  for (const [name, play, script = `${gate} hook run pre-commit`] of rows)
    test(name, async () => {
      const repo = await ModelRepo.make();
      repo.write('model/score.py', raisedText);
      await repo.git('add', '-A');
      const [dir, ...args] = await play(repo);
      const { code, says } = await hooked(repo.dir, dir, script, args);
      assert.equal(code, 1, says);
      assert.match(says, /model-change/);
    });
});
