import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, playCases } from './kit/cases.ts';
import type { Question } from './kit/judged.ts';
import { signerLines } from './kit/keys.ts';
import { ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { must } from './kit/processes.ts';
import { changed, evilText, signedByBoth } from './kit/clone-of.ts';

/** Settings of a repository that would run this program, and a look at whether anybody did. */
async function trap(
  repo: ModelRepo,
  settings: readonly (readonly [string, string])[],
): Promise<() => void> {
  const mark = join(repo.dir, '.git', 'somebody-ran-this');
  const program = join(repo.dir, '.git', 'trap.sh');
  writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\nexit 0\n`, { mode: 0o755 });
  for (const [name, value] of settings)
    await repo.git('config', name, value.replace('TRAP', program));
  return () => assert.ok(!existsSync(mark), 'a program of the repository was run');
}

playCases('settings that could change the answer', [
  {
    name: 'an external diff',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async (repo) => {
      const afterwards = await trap(repo, [
        ['diff.external', 'TRAP'],
        ['diff.py.textconv', 'TRAP'],
        ['core.attributesFile', '.git/attributes'],
      ]);
      writeFileSync(join(repo.dir, '.git/attributes'), '*.py diff=py\n');
      return { afterwards };
    },
  },
  {
    name: 'renames and an order of paths',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      writeFileSync(join(repo.dir, '.git/order'), '*.md\n');
      for (const [name, value] of [
        ['diff.renames', 'copies'],
        ['diff.orderFile', '.git/order'],
        ['diff.noprefix', 'true'],
        ['core.quotePath', 'true'],
        ['diff.ignoreSubmodules', 'all'],
        ['diff.algorithm', 'patience'],
        ['core.abbrev', '4'],
        ['log.showSignature', 'true'],
        ['color.ui', 'always'],
        ['core.pager', 'false'],
        ['i18n.logOutputEncoding', 'UTF-16'],
        ['log.follow', 'true'],
        ['diff.wsErrorHighlight', 'all'],
        ['diff.relative', 'true'],
      ] as const)
        await repo.git('config', name, value);
    },
  },
  {
    name: 'a monitor of files',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async (repo) => {
      const afterwards = await trap(repo, [['core.fsmonitor', 'TRAP']]);
      repo.write('model/score.py', evilText);
      await repo.gitBytes(['-c', 'core.fsmonitor=false', 'add', '-A']);
      await repo.git('config', 'user.email', 'ada@example.org');
      await repo.git('config', 'user.name', 'Ada');
      return { staged: true, afterwards };
    },
  },
  {
    name: 'a working tree that lies elsewhere',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async (repo) => {
      const other = await ModelRepo.make({ upTo: 'both' });
      await repo.git('config', 'core.worktree', other.dir);
      return { dir: repo.dir };
    },
  },
  {
    name: 'a merge driver for everything',
    want: ['fail', 'change/conflict'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
      return {
        afterwards: await trap(repo, [
          ['merge.default', 'mine'],
          ['merge.mine.driver', 'TRAP'],
          ['merge.mine.name', 'mine'],
        ]),
      };
    },
  },
  {
    name: 'a merge driver by the repository’s attributes',
    want: ['fail', 'change/conflict'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
      const afterwards = await trap(repo, [['merge.mine.driver', 'TRAP']]);
      mkdirSync(join(repo.dir, '.git/info'), { recursive: true });
      writeFileSync(join(repo.dir, '.git/info/attributes'), '* merge=mine\n');
      return { afterwards };
    },
  },
  {
    name: 'a union merge by the repository’s attributes',
    want: ['fail', 'change/conflict'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
      mkdirSync(join(repo.dir, '.git/info'), { recursive: true });
      writeFileSync(join(repo.dir, '.git/info/attributes'), '* merge=union\n');
    },
  },
  {
    name: 'a union merge by attributes in the working tree',
    want: ['fail', 'change/conflict'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
      repo.write('.gitattributes', '* merge=union\n');
    },
  },
  {
    name: 'attributes in the working tree that call text binary',
    want: 'pass',
    begin: { files: { 'model/long.py': 'a = 1\n'.repeat(20) } },
    play: async (repo) => {
      repo.write('model/long.py', `b = 2\n${'a = 1\n'.repeat(20)}`);
      await repo.commit('top', 'ada');
      await repo.onMain('model/long.py', `${'a = 1\n'.repeat(20)}c = 3\n`);
      await repo.both();
      repo.write('.gitattributes', '* binary\n');
    },
  },
  {
    name: 'no look for renames',
    want: 'pass',
    begin: { files: { 'model/long.py': 'a = 1\n'.repeat(30) } },
    play: async (repo) => {
      repo.write('model/long.py', `${'a = 1\n'.repeat(30)}b = 2\n`);
      await repo.commit('edit', 'ada');
      await repo.git('switch', '-q', 'main');
      await repo.git('mv', 'model/long.py', 'model/renamed.py');
      await repo.commit('rename', 'eve');
      await repo.git('switch', '-q', 'change');
      await repo.both({ committer: 'ada' });
      for (const [name, value] of [
        ['merge.renames', 'false'],
        ['merge.renameLimit', '1'],
        ['diff.renames', 'false'],
        ['diff.renameLimit', '1'],
        ['merge.directoryRenames', 'true'],
      ] as const)
        await repo.git('config', name, value);
    },
  },
  {
    name: 'an alias for every command',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      for (const command of ['diff-tree', 'rev-list', 'cat-file', 'merge-tree', 'ls-tree'])
        await repo.git('config', `alias.${command}`, '!true');
    },
  },
  {
    name: 'a target by the repository’s settings',
    want: ['undecidable', 'policy/branch'],
    begin: changed,
    play: async (repo) => {
      await repo.git('branch', 'release/1', 'main');
      await repo.git('config', 'countersign.target', 'release/1');
    },
  },
]);

/** Ben resolves a conflict in favour of what stood on the branch, and approves: he is an author all the same. */
async function resolvedByBen(repo: ModelRepo): Promise<void> {
  await repo.change();
  await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
  await repo.tryGit('merge', '-q', '--no-ff', 'main');
  repo.write('model/score.py', raisedText);
  await repo.git('add', '-A');
  await repo.gitAs('ben', ['commit', '-qm', 'resolved']);
  await repo.both();
}

/** A git in front of the real one that lacks some of its options or commands. */
async function gitWithout(
  repo: ModelRepo,
  version: string,
  lacks: readonly string[],
): Promise<Question> {
  const real = (await must('sh', ['-c', 'command -v git'])).toString().trim();
  const refused = lacks
    .map(
      (word) =>
        `${word}) echo "error: unknown option \\\`${word.replace(/^-+/, '')}'" >&2; exit 129;;`,
    )
    .join(' ');
  repo.write(
    '.git/bin/git',
    `#!/bin/sh\nfor word in "$@"; do case "$word" in version) echo "git version ${version}"; exit 0;; ${refused} esac; done\nexec '${real}' "$@"\n`,
  );
  chmodSync(join(repo.dir, '.git/bin/git'), 0o755);
  return { env: { PATH: `${join(repo.dir, '.git/bin')}:${process.env['PATH']}` } };
}

