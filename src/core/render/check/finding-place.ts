import type { Finding, Position } from '../../finding/finding.ts';

/**
 * Where a forge shows a finding. What belongs to no file, such as a missing signature, is shown at the policy, which
 * asks for it: forges drop what has no place.
 */
export function findingPlace(finding: Finding): Position {
  const { path = '.countersign/policy.yaml', line = 1, column = 1 } = finding;
  return {
    path,
    line,
    column,
    end_line: finding.end_line ?? line,
    end_column: finding.end_column ?? column,
  };
}
