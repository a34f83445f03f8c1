import { compareFindings, type Finding } from '../finding/finding.ts';
import type {
  CheckedCondition,
  CheckedException,
  CheckedSignoff,
  CheckResult,
  Verdict,
} from './check-result.ts';
import { shellWord } from '../render/shell-word.ts';
import { isPast } from '../reviews/review-threads.ts';
import type { JudgedException } from './exceptions.ts';
import type { JudgedSignoff } from './judged-signoff.ts';
import { viaOf } from './payload.ts';
import { ruleFindings } from './rule-findings.ts';
import type { RuleVerdict } from './rule-verdict.ts';
import { isAuthentic, successors } from './standing.ts';

/** An exception, and where its change landed, which the promised approvals sign; `forgotten` where the policy has no rule any more under which they could. */
export type ShownException = JudgedException & {
  readonly landing?: { readonly before: string; readonly after: string };
  readonly forgotten?: true;
};

/** Everything that a verdict is made of. */
export type VerdictInput = Pick<
  CheckResult,
  'stage' | 'tip' | 'head' | 'lands' | 'target' | 'policy' | 'authors' | 'ungoverned' | 'examined'
> & {
  readonly rules: readonly RuleVerdict[];
  /** The policy's own change, judged a second time by the head's policy. */
  readonly byHeadPolicy: readonly RuleVerdict[];
  readonly signoffs: readonly JudgedSignoff[];
  /** Files of sign-offs among them that follow up an exception. */
  readonly followUps?: ReadonlySet<string>;
  /** Those of the change, and landed ones whose approvals have not followed. */
  readonly exceptions: readonly ShownException[];
  readonly conditions: readonly CheckedCondition[];
  /** Rules that a condition which is overdue blocks: those of this change, unless it is one of words alone. */
  readonly blocking: ReadonlySet<string>;
  /** Records, sign-off files, append-only, the change itself. */
  readonly findings: readonly Finding[];
  /** Options of the command line by which `sign` names this change; empty for what is staged. */
  readonly named: string;
  /** The target by the name that this clone has for it; it stands for `<target>` in steps. */
  readonly onto: string;
  readonly now: Date;
};

/** The verdict: any error at this stage is a fail, and nothing else is. */
export function judge(input: VerdictInput): CheckResult {
  const findings =
    input.stage === 'off'
      ? []
      : once(
          [...input.findings, ...stageFindings(input)].map((finding) => naming(finding, input)),
        ).sort(compareFindings);
  const failed =
    findings.some(({ severity }) => severity === 'error') ||
    input.examined.skipped > 0 ||
    unfinished(input);
  const excepted = input.rules.some(({ shown }) => shown.state === 'excepted');
  const later = successors(input.signoffs.filter(isAuthentic));
  const passed = excepted ? 'pass-with-exception' : 'pass';
  const verdict: Verdict = failed ? 'fail' : passed;
  return {
    schema: 'countersign/check@1',
    verdict,
    exit: failed ? 1 : 0,
    stage: input.stage,
    tip: input.tip,
    head: input.head,
    lands: input.lands,
    target: input.target,
    policy: input.policy,
    authors: input.authors,
    rules: input.rules.map(({ shown }) => shown),
    signoffs: input.signoffs
      .filter(({ landed, payload }) => !landed || payload?.decision === 'reject')
      .map((signoff) => showSignoff(signoff, later, input.followUps)),
    exceptions: input.exceptions.map((exception) => showException(exception, input.now)),
    conditions: input.conditions.filter(
      ({ state, rule }) => state !== 'met' || input.blocking.has(rule),
    ),
    ungoverned: input.ungoverned,
    examined: input.examined,
    findings,
    next: nextStep(findings),
  };
}

/** A file that is judged as a record and again as part of the policy has each finding once. */
function once(findings: readonly Finding[]): Finding[] {
  return [
    ...new Map(
      findings.map((finding) => [
        JSON.stringify([
          finding.code,
          finding.severity,
          finding.path,
          finding.line,
          finding.column,
          finding.message,
        ]),
        finding,
      ]),
    ).values(),
  ];
}

/** A command that signs says which change it is about: without that it would sign what is staged. */
function naming(finding: Finding, { named, onto }: Pick<VerdictInput, 'named' | 'onto'>): Finding {
  if (finding.fix === undefined) return finding;
  const fix = finding.fix.replace('<target>', () => shellWord(onto));
  const signs = /countersign sign(?= --(?:rule|vouch|withdraw)\b)/;
  return {
    ...finding,
    fix: named === '' ? fix : fix.replace(signs, () => `countersign sign ${named}`),
  };
}

