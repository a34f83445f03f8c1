import { spawn } from 'node:child_process';
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Repository } from '../app/repository.ts';
import { gitEnvironment } from './git-environment.ts';
import { managerFiles } from './hook-managers.ts';
import { type HookName, hookNames, probeVariable } from './hook-names.ts';
import { hookFolder } from './hooks.ts';

/** Longest time that a hook's other commands may take in a dry run, in milliseconds. */
const patience = 60_000;

/**
 * Proves which hooks git runs the gate in, by making git run them: it skips a missing or non-executable hook without a word,
 * and what another program's hook runs only that program knows. Commit, merge and push happen in a repository made for it,
 * with a copy of the hooks and of the configuration of hook managers, and are refused there by the gate; nothing is left
 * behind, in this repository or elsewhere.
 */
export async function firingHooks(
  repository: Pick<Repository, 'top' | 'gitDir'>,
): Promise<ReadonlySet<HookName>> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-probe-')));
  try {
    const trial = await makeTrial(folder, repository);
    const firing = new Set<HookName>();
    for (const name of hookNames) if (await fires(trial, name)) firing.add(name);
    return firing;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Trial = {
  readonly top: string;
  readonly remote: string;
  readonly hooks: string;
  readonly witness: string;
};

async function makeTrial(
  folder: string,
  repository: Pick<Repository, 'top' | 'gitDir'>,
): Promise<Trial> {
  const { top } = repository;
  const trial = {
    top: join(folder, 'tree'),
    remote: join(folder, 'remote.git'),
    hooks: join(folder, 'tree', 'hooks', 'here'),
    witness: join(folder, 'witness'),
  };
  await git(trial, folder, ['init', '--quiet', '--bare', trial.remote]);
  await git(trial, folder, ['init', '--quiet', '--initial-branch=countersign-probe', trial.top]);
  for (const file of managerFiles) await copyIfThere(join(top, file), join(trial.top, file));
  // Managers that npm installed are found there.
  const modules = join(top, 'node_modules');
  if (await stat(modules).catch(() => null))
    await symlink(modules, join(trial.top, 'node_modules'), 'junction').catch(() => {});
  await silent(trial, ['commit', '--quiet', '--allow-empty', '--message=start']);
  await silent(trial, ['branch', 'side']);
  await stage(trial, 'here');
  await silent(trial, ['commit', '--quiet', '--message=here']);
  await silent(trial, ['switch', '--quiet', 'side']);
  await copyHooks(hookFolder(repository), top, trial.hooks);
  return trial;
}

/** Managers run nothing for a commit without files. */
async function stage(trial: Trial, file: string): Promise<void> {
  await writeFile(join(trial.top, file), 'x\n');
  await silent(trial, ['add', '--force', file]);
}

/** A copy, since managers write their hooks anew when they think that it is time. */
async function copyHooks(hooks: string, top: string, to: string): Promise<void> {
  await copyFiles(hooks, to);
  // husky's scripts lie beside the folder that git knows.
  const beside = dirname(hooks);
  if (beside.startsWith(join(top, '.')) && beside !== join(top, '.git'))
    await copyFiles(beside, dirname(to));
}

async function copyFiles(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  // A hook that cannot be copied, such as a link to nowhere, is none that git could run.
  for (const name of await readdir(from).catch(() => []))
    if ((await stat(join(from, name)).catch(() => null))?.isFile())
      await copyFile(join(from, name), join(to, name));
}

async function copyIfThere(from: string, to: string): Promise<void> {
  if (!(await stat(from).catch(() => null))?.isFile()) return;
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

/** What git does in the trial so that it runs each hook, one after another. */
const occasions: Readonly<Record<HookName, (trial: Trial) => Promise<readonly string[]>>> = {
  'pre-commit': async (trial) => {
    await stage(trial, 'there');
    return ['commit', '--quiet', '--message=there'];
  },
  'pre-merge-commit': async (trial) => {
    // The gate refused that commit; where it did not run, it is made already.
    await silent(trial, ['commit', '--quiet', '--message=there']);
    return ['merge', '--quiet', '--no-ff', '--message=both', 'countersign-probe'];
  },
  'pre-push': async ({ remote }) => [
    'push',
    '--quiet',
    '--dry-run',
    remote,
    'HEAD:refs/heads/countersign-probe',
  ],
};

async function fires(trial: Trial, name: HookName): Promise<boolean> {
  const occasion = await occasions[name](trial);
  await writeFile(trial.witness, '');
  await git(trial, trial.top, ['-c', `core.hooksPath=${trial.hooks}`, ...occasion]);
  // Not its name: a manager may run one command in several hooks.
  return (await readFile(trial.witness, 'utf8')) !== '';
}

/** git in the trial without any hooks. */
function silent(trial: Trial, args: readonly string[]): Promise<void> {
  return git(trial, trial.top, [
    '-c',
    `core.hooksPath=${join(dirname(trial.top), 'none')}`,
    ...args,
  ]);
}

/** Runs git to its end, which the gate makes a refusal; with it ends all that its hooks started. */
function git({ witness }: Trial, directory: string, args: readonly string[]): Promise<void> {
  const identity = [
    'user.name=probe',
    'user.email=probe@example.org',
    'commit.gpgSign=false',
    'push.gpgSign=false',
  ].flatMap((setting) => ['-c', setting]);
  const ownGroup = process.platform !== 'win32';
  return new Promise((done, fail) => {
    const child = spawn('git', [...identity, ...args], {
      cwd: directory,
      env: { ...gitEnvironment(process.env, []), [probeVariable]: witness },
      stdio: 'ignore',
      windowsHide: true,
      detached: ownGroup,
    });
    const late = setTimeout(() => {
      if (ownGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    }, patience);
    child.on('error', fail);
    child.on('close', () => {
      clearTimeout(late);
      done();
    });
  });
}
