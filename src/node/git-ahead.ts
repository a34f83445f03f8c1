import { type ChildProcess, spawn } from 'node:child_process';
import type { GitOutput } from '../app/ports.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { fixedSettings } from './git-environment.ts';
import type { GitPlace } from './git-process.ts';

/** Some questions that git is being asked, and the line after each answer, with git's exit code after it. */
export type StartedQuestions = {
  readonly questions: readonly (readonly string[])[];
  readonly mark: string;
  readonly child: ChildProcess;
};

/**
 * Asks git some questions, one after another, in one process of a shell: to start one takes a large program more than a
 * millisecond, and a shell next to nothing. Whoever starts them takes the answers before the event loop turns.
 */
export function startQuestions(
  place: GitPlace,
  questions: readonly (readonly string[])[],
): StartedQuestions {
  // Nobody who made what git tells of, such as a branch's name, can have known it.
  const mark = `${Math.random()}-${process.hrtime.bigint()}`;
  const script = questions
    .map(
      (args) =>
        `git ${[...fixedSettings, ...args].map(shellWord).join(' ')}; printf '\\n%s %s\\n' ${mark} $?`,
    )
    .join('\n');
  const shell = process.platform === 'win32' ? 'sh' : '/bin/sh';
  return {
    questions,
    mark,
    child: spawn(shell, ['-c', script], {
      cwd: place.directory,
      env: withoutFunctions(place.environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    }),
  };
}

/** Some shells take functions from variables, and one called git would answer in its place. */
function withoutFunctions(environment: GitPlace['environment']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('BASH_FUNC_')),
  );
}

/** The answer to a question that was asked ahead. Null where it was not, where the answer was taken before, or where anything was odd: then it is asked by itself. */
export type Ahead = (args: readonly string[]) => Promise<GitOutput | null>;

/** Nothing was asked ahead. */
export const nothingAhead: Ahead = () => Promise.resolve(null);

/** Takes the answers to questions that were started ahead. Each serves once: whoever asks again wants to know anew. */
export function answersAhead(started: StartedQuestions): Ahead {
  const answers = collectAnswers(started);
  return async (args) => {
    const known = await answers;
    const key = keyOf(args);
    const answer = known.get(key) ?? null;
    known.delete(key);
    return answer;
  };
}

/** All answers by their questions; none where the shell, or git, complained of anything. */
function collectAnswers({
  questions,
  mark,
  child,
}: StartedQuestions): Promise<Map<string, GitOutput>> {
  return new Promise((done) => {
    const pieces: Buffer[] = [];
    let complained = false;
    child.on('error', () => done(new Map()));
    child.stdout?.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr?.on('data', () => {
      complained = true;
    });
    child.on('close', () =>
      done(complained ? new Map() : answersIn(Buffer.concat(pieces), questions, mark)),
    );
  });
}

function answersIn(
  output: Buffer,
  questions: readonly (readonly string[])[],
  mark: string,
): Map<string, GitOutput> {
  const answers = new Map<string, GitOutput>();
  let at = 0;
  for (const question of questions) {
    const end = output.indexOf(`\n${mark} `, at);
    const next = end < 0 ? -1 : output.indexOf(10, end + 1);
    if (next < 0) break;
    const code = Number(output.toString('latin1', end + mark.length + 2, next));
    answers.set(keyOf(question), { code, stdout: output.subarray(at, end), stderr: '' });
    at = next + 1;
  }
  return answers;
}

function keyOf(args: readonly string[]): string {
  return args.join('\0');
}
