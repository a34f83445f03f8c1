import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, playCases } from './kit/cases.ts';
import { freshFolder, ModelRepo, raisedText } from './kit/model-repo.ts';
import { must } from './kit/processes.ts';

const signedByBoth = { upTo: 'both' } as const;
const unsigned = { upTo: 'change' } as const;

/** A second repository that has the branch and its target, made by git as somebody would. */
async function elsewhere(
  repo: ModelRepo,
  make: (to: string) => Promise<void>,
): Promise<{ dir: string; range: string }> {
  // What a clone takes for the default branch is what HEAD names.
  await repo.git('symbolic-ref', 'HEAD', 'refs/heads/main');
  const dir = join(await freshFolder(), 'elsewhere');
  await make(dir);
  return { dir, range: 'origin/main...origin/change' };
}

const shared = (repo: ModelRepo) =>
  elsewhere(repo, async (to) => {
    await repo.git('clone', '-q', '--shared', '--no-checkout', repo.dir, to);
  });

const bundled = (repo: ModelRepo) =>
  elsewhere(repo, async (to) => {
    const file = join(await freshFolder(), 'all.bundle');
    await repo.git('bundle', 'create', '-q', file, '--all');
    await must('git', [
      '-c',
      'core.hooksPath=/dev/null',
      'clone',
      '-q',
      '--no-checkout',
      '-b',
      'main',
      file,
      to,
    ]);
  });

/** Settings that only hold where a condition does, or in one working tree. */
const included: Case['play'] = async (repo) => {
  const other = await ModelRepo.make(signedByBoth);
  writeFileSync(
    join(repo.dir, '.git/more'),
    `[core]\n\tworktree = ${other.dir}\n[diff]\n\texternal = false\n`,
  );
  await repo.git('config', 'includeIf.gitdir:**.path', join(repo.dir, '.git/more'));
};

const ofWorktree: Case['play'] = async (repo) => {
  const other = await ModelRepo.make(signedByBoth);
  await repo.git('config', 'extensions.worktreeConfig', 'true');
  writeFileSync(
    join(repo.dir, '.git/config.worktree'),
    `[core]\n\tworktree = ${other.dir}\n[countersign]\n\ttarget = change\n`,
  );
  return { target: 'main' };
};

/** Objects that lie somewhere else, where the repository says so. */
const lent: Case['play'] = async (repo) => {
  const other = await ModelRepo.make();
  other.write('model/score.py', `${raisedText}# never signed\n`);
  await other.commit('elsewhere', 'ada');
  mkdirSync(join(repo.dir, '.git/objects/info'), { recursive: true });
  writeFileSync(
    join(repo.dir, '.git/objects/info/alternates'),
    `${join(other.dir, '.git/objects')}\n`,
  );
  await repo.git('update-ref', 'refs/heads/change', await other.git('rev-parse', 'HEAD'));
  await repo.git('reset', '-q', '--hard');
};

/** A file whose name is a governed one's but for its case, by which no working tree of some systems can tell them apart. */
const twin: Case['play'] = async (repo) => {
  await repo.git('config', 'core.ignoreCase', 'true');
  const oid = (await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: 'evil\n' }))
    .toString()
    .trim();
  await repo.git('update-index', '--add', '--cacheinfo', `100644,${oid},Model/score.py`);
  await repo.gitAs('ada', ['commit', '-qm', 'twin']);
};

const unguarded: Case['play'] = async (repo) => {
  for (const name of ['core.protectNTFS', 'core.protectHFS'])
    await repo.git('config', name, 'false');
  const oid = (await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: '* merge=union\n' }))
    .toString()
    .trim();
  await repo.git('update-index', '--add', '--cacheinfo', `100644,${oid},GITATT~1`);
  await repo.gitAs('ada', ['commit', '-qm', 'short']);
};

playCases('where objects and settings come from', [
  {
    name: 'a clone that borrows its objects, signed',
    want: 'pass',
    begin: signedByBoth,
    play: shared,
  },
  {
    name: 'a clone that borrows its objects, unsigned',
    want: ['fail', 'requirement/unmet'],
    byCommand: true,
    begin: unsigned,
    play: shared,
  },
  { name: 'a clone of a bundle, signed', want: 'pass', begin: signedByBoth, play: bundled },
  {
    name: 'a clone of a bundle, unsigned',
    want: ['fail', 'requirement/unmet'],
    begin: unsigned,
    play: bundled,
  },
  {
    name: 'a change whose objects lie in another repository',
    want: ['fail', 'requirement/unmet'],
    play: lent,
  },
  {
    name: 'settings that are taken in on a condition',
    want: ['fail', 'requirement/unmet'],
    byCommand: true,
    begin: unsigned,
    play: included,
  },
  {
    name: 'settings of one working tree',
    want: ['undecidable', 'policy/branch'],
    begin: unsigned,
    play: ofWorktree,
  },
  { name: 'case that counts for nothing', want: ['fail', 'requirement/unmet'], play: twin },
  {
    name: 'case that counts for nothing, beside what is signed',
    want: ['fail', 'requirement/unmet'],
    begin: signedByBoth,
    play: twin,
  },
  {
    name: 'names that git guards no more',
    want: ['fail', 'requirement/unmet'],
    says: ['change/short-name'],
    play: unguarded,
  },
]);
