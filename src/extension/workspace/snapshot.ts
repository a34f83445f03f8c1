import type { CountersignError } from '../../app/errors.ts';
import type { HeldRecords } from '../../app/held-records.ts';
import type { Repository } from '../../app/repository.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { CheckResult } from '../../core/gate/check-result.ts';
import type { HookState } from '../../node/hooks.ts';
import type { RecordIndex } from './record-index.ts';

/** Why there is nothing to show for a folder, or what there is. The `kind` is also the context key `countersign.state`. */
export type FolderState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'noFolder' }
  | { readonly kind: 'noRepository' }
  | { readonly kind: 'noRecords'; readonly repository: Repository | null }
  /** The folder of records is gone from the working tree, and HEAD or the target branch holds a policy. */
  | {
      readonly kind: 'recordsGone';
      readonly repository: Repository;
      readonly held: HeldRecords;
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | ReadyState;

/** Records were read. `repository` is null where nothing may run or git is out of reach: untrusted and virtual folders. */
export type ReadyState = {
  readonly kind: 'ready';
  readonly repository: Repository | null;
  readonly index: RecordIndex;
  /** The policy's id of who is at the machine, by git's e-mail; null where it knows nobody with it, or nothing may run. */
  readonly person: string | null;
  readonly gate: GateState;
};

/** What the gate says of what is staged. */
export type GateAnswer = {
  /** Whether it may land on its target: everything is asked for. */
  readonly result: CheckResult;
  /** Whether the hook would let a commit through, by the policy's stage for it: the very result that the hook prints. */
  readonly commit: CheckResult;
  /** Whether that hook is there to be run. */
  readonly hook: HookState['state'];
};

/** What the gate says, or why it was not asked. */
export type GateState =
  | { readonly kind: 'checking'; readonly last: GateAnswer | null }
  | ({ readonly kind: 'checked' } & GateAnswer)
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'untrusted' }
  | { readonly kind: 'virtual' };

/**
 * What is wrong with the policy of the working tree, where it cannot be read: the gate goes by that of the target, and
 * nothing that it says of what is staged makes this one fine.
 */
export function brokenPolicy({ index, gate }: ReadyState): Finding | undefined {
  // A gate that could not judge, or has not yet, says so itself.
  if (!lastAnswer(gate)) return undefined;
  const path = '.countersign/policy.yaml';
  return index.unreadable.includes(path)
    ? index.findings.find((finding) => finding.path === path && finding.severity === 'error')
    : undefined;
}

/** What the gate said last: while it looks again, that stays in view. */
export function lastAnswer(gate: GateState): GateAnswer | null {
  if (gate.kind === 'checked') return gate;
  return gate.kind === 'checking' ? gate.last : null;
}

/** The policy's id of who is at the machine; null where nobody can tell. */
export function personOf({ state }: { readonly state: FolderState }): string | null {
  return state.kind === 'ready' ? state.person : null;
}

/** What could not be judged, as a {@link CountersignError} said it. */
export type Failure = {
  readonly code: string;
  readonly message: string;
  readonly fix: string | undefined;
};

/** A bug keeps its own message under the code `internal/bug`, so that nothing is ever shown as fine because it broke. */
export function failureOf(error: unknown): Failure {
  const known = error as Partial<CountersignError> | null;
  if (error instanceof Error && typeof known?.code === 'string' && known.code.includes('/'))
    return { code: known.code, message: error.message, fix: known.fix };
  return {
    code: 'internal/bug',
    message: error instanceof Error ? error.message : String(error),
    fix: undefined,
  };
}
