import { type Severity, worstFirst } from '../../finding/finding.ts';
import type { CheckResult } from '../../gate/check-result.ts';
import { jsonText } from '../json-text.ts';
import { escapeTerminal } from '../terminal.ts';
import { findingFingerprints } from './finding-fingerprints.ts';
import { findingPlace } from './finding-place.ts';
import { standingFindings } from './standing-findings.ts';

const severities: Readonly<Record<Severity, 'blocker' | 'minor' | 'info'>> = {
  error: 'blocker',
  warning: 'minor',
  info: 'info',
};

/** A check as a code quality report of GitLab, the worst first. */
export function codeQuality(result: CheckResult): string {
  const findings = worstFirst(standingFindings(result));
  const prints = findingFingerprints(findings);
  const issues = findings.map((finding, index) => {
    const { path, line, end_line } = findingPlace(finding);
    return {
      type: 'issue',
      check_name: finding.code,
      description: escapeTerminal(
        `${finding.message}${finding.fix === undefined ? '' : ` → ${finding.fix}`}`,
      ),
      fingerprint: prints[index],
      severity: severities[finding.severity],
      location: { path, lines: { begin: line, end: end_line } },
    };
  });
  return jsonText(issues);
}
