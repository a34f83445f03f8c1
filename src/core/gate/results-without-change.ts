import { compareFindings, type Finding } from '../finding/finding.ts';
import type { CheckResult } from './check-result.ts';

/** A check of nothing yet: what every document of a check that judged no change has in common. */
export const nothingJudged = {
  schema: 'countersign/check@1',
  tip: null,
  head: null,
  lands: null,
  target: null,
  policy: null,
  authors: [],
  rules: [],
  signoffs: [],
  exceptions: [],
  conditions: [],
  ungoverned: 0,
} as const;

/** The document of a check that could not be made: never a pass, and the reason as its only finding. */
export function undecidableResult(finding: Finding): CheckResult {
  return {
    ...nothingJudged,
    verdict: 'undecidable',
    exit: 2,
    stage: 'all',
    examined: { entries: 0, commits: 0, records: 0, signoffs: 0, skipped: 0 },
    findings: [finding],
    next: finding.fix ?? null,
  };
}

/** The document of a check of records alone: any error in them fails it. No change is judged, and no signature. */
export function recordsResult(records: number, findings: readonly Finding[]): CheckResult {
  const sorted = [...findings].sort(compareFindings);
  const error = sorted.find(({ severity }) => severity === 'error');
  return {
    ...nothingJudged,
    verdict: error ? 'fail' : 'pass',
    exit: error ? 1 : 0,
    stage: 'records',
    examined: { entries: 0, commits: 0, records, signoffs: 0, skipped: 0 },
    findings: sorted,
    next: error?.fix ?? null,
  };
}
