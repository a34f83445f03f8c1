import { type Finding, worstFirst } from '../../finding/finding.ts';
import type { CheckedRule, CheckResult } from '../../gate/check-result.ts';
import { firstReason } from '../check-text.ts';
import { escapeMarkdown } from '../escape-markdown.ts';
import { countOf } from '../count-of.ts';
import { signersOf } from '../signer-text.ts';

/** Characters that a comment may hold on every forge (GitHub takes 65,536). */
const commentSize = 60_000;

/**
 * A check for a pull request or a job summary: the verdict with its reason and the next step, the rules, and the findings,
 * the worst first. Text from records is escaped.
 *
 * @param most characters; findings that do not fit are counted
 */
export function checkMarkdown(result: CheckResult, most = commentSize): string {
  const reason = firstReason(result);
  const head = [
    `## Countersign: ${result.verdict}`,
    '',
    ...(reason ? [`${escapeMarkdown(reason)}`, ''] : []),
    ...(result.next ? [`**Next:** ${escapeMarkdown(result.next)}`, ''] : []),
    ...rulesTable(result.rules),
    ...exceptionLines(result),
    ...conditionLines(result),
  ];
  const foot = ['', footer(result)];
  const left = most - size(head) - size(foot);
  return [...head, ...findingLines(worstFirst(result.findings), left), ...foot]
    .join('\n')
    .slice(0, most);
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

/** As many findings as fit, and how many more there are. */
function findingLines(findings: readonly Finding[], room: number): readonly string[] {
  if (findings.length === 0) return [];
  const lines = ['### Findings', ''];
  const reserve = 80;
  for (const [index, finding] of findings.entries()) {
    const line = findingItem(finding);
    if (size(lines) + line.length + reserve > room)
      return [
        ...lines,
        `- and ${findings.length - index} more: countersign check shows all of them`,
      ];
    lines.push(line);
  }
  return lines;
}

function findingItem({ severity, code, message, path, line, fix }: Finding): string {
  const where = path === undefined ? '' : ` (${escapeMarkdown(`${path}:${line ?? 1}`)})`;
  return `- **${severity}** ${escapeMarkdown(code)}: ${escapeMarkdown(message)}${where}${fix === undefined ? '' : ` → ${escapeMarkdown(fix)}`}`;
}

function rulesTable(rules: readonly CheckedRule[]): readonly string[] {
  if (rules.length === 0) return [];
  return [
    '| Rule | State | Files | Risk | Signatures | Evidence | Checklist |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rules.map(ruleRow),
    '',
  ];
}

function ruleRow(rule: CheckedRule): string {
  const signatures = rule.requirements.map((requirement) => {
    const { role, have, need, by, state, independent } = requirement;
    return `${independent ? 'independent ' : ''}${role} ${have} of ${need}${by.length > 0 ? ` (${signersOf(requirement).join(', ')})` : ''}${state === 'excepted' ? ', excepted' : ''}`;
  });
  const evidence = rule.evidence.map(
    ({ kind, state, ref }) => `${kind}${ref === null ? '' : ` ${ref}`}: ${state}`,
  );
  const open = rule.checklist?.unanswered.length ?? 0;
  const answered = open === 0 ? 'answered' : `${open} open`;
  const cells = [
    rule.id,
    rule.state,
    String(rule.files.length),
    rule.risk ?? '',
    signatures.join('; '),
    evidence.join('; '),
    rule.checklist === null ? '' : answered,
  ];
  return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
}

function exceptionLines({ exceptions }: CheckResult): readonly string[] {
  if (exceptions.length === 0) return [];
  return [
    '### Exceptions',
    '',
    ...exceptions.map(
      ({ person, rule, reason, expires, follow_up_by, state }) =>
        `- ${escapeMarkdown(`${rule}: ${person} until ${expires}, approvals follow by ${follow_up_by} (${state}): ${reason}`)}`,
    ),
    '',
  ];
}

function conditionLines({ conditions }: CheckResult): readonly string[] {
  const open = conditions.filter(({ state }) => state !== 'met');
  if (open.length === 0) return [];
  return [
    '### Conditions',
    '',
    ...open.map(
      ({ rule, owner, due, text, state }) =>
        `- ${escapeMarkdown(`${rule}: ${owner} by ${due} (${state}): ${text}`)}`,
    ),
    '',
  ];
}

function footer({ target, tip, head, policy, examined, ungoverned, stage }: CheckResult): string {
  const short = (oid: string | null): string => (oid === null ? 'unknown' : oid.slice(0, 12));
  const parts = [
    ...(target === null ? [] : [`target ${target} at ${short(tip)}`]),
    ...(head === null ? [] : [`head ${short(head)}`]),
    ...(policy === null ? [] : [`policy ${policy.digest}`]),
    `stage ${stage}`,
    `${countOf(examined.entries, 'changed file')} in ${countOf(examined.commits, 'commit')}, ${ungoverned} that no rule governs`,
    `${countOf(examined.signoffs, 'sign-off')} and ${countOf(examined.records, 'record')} read`,
    ...(examined.skipped > 0 ? [`${examined.skipped} could not be looked at`] : []),
  ];
  return `<sub>${escapeMarkdown(parts.join('; '))}</sub>`;
}
