import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, write, writeModelRepository } from '../extension/model-repository.ts';
import { temporaryFolder } from '../node/ssh-keygen.ts';
import { countersign } from './program.ts';

export const folder = temporaryFolder();
const home = join(folder, 'home');
mkdirSync(home);
export const environment = {
  PATH: process.env['PATH'],
  HOME: home,
  TMPDIR: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
};
let count = 0;

/** A model repository with a bare remote that holds its main branch. */
export function newRepository(): string {
  const top = join(folder, `model-${count++}`);
  mkdirSync(top);
  writeModelRepository(top);
  git(top, 'init', '--quiet', '--bare', `${top}.git`);
  git(top, 'remote', 'add', 'origin', `${top}.git`);
  git(top, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  git(top, 'switch', '--quiet', '--create=change');
  return top;
}

/** git with its hooks, as a person runs it. */
export function person(
  top: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): SpawnSyncReturns<string> {
  return spawnSync('git', args, { cwd: top, env: { ...environment, ...more }, encoding: 'utf8' });
}

type Hook = {
  readonly name: string;
  readonly state: string;
  readonly fires: boolean;
  readonly path: string;
  readonly manager: string | null;
};

export async function hooks(
  top: string,
  action: 'install' | 'uninstall' | 'status',
): Promise<readonly Hook[]> {
  const ran = await countersign(top, ['hook', action, '--json'], environment);
  assert.equal(ran.code, 0, ran.stderr);
  return (JSON.parse(ran.stdout) as { readonly hooks: readonly Hook[] }).hooks;
}

/** States and whether each fires, as `ours+` or `other-`. */
export function told(found: readonly Hook[]): readonly string[] {
  return found.map(({ state, fires }) => `${state}${fires ? '+' : '-'}`);
}

/** Breaks a record, which every stage refuses. */
export function breakRecord(top: string): void {
  write(top, '.countersign/feedback/FB-0001.yaml', 'schema: countersign/feedback@1\nid: FB-0001\n');
  git(top, 'add', '--all');
}
