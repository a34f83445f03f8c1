import type { Feedback } from '../records/feedback.ts';
import type { DecisionFacts } from './decision-facts.ts';
import type { GatePolicy } from './gate-policy.ts';
import type { AuthenticSignoff } from './standing.ts';

/**
 * Data that an evaluation measures. `sha256` is what the result says that it was measured on; `stands` what lands under
 * that path, as hex SHA-256 or in words that are none, and null where neither a file nor a pointer in git says what it is.
 */
export type InputFacts = {
  readonly path: string;
  readonly sha256: string;
  readonly stands: string | null;
};

/** A stored result as evidence: what its own counts come to when they are judged again, and what it was made of. */
export type ResultFacts = {
  readonly path: string;
  readonly sha256: string;
  readonly evaluation: string;
  /** Judged again from the counts and the plan, never read from the file; null where that could not be done. */
  readonly verdict: 'pass' | 'fail' | 'undecided' | null;
  readonly why: string;
  /** What can be done about an undecided verdict, before it is measured again. */
  readonly wayOut?: string;
  /** What its targets came to, for a person to read; absent where nothing was judged. */
  readonly targets?: readonly string[];
  /** Files of the plan with the digests that the result names. */
  readonly plan: readonly { readonly path: string; readonly sha256: string }[];
  readonly inputs: readonly InputFacts[];
  /** Digest of each rule's files when the evaluation ran. */
  readonly governed: Readonly<Record<string, string>>;
  /** What the file says that it comes to, where it leaves out counts that its verdict needs; believed only where it is run again. */
  readonly stated?: 'pass' | 'fail' | 'undecided';
  /** What the file says that it came to, of one that the target has as it is; absent of one that this change brings. */
  readonly stood?: 'pass' | 'fail' | 'undecided';
  /** Undefined where nobody ran it again. */
  readonly recomputed?: RecomputedResult | undefined;
};

/** Whether running an evaluation again gives the same bytes; if not, why, and what mends that. */
export type RecomputedResult =
  | { readonly same: true }
  | { readonly same: false; readonly why: string; readonly fix?: string };

/** A feedback record of what lands. */
export type FeedbackFacts = {
  readonly path: string;
  readonly sha256: string;
  readonly record: Feedback;
};

/**
 * A review thread of what lands: about which record, and since when it is overdue, in milliseconds; null where nothing is
 * due. `closing` is the event that resolved it, where this change brings that event.
 */
export type ThreadFacts = {
  readonly id: string;
  readonly record: string;
  readonly open: boolean;
  readonly finding: boolean;
  readonly due: number | null;
  readonly closing: { readonly path: string; readonly sha256: string } | null;
};

/** What lies in the working tree beside a staged change, and would not be committed with it: it counts for nothing, and says what to stage. */
export type UnstagedFacts = {
  readonly decisions: readonly DecisionFacts[];
  readonly results: readonly Pick<ResultFacts, 'path' | 'evaluation' | 'governed'>[];
  /** Governed files that are not staged as they are, by rule. */
  readonly governed: Readonly<Record<string, readonly string[]>>;
  /** How files are staged here, such as `git add`. */
  readonly stage: string;
};

/** What evidence is judged by. */
export type EvidenceContext = {
  readonly rule: string;
  readonly policy: GatePolicy;
  /** Governed paths that changed; null where a path is not UTF-8. */
  readonly files: readonly (string | null)[];
  readonly decisions: readonly DecisionFacts[];
  /** Decisions as they stand at the target's tip. */
  readonly decisionsAtTip: readonly DecisionFacts[];
  readonly results: readonly ResultFacts[];
  readonly feedback: readonly FeedbackFacts[];
  readonly threads: readonly ThreadFacts[];
  /** Lower-case hex SHA-256 of a file of what lands, null where it has none. */
  readonly landing: (path: string) => string | null;
  /** Digest of this rule's files in the head. */
  readonly governed: string;
  /** The approvals that must list a file for it to count; null where nobody could have signed yet (stage `author`). */
  readonly citing: readonly AuthenticSignoff[] | null;
  /** Whether this check runs evaluations again where a rule wants that: the one that counts does. */
  readonly recomputes: boolean;
  /** Absent where the change is none of the index, or nobody looked. */
  readonly unstaged?: UnstagedFacts | undefined;
  readonly now: Date;
};
