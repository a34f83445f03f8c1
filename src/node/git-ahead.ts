import type { GitOutput } from '../app/ports.ts';
import { collectGit, type StartedGit } from './git-process.ts';

/** The answer to a question that was asked ahead; undefined where it was not, or where the answer was taken before. */
export type Ahead = (args: readonly string[]) => Promise<GitOutput> | undefined;

/** Takes the output of processes that were started ahead. Each answer serves once: whoever asks again wants to know anew. */
export function answersAhead(started: readonly StartedGit[]): Ahead {
  const answers = new Map(started.map((one) => [keyOf(one.args), collectGit(one)]));
  // Nobody may come for an answer; who does is told what went wrong.
  for (const answer of answers.values()) answer.catch(() => {});
  return (args) => {
    const key = keyOf(args);
    const answer = answers.get(key);
    answers.delete(key);
    return answer;
  };
}

function keyOf(args: readonly string[]): string {
  return args.join('\0');
}
