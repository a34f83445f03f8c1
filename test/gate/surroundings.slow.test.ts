import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Case, playCases } from './kit/cases.ts';
import type { Question } from './kit/judged.ts';
import { signerLines } from './kit/keys.ts';
import { as, ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { policyText, policyWithRule } from './kit/policy.ts';
import { must } from './kit/processes.ts';

const signedByBoth = { upTo: 'both' } as const;
const changed = { upTo: 'change' } as const;
const evilText = 'def score(row):\n    return 1\n';

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

playCases('objects and parents that git is told to see otherwise', [
  {
    name: 'a commit replaced',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      const good = await repo.git('rev-parse', 'HEAD');
      await repo.change('ada', evilText);
      await repo.git('replace', 'HEAD', good);
    },
  },
  {
    name: 'a blob replaced',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      const good = await repo.git('rev-parse', 'HEAD:model/score.py');
      await repo.change('ada', evilText);
      await repo.git('replace', await repo.git('rev-parse', 'HEAD:model/score.py'), good);
    },
  },
  {
    name: 'a tree replaced',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      const good = await repo.git('rev-parse', 'HEAD^{tree}');
      await repo.change('ada', evilText);
      await repo.git('replace', await repo.git('rev-parse', 'HEAD^{tree}'), good);
    },
  },
  {
    name: 'a policy replaced',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async (repo) => {
      const policy = await repo.git('rev-parse', 'main:.countersign/policy.yaml');
      const other = (
        await repo.gitBytes(['hash-object', '-w', '--stdin'], {
          input: policyText(policyWithRule({ paths: ['models/**'] })),
        })
      )
        .toString()
        .trim();
      await repo.git('replace', policy, other);
    },
  },
  {
    name: 'a graft that cuts an author out',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change('ben', `${raisedText}#\n`);
      await repo.change();
      await repo.both();
      mkdirSync(join(repo.dir, '.git/info'), { recursive: true });
      const oids = (await repo.git('rev-list', '--reverse', 'main..HEAD')).split('\n');
      writeFileSync(
        join(repo.dir, '.git/info/grafts'),
        `${oids[1]} ${await repo.git('rev-parse', 'main')}\n`,
      );
    },
  },
  {
    name: 'a shallow mark that cuts an author out',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change('ben', `${raisedText}#\n`);
      await repo.change();
      await repo.both();
      const oids = (await repo.git('rev-list', '--reverse', 'main..HEAD')).split('\n');
      writeFileSync(join(repo.dir, '.git/shallow'), `${oids[1]}\n`);
      return {};
    },
  },
  {
    name: 'a graph of commits that lies',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('commit-graph', 'write', '--reachable');
      const file = join(repo.dir, '.git/objects/info/commit-graph');
      const bytes = readFileSync(file);
      bytes.fill(0, bytes.length - 200, bytes.length - 60);
      await must('chmod', ['u+w', file]);
      writeFileSync(file, bytes);
    },
  },
  {
    name: 'replacements in a namespace of their own',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      const good = await repo.git('rev-parse', 'HEAD');
      await repo.change('ada', evilText);
      await repo.gitBytes(['replace', 'HEAD', good], {
        env: { GIT_REPLACE_REF_BASE: 'refs/other/' },
      });
      return { env: { GIT_REPLACE_REF_BASE: 'refs/other/' } };
    },
  },
]);

async function cloneOf(repo: ModelRepo, ...options: string[]): Promise<string> {
  const dir = join(repo.dir, '.git', 'clone');
  await repo.git('symbolic-ref', 'HEAD', 'refs/heads/main');
  await must('git', [
    '-c',
    'protocol.file.allow=always',
    'clone',
    '-q',
    '--no-local',
    '--branch=change',
    ...options,
    `file://${repo.dir}`,
    dir,
  ]);
  return dir;
}

/** Asks in a clone, in which main is only a branch of the remote. */
const inClone = (dir: string): Question => ({ dir, range: 'origin/main...HEAD' });

