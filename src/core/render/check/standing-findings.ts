import type { Finding } from '../../finding/finding.ts';
import type { CheckResult } from '../../gate/check-result.ts';

/**
 * All that a report which knows findings alone has to list: those of the check, and what stands open whatever changes.
 * Exceptions whose approvals have not followed, and conditions of rules that this change leaves alone.
 */
export function standingFindings({
  findings,
  exceptions,
  conditions,
}: CheckResult): readonly Finding[] {
  const said = new Set(findings.map(({ message }) => message));
  const open = exceptions
    .filter(({ state }) => state === 'valid' || state === 'follow-up-open')
    .map(
      ({ file, rule, person, reason, expires, follow_up_by }): Finding => ({
        code: 'exception/open',
        severity: 'info',
        message: `${rule}: ${person} excepted it until ${expires}, approvals follow by ${follow_up_by}: ${reason}`,
        path: file,
        line: 1,
        column: 1,
      }),
    );
  const promised = conditions
    .filter(({ state }) => state !== 'met')
    .map(
      ({ rule, owner, due, text, state }): Finding => ({
        code: state === 'overdue' ? 'condition/overdue' : 'condition/open',
        severity: state === 'overdue' ? 'warning' : 'info',
        message: `${rule}: ${owner} promised by ${due}: ${text}`,
      }),
    );
  return [...findings, ...[...open, ...promised].filter(({ message }) => !said.has(message))];
}
