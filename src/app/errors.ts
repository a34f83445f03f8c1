import type { FindingCode } from '../core/finding/finding-code.ts';

/**
 * What could not be done, as a value that crosses the use cases: a stable code, a sentence, and the next step.
 *
 * Thrown only where the question cannot be judged (exit 2): usage, a broken repository, an unreadable policy, missing
 * history. What a user can cause inside a record is a finding, never an exception. Each entry point catches it once.
 */
export class CountersignError extends Error {
  readonly code: FindingCode;
  readonly fix: string | undefined;

  /** @param code stable slug `area/what` @param message one sentence, no full stop needed @param fix the next step, best a command */
  constructor(
    code: FindingCode,
    message: string,
    fix?: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'CountersignError';
    this.code = code;
    this.fix = fix;
  }
}

/** The policy of the policy branch cannot be judged by. `trustRoot` is the digest of the one that the change brings instead, null where that cannot be read either. */
export class UnreadablePolicy extends CountersignError {
  readonly trustRoot: string | null;

  constructor(message: string, trustRoot: string | null) {
    super(
      'policy/unreadable',
      message,
      trustRoot === null
        ? 'mend .countersign/policy.yaml on a branch and stage it (git add .countersign): countersign check then says by which digest it can land'
        : `who runs the check lets the mended policy land by its digest: countersign check --trust-root ${trustRoot}`,
    );
    this.trustRoot = trustRoot;
  }
}
