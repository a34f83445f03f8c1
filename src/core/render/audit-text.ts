import type { AuditResult } from '../gate/audit-result.ts';
import type { LandedEvidence, LandedException, LandedRule, Landing } from '../gate/landing.ts';
import { findingLine } from './check-text.ts';
import { tableText } from './table-text.ts';
import { escapeTerminal } from './terminal.ts';

/** An audit for people: a table of one line a landing, what is wrong with each that is not good, and the sum of it. */
export function auditText(result: AuditResult, width: number): string {
  const table = tableText(['landed', 'commit', 'state', 'what, who and by which evidence'], result.landings.map(row), width);
  const wrong = result.landings.flatMap((landing) => landing.findings.filter(({ severity }) => severity === 'error').map((finding) => `${landing.to.slice(0, 12)}: ${findingLine(finding)}`));
  return [table, ...(wrong.length > 0 ? ['', ...wrong] : []), '', sumLine(result)].join('\n');
}

function row(landing: Landing): readonly string[] {
  const steps = landing.steps > 1 ? [`${landing.steps} commits`] : [];
  const what = landing.rules.length > 0 ? landing.rules.map(ruleText) : [landing.subject];
  return [landing.time.slice(0, 16).replace('T', ' '), landing.to.slice(0, 12), landing.state, [...steps, ...what, ...landing.exceptions.map(exceptionText)].join('; ')];
}

function ruleText({ id, signatures, evidence, state }: LandedRule): string {
  const who = signatures.map(({ person, role }) => `${person} as ${role}`);
  return `${id}${state === 'met' ? '' : ` ${state}`}: ${who.length > 0 ? who.join(', ') : 'nobody signed'}${evidence.length > 0 ? `, on ${evidence.map(evidenceText).join(', ')}` : ''}`;
}

function evidenceText({ path, sha256 }: LandedEvidence): string {
  return `${path.replace(/^\.countersign\//, '')}@${sha256.slice(0, 12)}`;
}

function exceptionText({ person, reason, follow_up, follow_up_by, followed_by }: LandedException): string {
  const after = { done: `followed up by ${followed_by.map((signature) => `${signature.person} as ${signature.role}`).join(', ')}`, open: `follow-up by ${follow_up_by}`, overdue: `follow-up OVERDUE since ${follow_up_by}` }[follow_up];
  return `exception by ${person} (${after}): ${reason}`;
}

function sumLine({ target, counts, landings, exit }: AuditResult): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0).map(([state, count]) => `${count} ${state}`);
  const late = landings.filter(({ exceptions }) => exceptions.some(({ follow_up }) => follow_up === 'overdue')).length;
  const found = parts.length === 0 ? 'nothing landed' : parts.join(', ');
  return escapeTerminal(`${exit === 0 ? 'good' : 'NOT good'}: ${target.slice('refs/heads/'.length)}: ${found}${late > 0 ? `, ${late} with an overdue follow-up` : ''}`);
}
