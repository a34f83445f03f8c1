import { type ChildProcess, spawn } from 'node:child_process';
import type { GitOutput } from '../app/ports.ts';
import { CountersignError } from '../app/errors.ts';
import { fixedSettings } from './git-environment.ts';

/** Where and with which variables git runs. */
export type GitPlace = {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
};

/** A git process whose output nobody has taken yet. */
export type StartedGit = { readonly args: readonly string[]; readonly child: ChildProcess };

/** Starts git. Whoever starts it takes its output before the event loop turns. */
export function startGit(place: GitPlace, args: readonly string[], input?: Uint8Array): StartedGit {
  const child = spawn('git', [...fixedSettings, ...args], {
    cwd: place.directory,
    env: place.environment,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  // Git may end before it has read everything (a bad option): its exit code tells, not the broken pipe.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  return { args, child };
}

/** Hands each piece of git's output to `take` as it comes, so that memory does not grow with it. */
function drainGit(
  { child }: StartedGit,
  take: (piece: Buffer) => void,
): Promise<Omit<GitOutput, 'stdout'>> {
  return new Promise((done, fail) => {
    const complaints: Buffer[] = [];
    let broken: unknown;
    child.on('error', (cause: NodeJS.ErrnoException) => {
      fail(startFailure(cause));
    });
    child.stderr?.on('data', (piece: Buffer) => complaints.push(piece));
    child.stdout?.on('data', (piece: Buffer) => {
      if (broken !== undefined) return;
      try {
        take(piece);
      } catch (error) {
        broken = error;
        child.kill();
      }
    });
    child.on('close', (code) => {
      if (broken !== undefined) fail(broken);
      else done({ code: code ?? 128, stderr: Buffer.concat(complaints).toString('utf8') });
    });
  });
}

/** Runs git to its end; hands each piece of its output to `take` as it comes. */
export async function streamGit(
  place: GitPlace,
  args: readonly string[],
  input: Uint8Array | undefined,
  take: (piece: Buffer) => void,
): Promise<Omit<GitOutput, 'stdout'>> {
  return drainGit(startGit(place, args, input), take);
}

/** Waits for the end of git and keeps its output. */
export async function collectGit(started: StartedGit): Promise<GitOutput> {
  const pieces: Buffer[] = [];
  const end = await drainGit(started, (piece) => pieces.push(piece));
  return { ...end, stdout: Buffer.concat(pieces) };
}

/** Runs git to its end and keeps its output. */
export async function runGit(
  place: GitPlace,
  args: readonly string[],
  input?: Uint8Array,
): Promise<GitOutput> {
  return collectGit(startGit(place, args, input));
}

/** Why git could not be started, as a person can mend it. */
export function startFailure(cause: NodeJS.ErrnoException): Error {
  return cause.code === 'ENOENT'
    ? new CountersignError(
        'git/missing',
        'git was not found',
        'install git 2.38 or newer and put it on the PATH',
        { cause },
      )
    : cause;
}