playCases('an old git, and one that fails', [
  {
    name: 'a conflict resolved by who signs, with this git',
    want: ['fail', 'requirement/unmet'],
    play: resolvedByBen,
  },
  {
    name: 'a conflict resolved by who signs, with an old git',
    want: ['undecidable', 'git/too-old'],
    byCommand: true,
    play: async (repo) => {
      await resolvedByBen(repo);
      return gitWithout(repo, '2.30.2', ['merge-tree', '--no-mailmap']);
    },
  },
  {
    name: 'nothing to merge, with an old git',
    want: ['undecidable', 'git/too-old'],
    byCommand: true,
    begin: signedByBoth,
    play: (repo) => gitWithout(repo, '2.37.1', ['merge-tree', '--no-mailmap']),
  },
  {
    name: 'a conflict resolved by who signs, with a git that merges nothing though it reads all',
    want: ['undecidable', 'git/too-old'],
    play: async (repo) => {
      await resolvedByBen(repo);
      return gitWithout(repo, '2.37.1', ['merge-tree']);
    },
  },
  {
    name: 'a conflict resolved by who signs, where git cannot merge again',
    want: ['undecidable', 'git/failed'],
    play: async (repo) => {
      await resolvedByBen(repo);
      return gitWithout(repo, '2.45.0', ['merge-tree']);
    },
  },
  {
    name: 'a target to merge with, where git cannot',
    want: ['undecidable', 'git/failed'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.onMain('docs/x.md', 'x\n');
      return gitWithout(repo, '2.45.0', ['merge-tree']);
    },
  },
]);

const untilAMinute = async (time: string) => ({
  signers:
    (await signerLines(['ada', 'cy', 'dee', 'eve', 'fay'])) +
    (await signerLines(['ben'], `namespaces="model-signoff",valid-before="${time}Z"`)),
  ...signedByBoth,
});

playCases(
  'time zones',
  ['Pacific/Kiritimati', 'America/Los_Angeles'].flatMap(
    (TZ) =>
      [
        {
          name: `a key that is still good for a minute, in ${TZ}`,
          want: 'pass',
          begin: () => untilAMinute('20261124060100'),
          byCommand: true,
          play: async () => ({ env: { TZ } }),
        },
        {
          name: `a key that ran out a minute ago, in ${TZ}`,
          want: ['fail', 'requirement/unmet'],
          says: ['signoff/expired'],
          ofBen: 'expired',
          begin: () => untilAMinute('20261124055900'),
          byCommand: true,
          play: async () => ({ env: { TZ } }),
        },
      ] satisfies Case[],
  ),
);
