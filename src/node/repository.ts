import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { CountersignError } from '../app/errors.ts';
import { repositoryQuestion } from '../app/git-questions.ts';
import type { Repository } from '../app/repository.ts';
import { bareSettings } from './bare-settings.ts';
import { openCache } from './cache.ts';
import { cryptoVerifier } from './crypto-verifier.ts';
import { openFiles } from './files.ts';
import { openGit } from './git.ts';
import { answersAhead, nothingAhead, type StartedQuestions } from './git-ahead.ts';
import { placeOf } from './git-environment.ts';
import { runGit } from './git-process.ts';
import { layOut } from './laid-out-files.ts';
import { withGitSession } from './git-session.ts';
import { readMergeHeads } from './merge-heads.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `ahead` are questions that were asked in the place that {@link placeOf} names. */
type Opening = { readonly hook?: boolean; readonly ahead?: StartedQuestions | null };

/**
 * Opens the repository around a folder. Which repository that is comes from the folder alone: an inherited GIT_DIR is
 * believed only where git itself started this process as a hook. The index that is being committed is always kept.
 *
 * @param directory absolute folder somewhere inside the working tree
 * @throws CountersignError `repository/none` outside a repository, `repository/bare` without a working tree
 */
export async function openRepository(
  directory: string,
  environment: Environment = process.env,
  options: Opening = {},
): Promise<Repository> {
  const ahead = options.ahead ? answersAhead(options.ahead) : nothingAhead;
  const around = placeOf(directory, environment, options.hook === true);
  const found = (await ahead(repositoryQuestion)) ?? (await runGit(around, repositoryQuestion));
  if (found.code !== 0) throw notFound(directory, found.stderr);
  const [, gitDir = '', commonDir = '', format = '', top = ''] = new TextDecoder()
    .decode(found.stdout)
    .split('\n');
  if (top === '')
    throw new CountersignError(
      'repository/bare',
      `${directory} is a repository without a working tree`,
      'clone it, and run the command in the clone',
    );
  // Named, since a setting can put the working tree where another repository lies, which git would find from there.
  const place = {
    directory: top,
    environment: { ...around.environment, GIT_DIR: gitDir, GIT_WORK_TREE: top },
  };
  const store = { folder: `${commonDir}/objects`, format };
  const git = openGit(place, store, ahead);
  return {
    top,
    gitDir,
    commonDir,
    files: openFiles(top, `${commonDir}/countersign`),
    cache: openCache(`${commonDir}/countersign`),
    git,
    session: async (use) => withGitSession(bareSettings(place, store), git, use),
    clock: { now: () => new Date() },
    verifier: cryptoVerifier,
    // Loaded when they are used, which no hook does.
    readStamp: async (...given) => (await import('./openssl-stamps.ts')).readStamp(...given),
    openEngine: async (tables) => (await import('./duckdb-engine.ts')).openDuckdb(top, tables),
    layOut: async (laid, use) => layOut(bareSettings(place, store), top, laid, use),
    random: { bytes: (count) => randomBytes(count) },
    dropIndex: (absolute) => rm(absolute, { force: true }),
    // Only the hook of a merge is told by variables what it takes in.
    mergeHeads: async () => readMergeHeads(gitDir, options.hook ? environment : {}),
    person: Object.fromEntries(
      Object.entries(environment).filter(
        (entry): entry is [string, string] =>
          (identityVariables.has(entry[0]) ||
            (options.hook === true && commandSettings.test(entry[0]))) &&
          entry[1] !== undefined,
      ),
    ),
  };
}

/** How git hands on what it was told by `-c`, such as another user.email: only a hook is part of that command. */
const commandSettings = /^GIT_CONFIG_(?:PARAMETERS|COUNT|KEY_\d+|VALUE_\d+)$/;

/** The variables from which git takes author and committer of the commit being made. */
const identityVariables = new Set([
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_AUTHOR_DATE',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
  'GIT_COMMITTER_DATE',
  'EMAIL',
]);

function notFound(directory: string, complaint: string): CountersignError {
  if (/work tree/.test(complaint))
    return new CountersignError(
      'repository/bare',
      `${directory} is not inside a working tree`,
      'run the command in a clone with a working tree',
    );
  if (/dubious ownership/.test(complaint))
    return new CountersignError(
      'repository/owner',
      `git does not trust ${directory}, since it belongs to someone else`,
      `git config --global --add safe.directory ${directory}`,
    );
  // Anything else that git complains of, such as a configuration that it cannot read, is no reason to make a repository there.
  if (complaint !== '' && !/not a git repository/.test(complaint))
    return new CountersignError(
      'git/failed',
      `git could not open ${directory}: ${complaint.split('\n')[0]}`,
      'see "git status"',
    );
  return new CountersignError(
    'repository/none',
    `${directory} is not inside a git repository`,
    'run it inside a model repository, or start one with "git init"',
  );
}