playCases('clones and working trees of other kinds', [
  {
    name: 'a whole clone',
    want: 'pass',
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => inClone(await cloneOf(repo)),
  },
  {
    name: 'a clone of one commit',
    want: ['undecidable', 'history/missing'],
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => inClone(await cloneOf(repo, '--depth=1', '--no-single-branch')),
  },
  {
    name: 'a clone that is cut off within the range',
    want: ['undecidable', 'history/missing'],
    begin: signedByBoth,
    play: async (repo) => inClone(await cloneOf(repo, '--depth=2', '--no-single-branch')),
  },
  {
    name: 'a clone without blobs',
    want: ['undecidable', 'history/missing'],
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => {
      await repo.git('config', 'uploadpack.allowFilter', 'true');
      return inClone(await cloneOf(repo, '--filter=blob:none', '--no-checkout'));
    },
  },
  {
    name: 'a clone without trees',
    want: ['undecidable', 'git/failed'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('config', 'uploadpack.allowFilter', 'true');
      return inClone(await cloneOf(repo, '--filter=tree:0', '--no-checkout'));
    },
  },
  {
    name: 'a second working tree',
    want: 'pass',
    begin: signedByBoth,
    byCommand: true,
    play: async (repo) => {
      const dir = join(repo.dir, '.git', 'second');
      await repo.git('worktree', 'add', '-q', '--detach', dir);
      return { dir };
    },
  },
  {
    name: 'a folder inside the working tree',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => ({ dir: join(repo.dir, 'model') }),
  },
  {
    name: 'a sparse checkout',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('sparse-checkout', 'set', '--sparse-index', 'docs');
    },
  },
  {
    name: 'a sparse checkout that commits',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('sparse-checkout', 'set', '--sparse-index', 'docs');
      repo.write('docs/a.md', 'x\n');
      await repo.git('config', 'user.email', 'ada@example.org');
      await repo.git('config', 'user.name', 'Ada');
      await repo.git('add', '--sparse', 'docs');
      await repo.git(
        'update-index',
        '--cacheinfo',
        `100644,${(await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: evilText })).toString().trim()},model/score.py`,
      );
      return { staged: true };
    },
  },
  {
    name: 'a repository of SHA-256',
    want: 'pass',
    begin: { objectFormat: 'sha256' },
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await repo.onMain('model/other.py', 'x\n');
    },
  },
  {
    name: 'a repository of SHA-256, unsigned',
    want: ['fail', 'requirement/unmet'],
    begin: { objectFormat: 'sha256' },
    play: async (repo) => {
      await repo.change();
    },
  },
  {
    name: 'a working tree that is a link',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      const link = join(repo.dir, '.git', 'link');
      symlinkSync(repo.dir, link);
      return { dir: link };
    },
  },
  {
    name: 'a file with CRLF in the working tree',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('config', 'core.autocrlf', 'true');
      await repo.git('checkout', '-q', '-f', 'HEAD');
      repo.write('model/score.py', raisedText.replaceAll('\n', '\r\n'));
    },
  },
]);

playCases('names that stand for two things', [
  {
    name: 'a tag called as the target',
    want: ['undecidable', 'revision/ambiguous'],
    begin: changed,
    byCommand: true,
    play: async (repo) => {
      await repo.git('tag', 'main', 'change');
    },
  },
  {
    name: 'a tag called as the target, the branch said in full',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async (repo) => {
      await repo.git('tag', 'main', 'change');
      return { range: 'refs/heads/main...HEAD' };
    },
  },
  {
    name: 'a tag called as the branch',
    want: ['undecidable', 'revision/ambiguous'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('tag', 'change', 'HEAD');
      await repo.change('ada', evilText);
      return { range: 'main...change' };
    },
  },
  {
    name: 'a tag is no revision',
    want: ['undecidable', 'revision/unknown'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('tag', 'v1', 'HEAD');
      return { range: 'main...v1' };
    },
  },
  {
    name: 'a full ref of a tag is no revision',
    want: ['undecidable', 'revision/unknown'],
    begin: signedByBoth,
    play: async (repo) => {
      await repo.git('tag', 'v1', 'HEAD');
      return { range: 'main...refs/tags/v1' };
    },
  },
  {
    name: 'a local branch called as one of the remote',
    want: ['undecidable', 'revision/ambiguous'],
    begin: signedByBoth,
    play: async (repo) => {
      const dir = await cloneOf(repo);
      await must('git', ['branch', 'origin/main', 'HEAD'], { cwd: dir });
      return inClone(dir);
    },
  },
  {
    name: 'a branch called as a shortened id',
    want: ['undecidable', 'revision/ambiguous'],
    begin: signedByBoth,
    play: async (repo) => {
      const short = (await repo.git('rev-parse', 'main')).slice(0, 8);
      await repo.git('update-ref', `refs/heads/${short}`, 'HEAD');
      return { range: `${short}...HEAD` };
    },
  },
  {
    name: 'a shortened id is no revision',
    want: ['undecidable', 'revision/unknown'],
    begin: signedByBoth,
    play: async (repo) => ({
      range: `${(await repo.git('rev-parse', 'main')).slice(0, 12)}...HEAD`,
    }),
  },
  {
    name: 'a full id',
    want: 'pass',
    begin: signedByBoth,
    play: async (repo) => ({
      range: `${await repo.git('rev-parse', 'main')}...${await repo.git('rev-parse', 'HEAD')}`,
    }),
  },
  {
    name: 'a branch called MERGE_HEAD',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async (repo) => {
      await repo.git('update-ref', 'refs/heads/MERGE_HEAD', 'main');
      await repo.git('config', 'user.email', 'ada@example.org');
      await repo.git('config', 'user.name', 'Ada');
      return { staged: true };
    },
  },
  {
    name: 'an option where a revision belongs',
    want: ['undecidable', 'revision/unknown'],
    begin: signedByBoth,
    play: async () => ({ range: '--all...HEAD' }),
  },
  {
    name: 'a range of two dots',
    want: ['undecidable', 'usage/range'],
    begin: signedByBoth,
    play: async () => ({ range: 'main..HEAD' }),
  },
]);

