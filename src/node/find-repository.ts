import { existsSync, statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import { repositoryQuestion } from '../app/git-questions.ts';
import type { GitOutput } from '../app/ports.ts';
import { shellWord } from '../core/render/shell-word.ts';
import type { Ahead } from './git-ahead.ts';
import { choosingVariables, placeOf, repositoryVariables } from './git-environment.ts';
import { type GitPlace, runGit } from './git-process.ts';
import { type FoundRepository, meantRepository } from './meant-repository.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a repository is looked for. */
export type FindOptions = {
  /** Whether git itself started this process as a hook. */
  readonly hook?: boolean;
  /** Whether somebody named the folder, and did not only stand in it. */
  readonly named?: boolean;
  readonly ahead: Ahead;
};

/** Where a repository is, and how git is asked in it. */
export type PlacedRepository = FoundRepository & {
  readonly commonDir: string;
  readonly format: string;
  readonly place: GitPlace;
  /** Whether this process is a hook of this repository, and what git told it is about this one. */
  readonly hookOf: boolean;
};

type Located = Omit<PlacedRepository, 'place' | 'hookOf'>;

/**
 * Finds the repository that is asked about. Inherited variables are believed only where they name it.
 *
 * @param directory absolute folder somewhere inside the working tree
 * @throws CountersignError `repository/none` outside a repository, `repository/bare` without a working tree,
 *   `repository/owner` where git does not trust it, `repository/two` where it cannot be told which is meant
 */
export async function findRepository(
  directory: string,
  inherited: Environment,
  { hook = false, named = false, ahead }: FindOptions,
): Promise<PlacedRepository> {
  const asked = await askAround(directory, inherited, ahead);
  const around = located(asked, directory);
  const variables = repositoryVariables.filter((name) => inherited[name]);
  const found = async (): Promise<Located> => around ?? refuse(directory, asked, inherited);
  if (variables.length === 0)
    return placed(await found(), inherited, [], hook && (!named || directory === process.cwd()));
  const told = await toldRepository(directory, inherited, around);
  const meant = meantRepository(around, told, {
    folder: await realpath(directory).catch(() => directory),
    named,
    hook,
    placed: Boolean(inherited['GIT_WORK_TREE']),
  });
  if (meant === 'either') throw undecided(around as Located, told as Located);
  if (meant === 'folder') return placed(await found(), inherited, []);
  // The top is the folder's own where both know it: git takes any folder for it where only GIT_DIR is set.
  const both = around?.gitDir === told?.gitDir ? around : told;
  return placed(both as Located, inherited, hook ? variables : ['GIT_INDEX_FILE'], hook);
}

function askAround(directory: string, inherited: Environment, ahead: Ahead): Promise<GitOutput> {
  return ahead(repositoryQuestion).then(
    (answer) => answer ?? runGit(placeOf(directory, inherited), repositoryQuestion),
  );
}

/** Null where git found none. @throws `repository/bare` where it has no working tree */
function located({ code, stdout }: GitOutput, directory: string): Located | null {
  if (code !== 0) return null;
  const [, gitDir = '', commonDir = '', format = '', top = ''] = new TextDecoder()
    .decode(stdout)
    .split('\n');
  if (top === '')
    throw new CountersignError(
      'repository/bare',
      `${directory} is a repository without a working tree`,
      'clone it, and run the command in the clone',
    );
  return { gitDir, commonDir, format, top };
}

/** The repository that the variables belong to: the one of the folder in which this process was started, unless they name another. */
async function toldRepository(
  directory: string,
  inherited: Environment,
  around: Located | null,
): Promise<Located | null> {
  const index = inherited['GIT_INDEX_FILE'];
  const choosing = choosingVariables.some((name) => inherited[name]);
  if (!choosing && around !== null) {
    if (index && dirname(resolve(around.top, index)) === around.gitDir) return around;
    if (index && isOthers(index, around)) return null;
    if (directory === process.cwd()) return around;
  }
  const here = process.cwd();
  const answer = await runGit(placeOf(here, inherited, repositoryVariables), repositoryQuestion);
  try {
    return located(answer, here);
  } catch {
    return null;
  }
}

/** Whether an index cannot be this repository's: it lies in another one's git folder, or nowhere, as where a hook changed its folder. */
function isOthers(index: string, { top, gitDir }: Located): boolean {
  const folder = dirname(resolve(top, index));
  if (!isAbsolute(index) && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    return true;
  return folder !== gitDir && existsSync(join(folder, 'HEAD'));
}

/** The repository is named, since a setting can put the working tree where another one lies, which git would find from there. */
function placed(
  found: Located,
  inherited: Environment,
  kept: readonly string[],
  hookOf = false,
): PlacedRepository {
  const { environment } = placeOf(found.top, inherited, kept);
  const index = environment['GIT_INDEX_FILE'];
  return {
    ...found,
    hookOf,
    place: {
      directory: found.top,
      environment: {
        ...environment,
        GIT_DIR: found.gitDir,
        GIT_WORK_TREE: found.top,
        // As git reads it: from the top, wherever one stands.
        ...(index ? { GIT_INDEX_FILE: resolve(found.top, index) } : {}),
      },
    },
  };
}

function undecided(around: Located, told: Located): CountersignError {
  return new CountersignError(
    'repository/two',
    `git started this as a hook of the repository ${told.gitDir}, and the folder belongs to another one, ${around.top}`,
    `for the folder's repository: add --repo ${shellWord(around.top)}; for the other: change back to the folder in which git started the hook`,
  );
}

/** Working trees may lie beside a repository that has none itself. */
async function stepToWorktree(directory: string, inherited: Environment): Promise<string> {
  const listed = await runGit(placeOf(directory, inherited), ['worktree', 'list', '--porcelain']);
  const [tree] = new TextDecoder()
    .decode(listed.stdout)
    .split('\n\n')
    .filter((entry) => !/^(?:bare|prunable)\b/m.test(entry))
    .flatMap((entry) => /^worktree (.+)$/m.exec(entry)?.[1] ?? []);
  return listed.code === 0 && tree !== undefined
    ? `run the command in one of its working trees: cd ${shellWord(tree)}`
    : 'run the command in a clone with a working tree';
}

async function refuse(
  directory: string,
  { stderr: complaint }: GitOutput,
  inherited: Environment,
): Promise<never> {
  if (/work tree/.test(complaint))
    throw new CountersignError(
      'repository/bare',
      `${directory} is not inside a working tree`,
      await stepToWorktree(directory, inherited),
    );
  if (/dubious ownership/.test(complaint)) throw notTrusted(directory, complaint, inherited);
  // Anything else that git complains of, such as a configuration that it cannot read, is no reason to make a repository there.
  if (complaint !== '' && !/not a git repository/.test(complaint))
    throw new CountersignError(
      'git/failed',
      `git could not open ${directory}: ${complaint.split('\n')[0]}`,
      'see "git status"',
    );
  throw new CountersignError(
    'repository/none',
    `${directory} is not inside a git repository`,
    'run it inside a model repository, or start one with "git init"',
  );
}

function notTrusted(
  directory: string,
  complaint: string,
  inherited: Environment,
): CountersignError {
  // The file that GIT_CONFIG_GLOBAL names is asked for who is at work, and for nothing else.
  const file = inherited['GIT_CONFIG_GLOBAL'] ? '--file ~/.gitconfig' : '--global';
  const top = /repository at '(.+)'/.exec(complaint)?.[1] ?? directory;
  return new CountersignError(
    'repository/owner',
    `git does not trust ${top}, since it belongs to someone else`,
    `git config ${file} --add safe.directory ${shellWord(top)}`,
  );
}
