import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from '../app/repository.ts';
import { bareSettings, scratchObjects } from './bare-settings.ts';
import { openCache } from './cache.ts';
import { cryptoVerifier } from './crypto-verifier.ts';
import { openFiles } from './files.ts';
import { indexOf, openGit } from './git.ts';
import { answersAhead, nothingAhead, type StartedQuestions } from './git-ahead.ts';
import { type FindOptions, findRepository } from './find-repository.ts';
import { layOut } from './laid-out-files.ts';
import { withGitSession } from './git-session.ts';
import { readMergeHeads } from './merge-heads.ts';
import { personVariables } from './person-variables.ts';
import { sparseFiles } from './sparse-files.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `ahead` are questions that were asked in the place that `plainPlace` gave. */
type Opening = Omit<FindOptions, 'ahead'> & { readonly ahead?: StartedQuestions | null };

/**
 * Opens the repository around a folder. Which repository that is comes from the folder alone: inherited variables are
 * believed only where they name the same one, or where git itself started this process as that one's hook.
 *
 * @param directory absolute folder somewhere inside the working tree
 * @throws CountersignError as {@link findRepository}
 */
export async function openRepository(
  directory: string,
  environment: Environment = process.env,
  { ahead: started = null, ...asked }: Opening = {},
): Promise<Repository> {
  const ahead = started ? answersAhead(started) : nothingAhead;
  const {
    place: found,
    top,
    gitDir,
    commonDir,
    format,
    hookOf,
  } = await findRepository(directory, environment, { ...asked, ahead });
  const store = { folder: `${commonDir}/objects`, format };
  const place = {
    ...found,
    environment: { ...found.environment, ...scratchObjects(found, store) },
  };
  const git = openGit(place, store, ahead);
  return {
    top,
    gitDir,
    commonDir,
    files: sparseFiles(openFiles(top, `${commonDir}/countersign`), git, indexOf(place)),
    cache: openCache(`${commonDir}/countersign`),
    git,
    session: async (use) => withGitSession(bareSettings(place, store), git, use),
    clock: { now: () => new Date() },
    verifier: cryptoVerifier,
    // Loaded when they are used, which no hook does.
    readStamp: async (...given) => (await import('./openssl-stamps.ts')).readStamp(...given),
    openEngine: async (tables, signal) =>
      (await import('./duckdb-engine.ts')).openDuckdb(top, tables, signal),
    layOut: async (laid, use) => layOut({ place: bareSettings(place, store), git }, top, laid, use),
    random: { bytes: (count) => randomBytes(count) },
    dropIndex: (absolute) => rm(absolute, { force: true }),
    // Only the hook of a merge is told by variables what it takes in.
    mergeHeads: async () => readMergeHeads(gitDir, hookOf ? environment : {}),
    isRebasing: async () =>
      ['rebase-merge', 'rebase-apply'].some((name) => existsSync(join(gitDir, name))),
    person: personVariables(environment),
  };
}
