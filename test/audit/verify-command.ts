import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { environment, type ModelRepository } from './model-repository.ts';

/** What a command prints in a repository, whatever it exits with. */
export async function runCountersign(
  repository: ModelRepository,
  ...args: readonly string[]
): Promise<string> {
  const program = new URL('../../dist/cli.js', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], {
    cwd: repository.folder,
    env: environment(),
  }).catch((error: { readonly stdout?: string }) => ({ stdout: error.stdout ?? '' }));
  return stdout;
}
