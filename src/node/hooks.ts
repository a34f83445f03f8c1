import { spawnSync } from 'node:child_process';
import { chmod, lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import type { Repository } from '../app/repository.ts';
import { gitEnvironment } from './git-environment.ts';

/** The hooks that git runs before something could get past the gate, in the order in which a change meets them. */
export const hookNames = ['pre-commit', 'pre-merge-commit', 'pre-push'] as const;
export type HookName = (typeof hookNames)[number];

export type HookState = {
  readonly name: HookName;
  /** Absolute. */
  readonly path: string;
  /** `ours` runs the gate; `other` is somebody else's; `silent` is ours but git would skip it without a word. */
  readonly state: 'ours' | 'other' | 'missing' | 'silent';
};

const markLine = '# Runs the gate of Countersign. Written by: countersign hook install';

/** Where git looks for hooks here; our own git calls switch hooks off, so git is asked without that. */
function hookFolder(top: string): string {
  const asked = spawnSync('git', ['rev-parse', '--path-format=absolute', '--git-path', 'hooks'], { cwd: top, env: gitEnvironment(process.env, []), encoding: 'utf8' });
  if (asked.status !== 0) throw new CountersignError('hook/folder', `git does not say where its hooks are: ${asked.stderr.trim()}`, 'git rev-parse --git-path hooks');
  return asked.stdout.replace(/\n$/, '');
}

/** What stands at each hook's place. */
export async function hookStates(repository: Repository): Promise<readonly HookState[]> {
  const folder = hookFolder(repository.top);
  return Promise.all(hookNames.map(async (name) => ({ name, ...(await stateOf(join(folder, name))) })));
}

async function stateOf(path: string): Promise<Omit<HookState, 'name'>> {
  const stat = await lstat(path).catch(() => null);
  if (stat === null) return { path, state: 'missing' };
  const text = stat.isFile() || stat.isSymbolicLink() ? await readFile(path, 'utf8').catch(() => '') : '';
  if (!text.includes('hook run')) return { path, state: 'other' };
  const runs = process.platform === 'win32' || ((await lstat(path)).mode & 0o111) !== 0;
  return { path, state: runs ? 'ours' : 'silent' };
}

/**
 * Writes the hooks that are missing. A hook that somebody else put there is never touched: its state says so, and
 * {@link hookLine} is what to add to it.
 *
 * @param command how to run the checker: the absolute paths of Node and of this program
 */
export async function installHooks(repository: Repository, command: readonly string[]): Promise<readonly HookState[]> {
  for (const { name, path, state } of await hookStates(repository)) {
    if (state === 'other') continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, hookScript(name, command), { mode: 0o755 });
    await chmod(path, 0o755);
  }
  return hookStates(repository);
}

/** Takes away the hooks that {@link installHooks} wrote, and nothing else. */
export async function uninstallHooks(repository: Repository): Promise<readonly HookState[]> {
  for (const { path, state } of await hookStates(repository)) {
    const text = state === 'ours' || state === 'silent' ? await readFile(path, 'utf8') : '';
    if (text.includes(markLine)) await rm(path);
  }
  return hookStates(repository);
}

/** The one line that runs a hook's gate, for a hook that is there already. */
export function hookLine(name: HookName, command: readonly string[]): string {
  return `${command.map(quote).join(' ')} hook run ${name} "$@" || exit 1`;
}

/** A checker that is gone must block and say so, or every commit would pass in silence. */
function hookScript(name: HookName, command: readonly string[]): string {
  const program = command.at(-1) ?? '';
  return [
    '#!/bin/sh',
    markLine,
    `if [ ! -f ${quote(program)} ]; then`,
    `  echo "countersign is gone from where this hook looks for it; install it again, then run: countersign hook install" >&2`,
    '  exit 1',
    'fi',
    hookLine(name, command),
    '',
  ].join('\n');
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Proves that git runs a hook, by a dry run through git itself: git skips a missing or non-executable hook without a word. */
export function hookFires({ top }: Repository, name: HookName): boolean {
  const environment = { ...gitEnvironment(process.env, []), [probeVariable]: '1' };
  const out = spawnSync('git', ['hook', 'run', '--ignore-missing', name], { cwd: top, env: environment, encoding: 'utf8' });
  return `${out.stdout}${out.stderr}`.includes(probeAnswer);
}

/** Set for a dry run: the hook only says that it runs. */
export const probeVariable = 'COUNTERSIGN_HOOK_PROBE';
export const probeAnswer = 'countersign: this hook runs';
