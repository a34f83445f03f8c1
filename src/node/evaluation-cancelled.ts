import { CountersignError } from '../app/errors.ts';

/** What is thrown where a person stopped an evaluation. @param cause what the stop made of the engine's answer */
export function evaluationCancelled(cause?: unknown): CountersignError {
  return new CountersignError(
    'evaluate/cancelled',
    'the evaluation was stopped',
    'run it again when you are ready',
    { cause },
  );
}
