import type { Finding } from '../finding/finding.ts';
import { policyChange } from '../gate/scope.ts';
import { weakPolicy } from '../gate/weaknesses.ts';
import type {
  CheckedCondition,
  CheckedEvidence,
  CheckedRequirement,
  CheckedRule,
  CheckResult,
} from '../gate/check-result.ts';
import { countOf } from './count-of.ts';
import { signersOf } from './signer-text.ts';
import { escapeTerminal } from './terminal.ts';

/**
 * A check for people and problem matchers: the rules with what is met and open, each finding as
 * `path:line:column: severity code message` with its mend below, and last the verdict with the one next step.
 */
export function checkText(result: CheckResult): string {
  const shown = policyInShort(result).filter(({ severity }) => severity !== 'info');
  // The step of the last line need not stand above it too; of records, every place has its own.
  const isLast = (finding: Finding): boolean =>
    finding.fix === result.next && result.stage !== 'records';
  const lines = shown.flatMap((finding) =>
    isLast(finding) ? [findingLine(finding)] : mendedLines(finding),
  );
  return [...checkHead(result), ...lines, verdictLine(result)].join('\n');
}

/** Warnings of a policy that the change leaves alone say the same at every check: one line is enough, that of a weak policy before all others. */
function policyInShort({ findings, rules }: CheckResult): readonly Finding[] {
  if (rules.some(({ id }) => id === policyChange)) return findings;
  const warnings = findings.filter(
    ({ code, severity }) => severity === 'warning' && code.startsWith('policy/'),
  );
  const first = warnings.find(({ code }) => code === weakPolicy) ?? warnings[0];
  if (first === undefined || warnings.length === 1) return findings;
  const short = {
    ...first,
    message: `${first.message}; ${countOf(warnings.length - 1, 'more warning')} of the policy: countersign doctor`,
  };
  return findings
    .filter((finding) => finding === first || !warnings.includes(finding))
    .map((finding) => (finding === first ? short : finding));
}

/** The rules with what is met and open, what no rule governs, the exceptions and the conditions: what stands before the findings. */
export function checkHead(result: CheckResult): readonly string[] {
  const { rules, ungoverned, conditions } = result;
  return [
    ...rules.flatMap(ruleLines),
    ...(ungoverned > 0 ? [`${countOf(ungoverned, 'changed file')} that no rule governs`] : []),
    ...standingLines({ ...result, conditions: [] }),
    ...conditions.map(conditionLine),
  ];
}

/** Exceptions, and conditions that nobody has closed: every check lists them, whatever it is about. */
export function standingLines({
  exceptions,
  conditions,
}: Pick<CheckResult, 'exceptions' | 'conditions'>): readonly string[] {
  const excepted = exceptions.map(({ rule, person, reason, expires, follow_up_by, state }) =>
    escapeTerminal(
      `exception from ${rule} by ${person} until ${expires}, approvals follow by ${follow_up_by} (${state}): ${reason}`,
    ),
  );
  return [...excepted, ...conditions.filter(({ state }) => state !== 'met').map(conditionLine)];
}

function conditionLine({ rule, by, owner, due, state, text }: CheckedCondition): string {
  return escapeTerminal(
    `${mark(state === 'met')} condition of ${by} for ${rule}, ${owner} by ${due} (${state}): ${text}`,
  );
}

function ruleLines(rule: CheckedRule): readonly string[] {
  const about = [
    countOf(rule.files.length, 'file'),
    ...(rule.risk ? [`risk ${rule.risk}`] : []),
    ...(rule.authors.length > 0 ? [`by ${rule.authors.join(', ')}`] : []),
  ];
  return [
    `${mark(rule.state === 'met')} ${rule.id} (${about.join(', ')})`,
    ...rule.requirements.map(
      (requirement) => `    ${mark(requirement.state === 'met')} ${requirementText(requirement)}`,
    ),
    ...(rule.checklist
      ? [
          `    ${mark(rule.checklist.unanswered.length === 0)} checklist ${rule.checklist.name}${rule.checklist.unanswered.length > 0 ? `: ${rule.checklist.unanswered.length} open` : ''}`,
        ]
      : []),
    ...rule.evidence.map(
      ({ kind, state, ref, why }) =>
        `    ${mark(state === 'met')} ${kind}${ref ? ` ${ref}` : ''}${why ? `: ${why}` : ''}`,
    ),
  ].map(escapeTerminal);
}

/** Words beside the marks would be better still, but each line says its state in words already. */
function mark(good: boolean): string {
  return good ? '✓' : '·';
}

function requirementText(requirement: CheckedRequirement): string {
  const { role, need, have, independent, by, could, state } = requirement;
  const who = by.length > 0 ? ` ${signersOf(requirement).join(', ')}` : '';
  const open = state === 'unmet' && could.length > 0 ? `, ${could.join(' or ')} could` : '';
  return `${independent ? 'independent ' : ''}${role} ${have} of ${need}:${who || ' nobody'}${open}`;
}