playCases('variables from outside', [
  {
    name: 'another repository',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    byCommand: true,
    play: async (repo) => {
      const other = await ModelRepo.make({ upTo: 'both' });
      return { env: { GIT_DIR: join(other.dir, '.git'), GIT_WORK_TREE: other.dir }, dir: repo.dir };
    },
  },
  {
    name: 'other objects',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async () => ({
      env: {
        GIT_OBJECT_DIRECTORY: '/nonexistent',
        GIT_ALTERNATE_OBJECT_DIRECTORIES: '/nonexistent',
      },
    }),
  },
  {
    name: 'settings',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    byCommand: true,
    play: async () => ({
      env: {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'countersign.target',
        GIT_CONFIG_VALUE_0: 'nowhere',
        GIT_CONFIG_PARAMETERS: "'countersign.target'='nowhere'",
      },
    }),
  },
  {
    name: 'a program for differences',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    play: async () => ({
      env: {
        GIT_EXTERNAL_DIFF: '/bin/true',
        GIT_DIFF_OPTS: '-u0',
        GIT_PAGER: '/bin/true',
        GIT_TRACE: '1',
        GIT_LITERAL_PATHSPECS: '1',
        GIT_GLOB_PATHSPECS: '1',
        GIT_ICASE_PATHSPECS: '1',
        GIT_NAMESPACE: 'x',
        GIT_CEILING_DIRECTORIES: '/',
        GIT_ATTR_SOURCE: 'HEAD',
        GIT_SHALLOW_FILE: '/dev/null',
      },
    }),
  },
  {
    name: 'an unsigned change with replacements allowed',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: async (repo) => {
      const good = await repo.git('rev-parse', 'HEAD');
      await repo.change('ada', evilText);
      await repo.git('replace', 'HEAD', good);
      return { env: { GIT_NO_REPLACE_OBJECTS: '0' } };
    },
  },
]);

/** The model repository as a submodule of another one; where its checkout lies. */
async function asSubmodule(repo: ModelRepo): Promise<Question> {
  const outer = await ModelRepo.make({ policy: null });
  await repo.git('switch', '-q', 'main');
  await outer.git(
    '-c',
    'protocol.file.allow=always',
    'submodule',
    'add',
    '-q',
    repo.dir,
    'models/wage',
  );
  const dir = join(outer.dir, 'models/wage');
  await must('git', ['switch', '-q', 'change'], { cwd: dir });
  return { dir, range: 'main...HEAD' };
}

playCases('the checkout of a submodule', [
  {
    name: 'a change that nobody signed',
    want: ['fail', 'requirement/unmet'],
    begin: changed,
    byCommand: true,
    play: asSubmodule,
  },
  {
    name: 'a change that both signed',
    want: 'pass',
    begin: signedByBoth,
    byCommand: true,
    play: asSubmodule,
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
