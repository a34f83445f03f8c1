import { spawnSync } from 'node:child_process';
import { chmod, lstat, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import type { Repository } from '../app/repository.ts';
import { gitEnvironment } from './git-environment.ts';
import { changesAfterGate, type HookManager, managerOf } from './hook-managers.ts';
import { type HookName, hookNames } from './hook-names.ts';
import { hookScript, markLine } from './hook-script.ts';

export type HookState = {
  readonly name: HookName;
  /** Absolute. */
  readonly path: string;
  /** `ours` runs the gate; `other` is somebody else's; `silent` is ours but git would skip it without a word. */
  readonly state: 'ours' | 'other' | 'missing' | 'silent';
  /** Whose configuration says what the hook runs; null where the hook itself does. */
  readonly manager: HookManager | null;
  /** A program behind the gate that may change what the gate has judged; null where none is known. */
  readonly changes: string | null;
};

type Place = Pick<Repository, 'top' | 'gitDir' | 'commonDir'>;

/**
 * Where git looks for hooks here; our own git calls switch hooks off, so git is asked without that. It is told which
 * repository is meant: `core.worktree` can put the working tree where another one lies, which git would find from there.
 */
export function hookFolder({ top, gitDir }: Pick<Repository, 'top' | 'gitDir'>): string {
  const asked = spawnSync('git', ['rev-parse', '--path-format=absolute', '--git-path', 'hooks'], {
    cwd: top,
    env: { ...gitEnvironment(process.env, []), GIT_DIR: gitDir, GIT_WORK_TREE: top },
    encoding: 'utf8',
  });
  if (asked.status !== 0)
    throw new CountersignError(
      'hook/folder',
      `git does not say where its hooks are: ${asked.stderr.trim()}`,
      'git rev-parse --git-path hooks',
    );
  return asked.stdout.replace(/\n$/, '');
}

/** Whose the folder of hooks is: this clone's, the working tree's and so everybody's, or of all repositories of the machine. */
type FolderKind = 'clone' | 'shared' | 'outside';

async function kindOf(folder: string, { top, commonDir }: Place): Promise<FolderKind> {
  const [real, ...homes] = await Promise.all(
    [folder, commonDir, top].map((path) => realpath(path).catch(() => path)),
  );
  const within = (home: string | undefined): boolean =>
    home !== undefined && real !== undefined && !relative(home, real).split(sep).includes('..');
  if (within(homes[0])) return 'clone';
  return within(homes[1]) ? 'shared' : 'outside';
}

/** What stands at each hook's place. */
export async function hookStates(repository: Place): Promise<readonly HookState[]> {
  const folder = hookFolder(repository);
  // A folder that other repositories use too is not ours to write to, even where it is empty.
  const foreign = (await kindOf(folder, repository)) === 'outside';
  return Promise.all(
    hookNames.map(async (name) => {
      const state = await stateOf(repository.top, join(folder, name), foreign);
      return { name, ...state, changes: await changesBehind(repository.top, name, state) };
    }),
  );
}

/** husky keeps what a hook runs in a file of its own. */
async function changesBehind(
  top: string,
  name: HookName,
  { path, manager }: Pick<HookState, 'path' | 'manager'>,
): Promise<string | null> {
  if (name === 'pre-push') return null;
  const place = manager === 'husky' ? join(top, '.husky', name) : path;
  return changesAfterGate(await readFile(place, 'utf8').catch(() => ''));
}

async function stateOf(
  top: string,
  path: string,
  foreign: boolean,
): Promise<Omit<HookState, 'name' | 'changes'>> {
  const stat = await lstat(path).catch(() => null);
  const text =
    stat?.isFile() || stat?.isSymbolicLink() ? await readFile(path, 'utf8').catch(() => '') : '';
  // In husky's own folder a hook that nobody wrote yet is missing, and still not ours to write.
  const manager = managerOf(top, path, text);
  if (stat === null)
    return { path, state: foreign || manager !== null ? 'other' : 'missing', manager };
  if (!text.includes(markLine)) return { path, state: 'other', manager };
  const runs = process.platform === 'win32' || (stat.mode & 0o111) !== 0;
  return { path, state: runs ? 'ours' : 'silent', manager: null };
}

/**
 * Which hooks hold a text, of those that run the gate: a hook of ours, or the one that pre-commit keeps beside its own. One
 * that is gone, or that somebody switched off, is none of them.
 */
export async function hooksThatHold(repository: Place, part: string): Promise<readonly HookName[]> {
  const states = await hookStates(repository);
  const held = await Promise.all(
    states.map(async ({ name, path, state, manager }) => {
      const kept = state === 'other' && manager === 'pre-commit' && name === 'pre-push';
      if (state !== 'ours' && !kept) return [];
      const text = await readFile(kept ? keptBeside(path) : path, 'utf8').catch(() => '');
      return text.includes(markLine) && text.includes(part) ? [name] : [];
    }),
  );
  return held.flat();
}

/**
 * Writes the hooks that are missing. A hook that somebody else put there is never touched, nor is a folder that another
 * program or other repositories use: {@link HookState} says so, and `howToAdd` what to add to it.
 *
 * @param command how to run the checker: the absolute paths of Node and of this program
 * @param names those that are written; the others stay as they are
 */
export async function installHooks(
  repository: Place,
  command: readonly string[],
  names: readonly HookName[] = hookNames,
): Promise<readonly HookState[]> {
  const kind = await kindOf(hookFolder(repository), repository);
  for (const { name, path, state, manager } of await hookStates(repository)) {
    if (!names.includes(name)) continue;
    if (state === 'other') {
      if (kind === 'clone' && manager === 'pre-commit' && name === 'pre-push')
        await keepBeside(path, command);
      continue;
    }
    await mkdir(dirname(path), { recursive: true });
    // What is committed must run on other people's machines too.
    await writeFile(path, hookScript(name, kind === 'shared' ? null : command), { mode: 0o755 });
    await chmod(path, 0o755);
  }
  return hookStates(repository);
}

/**
 * Where pre-commit keeps a hook of before its own. Of a push it tells its own hooks the first branch alone, and hands on to
 * this one all that git says.
 */
const keptBeside = (path: string): string => `${path}.legacy`;

async function keepBeside(path: string, command: readonly string[]): Promise<void> {
  const beside = keptBeside(path);
  const text = await readFile(beside, 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? null : '',
  );
  if (text !== null && !text.includes(markLine)) return;
  await writeFile(beside, hookScript('pre-push', command), { mode: 0o755 });
  await chmod(beside, 0o755);
}

/** Whether the gate hears of every branch of a push, also where a manager's own hook tells of one only. */
export async function judgesWholePush(
  repository: Pick<Repository, 'top' | 'gitDir'>,
): Promise<boolean> {
  const path = join(hookFolder(repository), 'pre-push');
  for (const place of [path, keptBeside(path)]) {
    const stat = await lstat(place).catch(() => null);
    const runs =
      stat?.isFile() === true && (process.platform === 'win32' || (stat.mode & 0o111) !== 0);
    if (runs && /\bhook run pre-push\b/.test(await readFile(place, 'utf8').catch(() => '')))
      return true;
  }
  return false;
}

/** Takes away the hooks that {@link installHooks} wrote, and nothing else. */
export async function uninstallHooks(repository: Place): Promise<readonly HookState[]> {
  const beside = keptBeside(join(hookFolder(repository), 'pre-push'));
  if ((await readFile(beside, 'utf8').catch(() => '')).includes(markLine)) await rm(beside);
  for (const { path, state } of await hookStates(repository))
    if (state === 'ours' || state === 'silent') await rm(path);
  return hookStates(repository);
}
