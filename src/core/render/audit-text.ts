import type { AuditResult } from '../gate/audit-result.ts';
import type { LandedCondition } from '../gate/landed-conditions.ts';
import type {
  LandedEvidence,
  LandedException,
  LandedRule,
  LandedSignature,
  Landing,
  LandingState,
} from '../gate/landing.ts';
import { exceptionShort } from '../gate/short-exception.ts';
import { oneAdmin, weakPolicy } from '../gate/weaknesses.ts';
import { findingLine } from './check-text.ts';
import { countOf } from './count-of.ts';
import { readBranchLines } from './read-branch-text.ts';
import { signerText } from './signer-text.ts';
import { tableText } from './table-text.ts';
import { escapeTerminal } from './terminal.ts';

/**
 * An audit for people: a table of the landings, under each who signed it and by which evidence, then what is wrong with
 * those that are not good, and the sum of it. Only a subject is cut to the width; who signed never is.
 */
export function auditText(result: AuditResult, width: number): string {
  const [header = '', ...rows] = tableText(
    ['landed', 'commit', 'state', 'what'],
    result.landings.map(row),
    width,
  ).split('\n');
  const landings = rows.flatMap((line, index) => [
    line,
    ...details(result.landings[index] as Landing),
  ]);
  const wrong = result.landings.flatMap((landing) =>
    landing.findings
      .filter(({ severity, code }) => severity === 'error' || code === exceptionShort)
      .map((finding) => `${landing.to.slice(0, 12)}: ${findingLine(finding)}`),
  );
  return [
    header,
    ...landings,
    ...(wrong.length > 0 ? ['', ...wrong] : []),
    '',
    ...meanings(result),
    ...owedLines(result.owed).map(escapeTerminal),
    ...stampLines(result.stamps).map(escapeTerminal),
    ...readBranchLines(result.read).map(escapeTerminal),
    sumLine(result),
  ].join('\n');
}

function row(landing: Landing): readonly string[] {
  return landingCells(landing, landing.state);
}

/** A landing's cells of a table: when, which commit, what is said of it, and its subject. */
export function landingCells(
  { time, to, subject, steps }: Pick<Landing, 'time' | 'to' | 'subject' | 'steps'>,
  ...said: readonly string[]
): readonly string[] {
  return [
    time.slice(0, 16).replace('T', ' '),
    to.slice(0, 12),
    ...said,
    steps > 1 ? `${steps} commits; ${subject}` : subject,
  ];
}

function details({ rules, exceptions, conditions, stamp }: Landing): readonly string[] {
  return [
    ...rules.flatMap(ruleLines),
    ...conditions.map(conditionText),
    ...exceptions.map(exceptionText),
    ...(stamp === null ? [] : [stampText(stamp)]),
  ].map((line) => `    ${escapeTerminal(line)}`);
}

function ruleLines({ id, signatures, evidence, state }: LandedRule): readonly string[] {
  const who = signatures.map(landedSigner);
  return [
    `${id}${state === 'met' ? '' : ` ${state}`}: ${who.length > 0 ? who.join(', ') : 'nobody signed'}`,
    ...evidence.map((file) => `  ${evidenceText(file)}`),
  ];
}

/** A signer of what landed, in which role. Not escaped. */
export function landedSigner({ person, role, via }: LandedSignature): string {
  return signerText(`${person} as ${role}`, via);
}

/** A file that signatures list as evidence. Not escaped. */
export function evidenceText({ path, sha256 }: LandedEvidence): string {
  return `on ${path} (sha256 ${sha256.slice(0, 12)})`;
}

/** On what somebody approved, and what became of it. Not escaped. */
export function conditionText({
  by,
  rule,
  owner,
  due,
  text,
  state,
  met_in,
}: LandedCondition): string {
  const became =
    state === 'met'
      ? `met in ${met_in?.slice(0, 12)}`
      : { open: 'open', overdue: 'OVERDUE' }[state];
  return `${rule}: ${by} approved on a condition (${became}), ${owner} by ${due}: ${text}`;
}

function exceptionText({
  person,
  reason,
  follow_up,
  follow_up_by,
  followed_by,
}: LandedException): string {
  const after = {
    done: `followed up by ${followed_by.map(landedSigner).join(', ')}`,
    open: `follow-up by ${follow_up_by}`,
    overdue: `follow-up OVERDUE since ${follow_up_by}`,
  }[follow_up];
  return `exception by ${person} (${after}): ${reason}`;
}

function stampText({ time, authority, file }: NonNullable<Landing['stamp']>): string {
  return `was there by ${time}: stamped${authority === null ? '' : ` by ${authority}`} (${file})`;
}

/** What an earlier audit found good, and was promised then. */
function owedLines({ exceptions, conditions }: AuditResult['owed']): readonly string[] {
  return [
    ...exceptions.map(
      ({ rule, person, follow_up_by, file }) =>
        `from before: ${rule}: the approvals that ${person} promised by ${follow_up_by} did not come: OVERDUE (${file})`,
    ),
    ...conditions.map(
      ({ rule, owner, due, text, by }) =>
        `from before: ${rule}: on condition of ${by}, ${owner} promised by ${due}: ${text}: OVERDUE`,
    ),
  ];
}

/** Stamps are believed only of somebody whom the auditor names. */
function stampLines({ files, read, findings }: AuditResult['stamps']): readonly string[] {
  if (read || files === 0) return findings.map(findingLine);
  return [
    `${countOf(files, 'stamp')} under .countersign/stamps ${files === 1 ? 'was' : 'were'} not looked into: say whose word is taken with --stamp-ca authorities.pem`,
  ];
}

/** What a state means that may pass for more than it is. */
const explained: Partial<Readonly<Record<LandingState, string>>> = {
  unprotected:
    'unprotected: landed before the branch had a policy, so no signature was asked for and none was judged',
  trusted:
    'trusted: the policy was accepted by a digest that was given (--trust-root), not by signatures',
};

function meanings({ counts, landings }: AuditResult): readonly string[] {
  const weak = landings.filter(({ findings }) =>
    findings.some(({ code }) => code === weakPolicy),
  ).length;
  return [
    ...Object.entries(explained).flatMap(([state, meaning]) =>
      counts[state as LandingState] > 0 ? [meaning] : [],
    ),
    ...(weak > 0 ? [`weak: ${countOf(weak, 'landing')} under a policy where ${oneAdmin}`] : []),
  ];
}

function sumLine({ target, counts, landings, exit }: AuditResult): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  const late = landings.filter(({ exceptions }) =>
    exceptions.some(({ follow_up }) => follow_up === 'overdue'),
  ).length;
  const broken = landings.filter(({ conditions }) =>
    conditions.some(({ state }) => state === 'overdue'),
  ).length;
  const found = parts.length === 0 ? 'nothing landed' : parts.join(', ');
  return escapeTerminal(
    `${exit === 0 ? 'good' : 'NOT good'}: ${target.slice('refs/heads/'.length)}: ${found}${late > 0 ? `, ${late} with an overdue follow-up` : ''}${broken > 0 ? `, ${broken} with an overdue condition` : ''}`,
  );
}
