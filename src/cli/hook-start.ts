import {
  headQuestion,
  indexQuestion,
  refsQuestion,
  repositoryQuestion,
  settingsQuestion,
} from '../app/git-questions.ts';
import { type StartedQuestions, startQuestions } from '../node/git-ahead.ts';
import { plainPlace } from '../node/git-environment.ts';
import { probeVariable } from '../node/hook-names.ts';
import { readHookCall } from './hook-call.ts';
import { keptProgram } from './kept-program.ts';

/** Asks git what every commit hook asks first, and loads the program while git works. Takes and gives what `hook-main.ts` does. */
export function main(argv: readonly string[]): Promise<number> {
  const started = startAhead(argv);
  return keptProgram<typeof import('./hook-main.ts')>('hook-program.cjs').main(argv, started);
}

function startAhead(argv: readonly string[]): StartedQuestions | null {
  const { name, named } = readHookCall(argv);
  const place = named ? null : plainPlace(process.env);
  if (
    (name !== 'pre-commit' && name !== 'pre-merge-commit') ||
    process.env[probeVariable] !== undefined ||
    place === null
  )
    return null;
  return startQuestions(place, [
    repositoryQuestion,
    indexQuestion,
    refsQuestion,
    headQuestion,
    settingsQuestion,
  ]);
}
