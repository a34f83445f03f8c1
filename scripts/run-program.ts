/** Runs a program to its end and gives what it printed. */
import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/** Where a program runs. `env` is its whole environment; without one it has that of this process. */
export type Place = { readonly cwd: string; readonly env?: Readonly<NodeJS.ProcessEnv> };

/**
 * @param allowed exit codes that are no failure
 * @returns standard output
 * @throws Error with the beginning of what it printed, where it does not start or ends with another code
 */
export function runProgram(
  program: string,
  args: readonly string[],
  place: Place,
  allowed: readonly number[] = [0],
): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd: place.cwd,
      env: { ...(place.env ?? process.env) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => complaints.push(piece));
    child.on('error', fail);
    child.on('close', (code) => {
      if (allowed.includes(code ?? -1)) done(Buffer.concat(out).toString('utf8'));
      else
        fail(
          new Error(
            `${basename(program)} ${args.slice(0, 4).join(' ')} ended with ${code}: ${Buffer.concat(
              [...complaints, ...out],
            )
              .toString('utf8')
              .slice(0, 800)}`,
          ),
        );
    });
  });
}
