import type { CheckedCondition, CheckedException } from './check-result.ts';
import type { Landing, LandingState } from './landing.ts';
import type { ReadBranch } from './read-branch.ts';
import type { CheckedStamps } from './stamp.ts';

/** Promises of landings from before an audit began that are overdue now; none where it began at the beginning. */
export type OwedBefore = {
  readonly exceptions: readonly CheckedException[];
  readonly conditions: readonly CheckedCondition[];
};

/** What an audit found: the JSON of `audit`. */
export type AuditResult = {
  readonly schema: 'countersign/audit@1';
  /** 0 every landing was good, and nothing of before is overdue · 1 one was not. */
  readonly exit: 0 | 1;
  readonly target: string;
  /** Where the target's history was read. */
  readonly read: ReadBranch;
  /** Where the audit began: a commit that was not judged itself; null before the first commit. */
  readonly since: string | null;
  /** The target's tip. */
  readonly tip: string;
  readonly landings: readonly Landing[];
  readonly owed: OwedBefore;
  /** Stamps of third parties over the target's commits. */
  readonly stamps: CheckedStamps;
  /** How many landings of each state. */
  readonly counts: Readonly<Record<LandingState, number>>;
};

const states: readonly LandingState[] = [
  'signed',
  'ungoverned',
  'excepted',
  'trusted',
  'unprotected',
  'unsigned',
  'failed',
  'undecidable',
];

/** Counts landings by state. */
export function countStates(landings: readonly Landing[]): AuditResult['counts'] {
  return Object.fromEntries(
    states.map((state) => [state, landings.filter((landing) => landing.state === state).length]),
  ) as AuditResult['counts'];
}