/** A second look, by the states and not by the findings: a rule that is not met must not pass because nobody wrote a message. */
function unfinished({ stage, rules, byHeadPolicy }: VerdictInput): boolean {
  return (
    stage === 'all' &&
    [...rules, ...byHeadPolicy].some(
      ({ shown }) => shown.state !== 'met' && shown.state !== 'excepted',
    )
  );
}

function stageFindings(input: VerdictInput): readonly Finding[] {
  const { stage } = input;
  const open = input.rules.flatMap((rule) => ruleFindings(rule, stage));
  const said = new Set(open.map(({ code, message }) => `${code} ${message}`));
  const known = new Set(input.rules.map(({ shown }) => shown.id));
  const byHead = input.byHeadPolicy
    .flatMap((rule) =>
      ruleFindings(rule, stage).map((finding) =>
        known.has(rule.shown.id) ? finding : { ...finding, fix: policyFirst(rule.shown.id) },
      ),
    )
    .filter(({ code, message }) => !said.has(`${code} ${message}`))
    .map(
      (finding): Finding => ({
        ...finding,
        message: `${finding.message} (by the policy that this change would put in place)`,
      }),
    );
  const overdue = input.exceptions.filter(
    ({ landed, payload, forgotten }) =>
      landed && payload !== null && forgotten !== true && isPast(payload.follow_up_by, input.now),
  );
  const late = overdue.map(
    ({ file, payload, landing }): Finding => ({
      code: 'exception/overdue',
      severity: 'error',
      message: `the approvals that ${payload?.person} promised by ${payload?.follow_up_by} did not come`,
      path: file,
      line: 4,
      column: 1,
      fix: `the missing approvals sign what landed: countersign sign --range ${landing?.before ?? '<before>'}...${landing?.after ?? '<after>'} --rule ${payload?.rule}`,
    }),
  );
  return [
    ...open,
    ...byHead,
    ...late,
    ...input.conditions.filter(({ rule }) => input.blocking.has(rule)).flatMap(conditionFinding),
  ];
}

/** Nobody can sign for a rule that the standing policy does not have, or has not for these files. */
function policyFirst(rule: string): string {
  return `nobody can sign for ${rule} here before the policy that has it stands: land the policy by a change of its own, then this one`;
}

function conditionFinding({ state, text, owner, due, rule }: CheckedCondition): readonly Finding[] {
  if (state === 'met') return [];
  const late = state === 'overdue';
  return [
    {
      code: late ? 'condition/overdue' : 'condition/open',
      severity: late ? 'error' : 'info',
      message: `${rule}: ${owner} promised by ${due}: ${text}`,
      fix: `when it is done, its signer or another person of the role closes it: countersign sign --rule ${rule} --meets ${shellWord(text)}`,
    },
  ];
}

function showSignoff(
  { file, payload, state, moved, id }: JudgedSignoff,
  later: ReturnType<typeof successors>,
  followUps: VerdictInput['followUps'],
): CheckedSignoff {
  const successor = id === null ? undefined : later.get(id);
  return {
    file,
    rule: payload?.rule ?? null,
    person: payload?.person ?? null,
    role: payload?.role ?? null,
    decision: payload?.decision ?? null,
    signed_at: payload?.signed_at ?? null,
    state,
    via: payload === null ? null : viaOf(payload),
    moved,
    ...(successor === undefined ? {} : { replaced_by: successor.file }),
    ...(followUps?.has(file) ? { follows_up: true } : {}),
  };
}

function showException(
  { file, payload, state, landed, landing }: ShownException,
  now: Date,
): CheckedException {
  const overdue = payload !== null && isPast(payload.follow_up_by, now);
  const owed = overdue ? 'overdue' : 'follow-up-open';
  const open = landed && payload ? owed : state;
  return {
    file,
    rule: payload?.rule ?? '',
    person: payload?.person ?? '',
    reason: payload?.reason ?? '',
    expires: payload?.expires ?? '',
    follow_up_by: payload?.follow_up_by ?? '',
    state: open,
    ...(landing === undefined ? {} : { landing: { before: landing.before, after: landing.after } }),
  };
}

/** What to do first: errors in the order in which a person can act on them. */
function nextStep(findings: readonly Finding[]): string | null {
  const errors = findings.filter(({ severity, fix }) => severity === 'error' && fix !== undefined);
  const order = [
    'change/',
    'policy/',
    'record/',
    'link/',
    'signoff/',
    'author/',
    'evidence/',
    'checklist/',
    'requirement/',
  ];
  const place = ({ code }: Finding): number => {
    // What only lacks a signature is done by the signature that a requirement asks for.
    const index =
      code === 'evidence/not-cited' ? -1 : order.findIndex((area) => code.startsWith(area));
    return index < 0 ? order.length : index;
  };
  const [first] = [...errors].sort((a, b) => place(a) - place(b));
  return first?.fix ?? null;
}
