import type { Finding } from '../finding/finding.ts';
import type { Risk } from './gate-policy.ts';
import type { SignoffState } from './judged-signoff.ts';
import type { ShownPath } from './raw-path.ts';
import type { RequirementState } from './requirements.ts';

export type Verdict = 'pass' | 'pass-with-exception' | 'fail' | 'unprotected' | 'undecidable';

/** How much of the policy is asked for: by a hook before others could sign, or by the check that counts. */
export type Stage = 'off' | 'records' | 'author' | 'all';

export type CheckedRequirement = {
  readonly role: string;
  readonly need: number;
  readonly have: number;
  readonly independent: boolean;
  /** Persons, each counted once in a rule. */
  readonly by: readonly string[];
  /** Those of them who approved on a forge, which is weaker than a key; absent where none did. */
  readonly by_forge?: readonly { readonly person: string; readonly via: string }[];
  readonly state: RequirementState;
  /** Persons who could still fill it. */
  readonly could: readonly string[];
};

export type CheckedEvidence = {
  readonly kind: string;
  readonly state: 'met' | 'unmet' | 'excepted';
  readonly ref: string | null;
  readonly why?: string;
  /** Where it is unmet: itself not good enough, or good and only not listed by a signature yet. */
  readonly lacks?: 'substance' | 'citation';
  /** Data that a result was measured on and that nothing in git names, by path. */
  readonly unverified?: readonly string[];
  /** Results that count, of which every input is byte for byte that of one measured on other code: `before` is its path. */
  readonly same_inputs?: readonly {
    readonly evaluation: string;
    readonly result: string;
    readonly before: string;
  }[];
  /** Where the rule wants a result to be computed again: whether this check did. */
  readonly recomputed?: boolean;
  /** What mends it, where `why` does not say. */
  readonly fix?: string;
};

export type UnansweredItem = {
  readonly id: string;
  readonly by: string;
  readonly answer: 'none' | 'no' | 'without-reason';
};

export type CheckedRule = {
  readonly id: string;
  readonly digest: string;
  readonly files: readonly ShownPath[];
  readonly risk: Risk | null;
  readonly authors: readonly string[];
  readonly requirements: readonly CheckedRequirement[];
  readonly checklist: {
    readonly name: string;
    readonly unanswered: readonly UnansweredItem[];
  } | null;
  readonly evidence: readonly CheckedEvidence[];
  /** E-mails of authors whom neither the policy nor an independent signer knows, where there are any. */
  readonly strangers?: readonly string[];
  /** Rejects that stand, where there are any. */
  readonly rejects?: readonly CheckedReject[];
  readonly state: RequirementState;
};

/** A reject that stands: whose, why in their own words (null where they wrote none), and the files that moved since. */
export type CheckedReject = {
  readonly file: string;
  readonly person: string;
  readonly role: string;
  readonly reason: string | null;
  readonly signed_at: string;
  readonly moved: readonly ShownPath[];
};

export type CheckedSignoff = {
  readonly file: string;
  readonly rule: string | null;
  readonly person: string | null;
  readonly role: string | null;
  readonly decision: string | null;
  readonly signed_at: string | null;
  readonly state: SignoffState;
  readonly via: string | null;
  readonly moved: readonly ShownPath[];
  /** File of a later sign-off of the same person that takes its place; absent where none does. */
  readonly replaced_by?: string;
  /** Signed for what landed under an exception, which it follows up; absent where it is not. */
  readonly follows_up?: true;
};

export type CheckedException = {
  readonly file: string;
  readonly rule: string;
  readonly person: string;
  readonly reason: string;
  readonly expires: string;
  readonly follow_up_by: string;
  readonly state: string;
  /** The commits around its landing, where the approvals that it promised are owed: they sign this range. */
  readonly landing?: { readonly before: string; readonly after: string };
};

/** What the gate says of a change: the JSON of `check --json`, and what every screen prints. */
export type CheckResult = {
  readonly schema: 'countersign/check@1';
  readonly verdict: Verdict;
  readonly exit: 0 | 1 | 2;
  readonly stage: Stage;
  readonly tip: string | null;
  readonly head: string | null;
  readonly lands: string | null;
  readonly target: string | null;
  readonly policy: {
    readonly branch: string;
    readonly tip: string;
    readonly digest: string;
  } | null;
  readonly authors: readonly {
    readonly person: string | null;
    readonly email: string;
    readonly agent: boolean;
  }[];
  readonly rules: readonly CheckedRule[];
  readonly signoffs: readonly CheckedSignoff[];
  readonly exceptions: readonly CheckedException[];
  readonly conditions: readonly CheckedCondition[];
  readonly ungoverned: number;
  readonly examined: {
    readonly entries: number;
    readonly commits: number;
    readonly records: number;
    readonly signoffs: number;
    readonly skipped: number;
  };
  readonly findings: readonly Finding[];
  /** Where the range is several landings that pass each by itself, in turn: these, the first to land first. */
  readonly landings?: readonly {
    readonly from: string | null;
    readonly to: string | null;
    readonly verdict: Verdict;
    readonly rules: readonly CheckedRule[];
  }[];
  /** The one next step, for people. */
  readonly next: string | null;
};

export type CheckedCondition = {
  readonly text: string;
  readonly owner: string;
  readonly due: string;
  readonly rule: string;
  readonly by: string;
  /** In which its signer stated it: whoever has it may close it, too. */
  readonly role: string;
  readonly state: 'open' | 'overdue' | 'met';
  /** `sha256:…` of the payload that states it, and which of its conditions it is, from 0: what `meets` names. */
  readonly payload: string;
  readonly condition: number;
};
