/**
 * What could not be done, as a value that crosses the use cases: a stable code, a sentence, and the next step.
 *
 * Thrown only where the question cannot be judged (exit 2): usage, a broken repository, an unreadable policy, missing
 * history. What a user can cause inside a record is a finding, never an exception. Each entry point catches it once.
 */
export class CountersignError extends Error {
  readonly code: string;
  readonly fix: string | undefined;

  /** @param code stable slug `area/what` @param message one sentence, no full stop needed @param fix the next step, best a command */
  constructor(code: string, message: string, fix?: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'CountersignError';
    this.code = code;
    this.fix = fix;
  }
}