/** One finding in the form that editors jump to. */
export function findingLine({ path, line, column, severity, code, message }: Finding): string {
  const place = path === undefined ? '' : `${path}:${line ?? 1}:${column ?? 1}: `;
  return escapeTerminal(`${place}${severity} ${code} ${message}`);
}

/** A finding with what mends it below. */
export function mendedLines(finding: Finding): readonly string[] {
  return [
    findingLine(finding),
    ...(finding.fix === undefined ? [] : [escapeTerminal(`    → ${finding.fix}`)]),
  ];
}

/** A finding in one line, with what mends it: for commands that go on in spite of it. */
export function adviceLine(finding: Finding): string {
  return `${findingLine(finding)}${finding.fix === undefined ? '' : escapeTerminal(` — ${finding.fix}`)}`;
}

/** The verdict in one line, with the next step: also the whole of what a hook says first. */
export function verdictLine(result: CheckResult): string {
  // A reason that ends with the command says it once.
  const reason = firstReason(result).replace(/; run: (.*)$/, (told, command) =>
    command === result.next ? '' : told,
  );
  return escapeTerminal(
    `${result.verdict}${reason ? `: ${reason}` : ''}${result.next ? ` — next: ${result.next}` : ''}`,
  );
}

/** The same for a hook, of which editors show the one line: with the place of what has to be mended. */
export function hookLine(result: CheckResult): string {
  const mended = mendedFinding(result);
  const line = verdictLine(result);
  return mended?.path === undefined
    ? line
    : line.replace(': ', () => `: ${escapeTerminal(`${mended.path}:${mended.line ?? 1}`)}: `);
}

/** The finding that the next step mends; none where nothing is wrong. */
function mendedFinding({ findings, next, verdict }: CheckResult): Finding | undefined {
  return (
    findings.find(({ fix, severity }) => fix === next && severity === 'error') ??
    findings.find(({ severity }) => severity === 'error') ??
    (verdict === 'unprotected' ? findings[0] : undefined)
  );
}

/** Why, in the order in which the next step is chosen: the finding that the step mends. Not escaped. */
export function firstReason(result: CheckResult): string {
  const { rules, examined, stage, conditions } = result;
  const mended = mendedFinding(result);
  if (mended) return mended.message;
  if (stage === 'records' && examined.records > 0 && examined.entries === 0)
    return recordsReason(result);
  if (examined.entries === 0) return 'nothing changed';
  if (rules.length === 0) return 'no rule governs what changed';
  return rules.map((rule) => `${ruleReason(rule)}${conditionsText(rule, conditions)}`).join('; ');
}

/** An anchor whose lines are other ones leads somewhere, and not to what was meant. */
function recordsReason({ examined, findings }: CheckResult): string {
  const rewritten = findings.filter(
    ({ code }) => code === 'anchor/changed' || code === 'anchor/lost',
  ).length;
  const but =
    rewritten === 0
      ? ''
      : `, but for ${rewritten === 1 ? 'one that points' : `${rewritten} that point`} at lines which were rewritten or lost`;
  return examined.records === 1
    ? `the one record can be read, and its links lead somewhere${but}`
    : `${examined.records} records can be read, and their links lead somewhere${but}`;
}

/** That those who signed set conditions which nobody has closed. */
function conditionsText(
  { id, requirements }: CheckedRule,
  conditions: CheckResult['conditions'],
): string {
  const open = conditions.filter(
    ({ rule, by, state }) =>
      rule === id && state !== 'met' && requirements.some((place) => place.by.includes(by)),
  ).length;
  return open === 0 ? '' : ` on ${countOf(open, 'condition')}`;
}

/** Evidence that an exception stands in for, and why it does not count by itself. */
function excusedText({ kind, why, lacks }: CheckedEvidence): string {
  return `a ${kind} ${lacks === 'citation' ? 'that no signature lists' : `that counts${why === undefined ? '' : ` (${why})`}`}`;
}

/** Who signed for a rule that lets the change pass, and who does not have to yet, at a stage before the last or by an exception. */
function ruleReason({ id, requirements, evidence, state }: CheckedRule): string {
  const by = [...new Set(requirements.flatMap(signersOf))].join(', ');
  if (requirements.length === 0 && state !== 'excepted') return `${id} asks for nobody’s signature`;
  const places = requirements
    .filter(({ have, need }) => have < need)
    .map(
      ({ role, need, have, independent }) =>
        `${need - have} ${independent ? 'independent ' : ''}${role}`,
    );
  const missing = [
    ...places,
    ...(state === 'excepted'
      ? evidence.filter((item) => item.state === 'excepted').map(excusedText)
      : []),
  ].join(' and ');
  if (state === 'excepted' && missing === '')
    return `${id} signed by ${by}, and an exception stands in for a second person`;
  if (missing === '') return `${id} signed by ${by}`;
  const signed = by === '' ? id : `${id} signed by ${by}`;
  if (state === 'excepted')
    return `${signed}${by === '' ? ':' : ', and'} an exception stands in for ${missing}`;
  return by === '' ? `${id} not signed yet by ${missing}` : `${signed}, and not yet by ${missing}`;
}
