import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryErrorStep } from '../steps/try-error-step.ts';

const program = new URL('../../dist/cli.js', import.meta.url).pathname;

/** What a run of the built command line came to. */
export type CliRun = {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Runs the built command line in a folder. */
export function countersign(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): CliRun {
  const environment = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    ...env,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: environment,
  });
  if (status === 2) tryErrorStep({ folder, args, env: environment, stderr });
  return { exit: status, stdout, stderr };
}

/** A folder that is gone when the test is over. */
export function scratchFolder(t: { after(done: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
