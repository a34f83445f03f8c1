import assert from 'node:assert/strict';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { git, write, writeModelRepository } from '../extension/model-repository.ts';
import { temporaryFolder } from '../node/ssh-keygen.ts';
import { countersign, program } from './program.ts';

export const cache = join(dirname(program), '..', '.cache', 'hook-managers');
export const folder = temporaryFolder();
const home = join(folder, 'home');
const bin = join(folder, 'bin');
mkdirSync(home);
mkdirSync(bin);
writeFileSync(
  join(bin, 'countersign'),
  `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`,
  { mode: 0o755 },
);
export const environment = {
  PATH: [bin, process.env['PATH']].join(delimiter),
  HOME: home,
  TMPDIR: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  CI: 'true',
  PYTHONPATH: join(cache, 'python'),
};

/** Installs a tool once; says why it could not be. */
export function fetched(proof: string, command: string, args: readonly string[]): false | string {
  mkdirSync(cache, { recursive: true });
  if (existsSync(join(cache, proof))) return false;
  // Each by its ordinary client, from the registry that the machine is set up with.
  const ran = spawnSync(command, args, { cwd: cache, encoding: 'utf8', timeout: 180_000 });
  return ran.status === 0 && existsSync(join(cache, proof))
    ? false
    : `it could not be fetched: ${ran.error?.message ?? ran.stderr.trim().split('\n').at(-1)}`;
}

// Together: npm takes away what it was not asked for.
export const noNpm = fetched(join('node_modules', 'husky', 'package.json'), 'npm', [
  'install',
  '--prefix',
  cache,
  '--no-audit',
  '--no-fund',
  '--no-save',
  '--ignore-scripts',
  'husky@9.1.7',
  'lefthook@2.2.2',
]);

let count = 0;

/** A model repository with a bare remote, its packages those that were fetched. */
export function newRepository(files: Readonly<Record<string, string>>): string {
  const top = join(folder, `model-${count++}`);
  mkdirSync(top);
  writeModelRepository(top);
  git(top, 'init', '--quiet', '--bare', `${top}.git`);
  git(top, 'remote', 'add', 'origin', `${top}.git`);
  write(top, '.gitignore', 'node_modules\n');
  for (const [path, text] of Object.entries(files)) write(top, path, text);
  git(top, 'add', '--all');
  git(top, 'commit', '--quiet', '--message=Tools');
  git(top, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  git(top, 'switch', '--quiet', '--create=change');
  mkdirSync(join(top, 'node_modules'));
  for (const name of ['husky', 'lefthook', 'lefthook-linux-x64', 'lefthook-darwin-arm64', '.bin'])
    if (existsSync(join(cache, 'node_modules', name)))
      symlinkSync(join(cache, 'node_modules', name), join(top, 'node_modules', name));
  return top;
}

/** A program as a person runs it; npm's scripts find what packages bring. */
export function person(
  top: string,
  command: string,
  args: readonly string[],
): SpawnSyncReturns<string> {
  return spawnSync(command, args, {
    cwd: top,
    env: {
      ...environment,
      PATH: [join(top, 'node_modules', '.bin'), environment.PATH].join(delimiter),
    },
    encoding: 'utf8',
  });
}

export function must(top: string, command: string, args: readonly string[]): void {
  const ran = person(top, command, args);
  assert.equal(
    ran.status,
    0,
    `${command} ${args.join(' ')}: ${ran.error?.message ?? ''}${ran.stdout}${ran.stderr}`,
  );
}

type Hook = {
  readonly name: string;
  readonly state: string;
  readonly fires: boolean;
  readonly manager: string | null;
};

export async function told(
  top: string,
  action: 'install' | 'status' | 'uninstall',
): Promise<readonly string[]> {
  const ran = await countersign(top, ['hook', action, '--json'], environment);
  assert.equal(ran.code, 0, ran.stderr);
  return (JSON.parse(ran.stdout) as { readonly hooks: readonly Hook[] }).hooks.map(
    ({ state, fires, manager }) => `${manager ?? state}${fires ? '+' : '-'}`,
  );
}

/** What `hook status` says is to be added for a hook, behind the last `: ` that begins it. */
export async function advice(top: string, name: string, pattern: RegExp): Promise<string> {
  const { stdout } = await countersign(top, ['hook', 'status'], environment);
  const line = stdout.split('\n').find((candidate) => candidate.startsWith(`${name}: `)) ?? '';
  const [, found] = pattern.exec(line) ?? [];
  assert.ok(found, line);
  return found;
}

/** The gate refuses what it would refuse without the manager, and lets pass what it would let pass. */
export function assertGuarded(top: string): void {
  const head = git(top, 'rev-parse', 'HEAD');
  const good = readFileSync(join(top, '.countersign/feedback/FB-0001.yaml'), 'utf8');
  write(top, '.countersign/feedback/FB-0001.yaml', 'schema: countersign/feedback@1\nid: FB-0001\n');
  git(top, 'add', '--all', '--', '.countersign');
  const refused = person(top, 'git', ['commit', '--message=broken']);
  assert.notEqual(refused.status, 0, refused.stdout + refused.stderr);
  assert.match(refused.stdout + refused.stderr, /what is staged: fail: /);
  assert.equal(git(top, 'rev-parse', 'HEAD'), head);
  write(top, '.countersign/feedback/FB-0001.yaml', good);
  write(top, 'model/score.py', 'def score(row):\n    return 1\n');
  git(top, 'add', '--all', '--', '.countersign', 'model');
  must(top, 'git', ['commit', '--message=score']);
  const pushed = person(top, 'git', ['push', 'origin', 'change:main']);
  assert.notEqual(pushed.status, 0, pushed.stdout + pushed.stderr);
  assert.match(pushed.stdout + pushed.stderr, /the push to main: fail: /);
  must(top, 'git', ['push', 'origin', 'change']);
}
