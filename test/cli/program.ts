import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { tryErrorStep } from '../steps/try-error-step.ts';

/** The built command line. */
export const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export type Ran = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
};

/** What a process ends with; it is stopped after a while, so that one which waits for ever is seen. */
export function ended(child: ChildProcess, patience = 30_000): Promise<Ran> {
  const started = performance.now();
  const [out, complaints]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (piece: Buffer) => out.push(piece));
  child.stderr?.on('data', (piece: Buffer) => complaints.push(piece));
  const late = setTimeout(() => child.kill('SIGKILL'), patience);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      clearTimeout(late);
      done({
        code,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(complaints).toString('utf8'),
        seconds: (performance.now() - started) / 1000,
      });
    });
  });
}

/** Runs the command line in a folder, without a terminal. */
export async function countersign(
  top: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Ran> {
  const ran = await ended(
    spawn(process.execPath, [program, ...args], {
      cwd: top,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  if (ran.code === 2) tryErrorStep({ folder: top, args, env: environment, stderr: ran.stderr });
  return ran;
}
