import type { Finding } from '../finding.ts';
import type { CheckedRequirement, CheckedRule, CheckResult } from '../gate/check-result.ts';
import { countOf } from './count-of.ts';
import { escapeTerminal } from './terminal.ts';

/**
 * A check for people and problem matchers: the rules with what is met and open, each finding as
 * `path:line:column: severity code message`, and last the verdict with the one next step.
 */
export function checkText(result: CheckResult): string {
  const shown = result.findings.filter(({ severity }) => severity !== 'info');
  return [...checkHead(result), ...shown.map(findingLine), verdictLine(result)].join('\n');
}

/** The rules with what is met and open, and the exceptions: what stands before the findings. */
export function checkHead({ rules, exceptions }: CheckResult): readonly string[] {
  return [...rules.flatMap(ruleLines), ...exceptions.map(({ person, reason, expires, state }) => escapeTerminal(`exception by ${person} until ${expires} (${state}): ${reason}`))];
}

function ruleLines(rule: CheckedRule): readonly string[] {
  const about = [countOf(rule.files.length, 'file'), ...(rule.risk ? [`risk ${rule.risk}`] : []), ...(rule.authors.length > 0 ? [`by ${rule.authors.join(', ')}`] : [])];
  return [
    `${mark(rule.state === 'met')} ${rule.id} (${about.join(', ')})`,
    ...rule.requirements.map((requirement) => `    ${mark(requirement.state === 'met')} ${requirementText(requirement)}`),
    ...(rule.checklist ? [`    ${mark(rule.checklist.unanswered.length === 0)} checklist ${rule.checklist.name}${rule.checklist.unanswered.length > 0 ? `: ${rule.checklist.unanswered.length} open` : ''}`] : []),
    ...rule.evidence.map(({ kind, state, ref, why }) => `    ${mark(state === 'met')} ${kind}${ref ? ` ${ref}` : ''}${why ? `: ${why}` : ''}`),
  ].map(escapeTerminal);
}

/** Words beside the marks would be better still, but each line says its state in words already. */
function mark(good: boolean): string {
  return good ? '✓' : '·';
}

function requirementText({ role, need, have, independent, by, could, state }: CheckedRequirement): string {
  const who = by.length > 0 ? ` ${by.join(', ')}` : '';
  const open = state === 'unmet' && could.length > 0 ? `, ${could.join(' or ')} could` : '';
  return `${independent ? 'independent ' : ''}${role} ${have} of ${need}:${who || ' nobody'}${open}`;
}

/** One finding in the form that editors jump to. */
export function findingLine({ path, line, column, severity, code, message }: Finding): string {
  const place = path === undefined ? '' : `${path}:${line ?? 1}:${column ?? 1}: `;
  return escapeTerminal(`${place}${severity} ${code} ${message}`);
}

/** The verdict in one line, with the next step: also the whole of what a hook says first. */
export function verdictLine(result: CheckResult): string {
  const reason = firstReason(result);
  return escapeTerminal(`${result.verdict}${reason ? `: ${reason}` : ''}${result.next ? ` — next: ${result.next}` : ''}`);
}

/** Why, in the order in which the next step is chosen: the finding that the step mends. Not escaped. */
export function firstReason({ findings, next, verdict, rules, examined, stage }: CheckResult): string {
  const mended = findings.find(({ fix, severity }) => fix === next && severity === 'error') ?? findings.find(({ severity }) => severity === 'error') ?? (verdict === 'unprotected' ? findings[0] : undefined);
  if (mended) return mended.message;
  if (stage === 'records' && examined.records > 0 && examined.entries === 0) return examined.records === 1 ? 'the one record can be read, and its links lead somewhere' : `${examined.records} records can be read, and their links lead somewhere`;
  if (examined.entries === 0) return 'nothing changed';
  if (rules.length === 0) return 'no rule governs what changed';
  return rules.map(({ id, requirements }) => `${id} signed by ${[...new Set(requirements.flatMap(({ by }) => by))].join(', ') || 'nobody, and it asks for nobody'}`).join('; ');
}
