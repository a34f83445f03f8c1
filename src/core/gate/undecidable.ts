import type { Finding } from '../finding.ts';
import type { CheckResult } from './check-result.ts';

/** The document of a check that could not be made: never a pass, and the reason as its only finding. */
export function undecidableResult(finding: Finding): CheckResult {
  return {
    schema: 'countersign/check@1',
    verdict: 'undecidable',
    exit: 2,
    stage: 'all',
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
    examined: { entries: 0, commits: 0, records: 0, signoffs: 0, skipped: 0 },
    findings: [finding],
    next: finding.fix ?? null,
  };
}
