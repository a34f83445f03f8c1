import { devNull } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { GitPlace } from './git-process.ts';

/**
 * Variables under which every git process runs. Inherited `GIT_*` variables are dropped, since a hook's or a stranger's
 * environment must not choose another repository, configuration or history; the index that a commit is made of is kept.
 *
 * @param inherited the process's own environment
 * @param kept names of `GIT_*` variables that name this index and repository
 */
export function gitEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  kept: readonly string[],
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value !== undefined && (!/^GIT_/i.test(name) || kept.includes(name)))
      environment[name] = value;
  }
  return { ...environment, ...fixedEnvironment };
}

/** What git is told whatever the surroundings say. */
export const fixedEnvironment = {
  LC_ALL: 'C',
  GIT_NO_REPLACE_OBJECTS: '1',
  // Grafts rewrite parents; git still reads the file although it is deprecated.
  GIT_GRAFT_FILE: devNull,
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ATTR_NOSYSTEM: '1',
} as const;

/**
 * Settings that a repository's or a user's configuration could use to run a program or to change an answer.
 * Git older than 2.45 has no GIT_NO_LAZY_FETCH: there, forbidding every protocol keeps a partial clone from the network.
 */
export const fixedSettings: readonly string[] = [
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  `core.attributesFile=${devNull}`,
  'core.commitGraph=false',
  // Said on standard error of every command that looks at parents, since the file is named above.
  'advice.graftFileDeprecated=false',
  'protocol.allow=never',
  'merge.renames=true',
  'merge.directoryRenames=conflict',
  'merge.renormalize=false',
].flatMap((setting) => ['-c', setting]);

/** The variables that a hook gets from git and that say which index and repository a commit is made in. */
export const repositoryVariables = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_QUARANTINE_PATH',
] as const;

/** Of these, the ones by which git looks elsewhere than around the folder in which it stands. */
export const choosingVariables = repositoryVariables.filter((name) => name !== 'GIT_INDEX_FILE');

/** How git is asked in a folder. @param kept as for {@link gitEnvironment} */
export function placeOf(
  directory: string,
  inherited: Readonly<Record<string, string | undefined>>,
  kept: readonly string[] = [],
): GitPlace {
  return { directory, environment: gitEnvironment(inherited, kept) };
}

/**
 * How a hook asks git before anything is known, where that needs no thought: nobody named a folder, and git named nothing but
 * an index of the repository in whose top it started the hook. Null elsewhere.
 */
export function plainPlace(
  inherited: Readonly<Record<string, string | undefined>>,
): GitPlace | null {
  const here = process.cwd();
  const index = inherited['GIT_INDEX_FILE'];
  const plain =
    !choosingVariables.some((name) => inherited[name]) &&
    (!index || dirname(resolve(here, index)) === join(here, '.git'));
  return plain ? placeOf(here, inherited, ['GIT_INDEX_FILE']) : null;
}
