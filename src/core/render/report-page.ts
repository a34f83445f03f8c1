import type { EvaluationResult } from '../reports/result.ts';

/**
 * What the report page and the program around it say to each other: whole snapshots, told apart by `kind`.
 * Every text may come from a repository and is shown as text.
 */

/** A record that the report names and a click opens. */
export type NamedRecord = { readonly id: string; readonly title: string; readonly status: string; readonly path: string };

export type ReportSnapshot = {
  /** Id of the evaluation. */
  readonly id: string;
  readonly title: string;
  readonly question: string | null;
  /** Path of the evaluation's record. */
  readonly path: string;
  readonly decisions: readonly NamedRecord[];
  readonly feedback: readonly NamedRecord[];
  /** The result that is shown, and where it lies; null where it was never run. */
  readonly stored: { readonly path: string; readonly result: EvaluationResult } | null;
  /** Files of the plan that changed since the result was made: what is shown is then no answer to today's plan. */
  readonly stale: readonly string[];
  /** The verdict and its reasons, in one sentence. */
  readonly sentence: string;
  /** One sentence a target, in the order of the result. */
  readonly targets: readonly string[];
  /** Whether something may run here. */
  readonly runnable: boolean;
};

/** Words of the page, in the language of the editor. */
export type ReportWords = Readonly<Record<ReportWord, string>>;
export type ReportWord =
  | 'run' | 'runAgain' | 'cancel' | 'running' | 'openRecord' | 'openResult' | 'never' | 'stale' | 'why' | 'decisions' | 'feedback' | 'noDecision' | 'targets' | 'noTargets' | 'groups' | 'groupBy' | 'metric' | 'everything'
  | 'group' | 'rows' | 'value' | 'interval' | 'baseline' | 'candidate' | 'state' | 'target' | 'small' | 'suppressed' | 'notEstimable' | 'fairness' | 'measure' | 'between' | 'leftOut' | 'orientation' | 'paired' | 'difference' | 'p' | 'flips' | 'limits' | 'methods'
  | 'provenance' | 'inputs' | 'file' | 'missing' | 'digest' | 'plan' | 'engine' | 'seed' | 'looks' | 'comparisons' | 'sql' | 'missingValue' | 'stateMet' | 'stateNotMet' | 'stateUndecided' | 'stateNotEstimable' | 'pass' | 'fail' | 'undecided' | 'plot' | 'noGroups';

export type ToReportPage =
  | { readonly kind: 'report'; readonly words: ReportWords; readonly report: ReportSnapshot }
  /** `fraction` is null while nobody knows how far it is. */
  | { readonly kind: 'running'; readonly fraction: number | null }
  | { readonly kind: 'failed'; readonly message: string; readonly fix: string | null };

export type FromReportPage = { readonly kind: 'ready' } | { readonly kind: 'open'; readonly path: string } | { readonly kind: 'run' } | { readonly kind: 'cancel' };
