import { CountersignError } from '../app/errors.ts';
import { type DataProblem, dataProblemWords } from '../core/reports/data-problem.ts';

/** An error with the words for a problem of a data file. @param path as the evaluation names it */
export function unreadable(path: string, problem: DataProblem, cause?: unknown): CountersignError {
  const { message, fix } = dataProblemWords(path, problem);
  return new CountersignError('evaluate/unreadable', message, fix, { cause });
}
