import { parseMerge } from '../core/gate/merged-tree.ts';
import type { RawPath } from '../core/gate/raw-path.ts';
import { CountersignError } from './errors.ts';
import { cloneKind, fetchStep, missingHistory } from './missing-history.ts';
import type { Git } from './ports.ts';

/** `conflicts` can be empty where git calls a merge not clean: some conflicts are of folders and of no file. */
type AutomaticMerge = {
  readonly tree: string;
  readonly conflicts: readonly RawPath[];
  readonly clean: boolean;
};

/**
 * The tree of the automatic merge of two commits, and the paths that it could not merge.
 *
 * @param options for git, besides what makes its answer one to read
 * @throws CountersignError `git/too-old`, `history/missing` or `git/failed` where git did not merge: what nobody could merge
 *   again must not look as if it had merged by itself
 */
export async function mergeTrees(
  git: Git,
  [first, second]: readonly [string, string],
  options: readonly string[] = [],
): Promise<AutomaticMerge> {
  const out = await git.run([
    'merge-tree',
    '--write-tree',
    '-z',
    '--name-only',
    '--no-messages',
    ...options,
    first,
    second,
  ]);
  if (/could not read|unable to read|bad object|could not fetch/i.test(out.stderr))
    throw await missingHistory(
      git,
      `${first} and ${second} could not be merged: part of their history or content is not in this clone`,
    );
  if (out.code > 1) throw await mergeFailure(git, [first, second], out.stderr);
  return { ...parseMerge(out.stdout), clean: out.code === 0 };
}

async function mergeFailure(
  git: Git,
  commits: readonly string[],
  complaint: string,
): Promise<CountersignError> {
  const version = await git.text(['version']);
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (major < 2 || (major === 2 && minor < 38))
    return new CountersignError(
      'git/too-old',
      `${version} cannot merge without a working tree`,
      'install git 2.38 or newer',
    );
  if (/unrelated histories/.test(complaint))
    return new CountersignError(
      'history/missing',
      'the change and its target have no commit in common here',
      // A clone of every commit has no more history to bring: they are unrelated.
      (await cloneKind(git)).shallow
        ? `${await fetchStep(git)}; or, if they really are unrelated, start the branch from the target`
        : 'start the branch from the target',
    );
  return new CountersignError(
    'git/failed',
    `git could not merge ${commits.join(' and ')}: ${complaint.trim()}`,
    `if history is missing: ${await fetchStep(git)}`,
  );
}
