import type { Finding, Severity } from '../finding/finding.ts';
import { shellWord } from '../render/shell-word.ts';
import type {
  CheckedEvidence,
  CheckedRequirement,
  CheckedRule,
  Stage,
  UnansweredItem,
} from './check-result.ts';
import type { RuleVerdict } from './rule-verdict.ts';
import { shortExceptionFindings } from './short-exception.ts';
import type { FindingCode } from '../finding/finding-code.ts';

/**
 * What is open in a rule, as findings. At stage `all` everything open is an error; at stage `author` only what the author
 * can do alone is, since a reviewer cannot sign what was never pushed, nor a reject be answered by what nobody may commit;
 * below that nothing of it is asked for.
 */
export function ruleFindings(verdict: RuleVerdict, stage: Stage): readonly Finding[] {
  const { shown } = verdict;
  const others: Severity = stage === 'all' ? 'error' : 'warning';
  const own: Severity = stage === 'all' || stage === 'author' ? 'error' : 'warning';
  return [
    ...verdict.rejectedBy.map(
      (person): Finding => ({
        code: 'signoff/rejected',
        severity: others,
        message: `${shown.id}: ${person} rejected this change${saying(shown, person)}`,
        fix: `settle it with ${person}, ${verdict.lockedOut?.includes(person) ? 'whose key or role counts no more: a policy change brings it back, then they' : 'who can'} replace the reject: countersign sign --rule ${shown.id}`,
      }),
    ),
    ...verdict.strangers.map(
      (email): Finding => ({
        code: 'author/unknown',
        severity: verdict.outsiders?.includes(email) ? others : own,
        message: `${shown.id}: the policy knows nobody with the e-mail ${email}, who wrote part of this change`,
        fix: `add the e-mail to a person, or to agents where it is a machine's, by a policy change; or let an independent signer vouch that it is a person's: countersign sign --vouch ${shellWord(email)}`,
      }),
    ),
    ...verdict.unsigned.map(
      (oid): Finding => ({
        code: 'author/unsigned',
        severity: own,
        message: `${shown.id}: commit ${oid.slice(0, 12)} carries no SSH signature of a person whom the policy knows`,
        fix: 'git config gpg.format ssh, then sign the commits again: git rebase --force-rebase --gpg-sign <target>',
      }),
    ),
    ...checklistFindings(shown, own, others),
    ...evidenceFindings(verdict, own, others),
    ...believedFindings(shown),
    ...passedOverFindings(verdict),
    ...shortExceptionFindings(shown.id, verdict.shortExceptions ?? []),
    ...shown.requirements
      .filter(({ state }) => state === 'unmet')
      .map((requirement) => requirementFinding(shown.id, requirement, others)),
    ...(verdict.lonely && shown.state !== 'excepted'
      ? [
          {
            code: 'requirement/one-person',
            severity: others,
            message: `${shown.id}: no person wrote this change, so two persons must approve it`,
            fix: `a second person signs: countersign sign --rule ${shown.id}`,
          } satisfies Finding,
        ]
      : []),
  ];
}

/** What a person wrote when they rejected; nothing where they wrote nothing. */
function saying({ rejects = [] }: CheckedRule, person: string): string {
  const reason = rejects.find((reject) => reject.person === person)?.reason ?? null;
  return reason === null ? '' : `: ${reason}`;
}

function checklistFindings(
  { id, checklist }: CheckedRule,
  own: Severity,
  others: Severity,
): readonly Finding[] {
  return (checklist?.unanswered ?? []).map((item): Finding => {
    const severity = item.answer === 'no' || item.by === 'author' ? own : others;
    return {
      code: item.answer === 'no' ? 'checklist/no' : 'checklist/unanswered',
      severity,
      message: `${id}: ${personOf(item)} ${whatItLacks(item)} "${item.id}" of the checklist ${checklist?.name}`,
      fix: `countersign sign --rule ${id}`,
    };
  });
}

function personOf({ by }: UnansweredItem): string {
  if (by === 'author') return 'the author';
  return by === 'signer' ? 'nobody' : by;
}

function whatItLacks({ answer, by }: UnansweredItem): string {
  if (answer === 'no') return 'answered no to';
  if (answer === 'without-reason') return 'gave no reason for leaving out';
  return by === 'signer' ? 'answered' : 'has not answered';
}

function evidenceFindings(
  { shown, authorOpen }: RuleVerdict,
  own: Severity,
  others: Severity,
): readonly Finding[] {
  return shown.evidence
    .filter(({ state }) => state === 'unmet')
    .map(
      (item): Finding => ({
        code:
          item.lacks === 'citation'
            ? 'evidence/not-cited'
            : (`evidence/${item.kind}` as FindingCode),
        severity: item.lacks !== 'citation' && authorOpen ? own : others,
        message: `${shown.id}: ${item.why ?? `evidence of kind ${item.kind} is missing`}`,
        fix:
          item.lacks === 'citation'
            ? `an independent reviewer signs: countersign sign --rule ${shown.id}`
            : (item.fix ?? evidenceFix(item)),
      }),
    );
}

/** Where the evidence was enough, what else a decision over these files asks for and nobody showed. */
function passedOverFindings({ shown, passedOver = [] }: RuleVerdict): readonly Finding[] {
  return shown.evidence.some(({ kind, state }) => kind === 'result' && state !== 'met')
    ? []
    : passedOver.map(
        ({ evaluation, decision }): Finding => ({
          code: 'evidence/passed-over',
          severity: 'warning',
          message: `${shown.id}: ${decision} names ${evaluation}, and no result of it passes here; another evaluation was enough`,
          fix: `look at what it says before you sign: countersign evaluate ${evaluation}`,
        }),
      );
}

/** What this check took on trust: who signs, and who reads it, has to know. */
function believedFindings({ id, evidence }: CheckedRule): readonly Finding[] {
  const left = evidence
    .filter(({ recomputed }) => recomputed === false)
    .map(
      ({ ref }): Finding => ({
        code: 'evidence/not-recomputed',
        severity: 'warning',
        message: `${id}: ${ref} has to be computed again, which was not done here; the check of the change in CI does it, and it may come to something else`,
        fix: 'countersign check',
      }),
    );
  return [...left, ...unverifiedFindings(id, evidence), ...sameInputsFindings(id, evidence)];
}

/** What stands outside git cannot be held against anything. */
function unverifiedFindings(id: string, evidence: CheckedRule['evidence']): readonly Finding[] {
  return evidence
    .flatMap(({ unverified = [] }) => unverified)
    .map(
      (path): Finding => ({
        code: 'evidence/unverified',
        severity: 'warning',
        message: `${id}: a result was measured on ${path}, which is unverified: git has neither the file nor a pointer that says what is in it`,
        fix: 'put the data into git, or a pointer that names their SHA-256 (git lfs track)',
      }),
    );
}

/** What a decision, by its id, has to say for a kind of evidence that is read out of it. */
const mends = {
  feedback: (id: string) =>
    `name more feedback in ${decisionPath(id)} (feedback: [FB-…]), or get the consent of whom it is from`,
  rollback: (id: string) =>
    `say how it is taken back in ${decisionPath(id)}: rollback: {plan: …, owner: a person of the policy, rehearsed_at: a day}`,
  rollout: (id: string) => `say whom it reaches in ${decisionPath(id)}: rollout: {kind: …}`,
  escalation: (id: string) =>
    `say when somebody is called in ${decisionPath(id)}: escalation: {when: …, to: …}`,
  review: (id: string) => `answer what is open, and resolve it: countersign review list ${id}`,
} as const;

function decisionPath(id: string): string {
  return `.countersign/decisions/${id}.yaml`;
}

/** Old predictions that are measured again would pass as those of the changed code. Whether they are, only who made them knows. */
function sameInputsFindings(id: string, evidence: CheckedRule['evidence']): readonly Finding[] {
  return evidence
    .flatMap(({ same_inputs: same = [] }) => same)
    .map(
      ({ evaluation, result, before }): Finding => ({
        code: 'evidence/same-inputs',
        severity: 'warning',
        message: `${id}: the code changed, and all that ${evaluation} was measured on is byte for byte what ${before} was measured on before: these may be predictions of the model as it was`,
        path: result,
        line: 1,
        column: 1,
        fix: `let the changed model predict anew, then countersign evaluate ${evaluation}; where it predicts the same, say so when you sign`,
      }),
    );
}

/** A reason that names its command says all. */
function evidenceFix({ kind, ref, why = '' }: CheckedEvidence): string {
  const command = /run: (.*)$/.exec(why)?.[1];
  const measured = /\bEV-[0-9A-Z]+/.exec(ref ?? '')?.[0];
  if (command !== undefined) return command;
  if (kind === 'result')
    return measured === undefined
      ? 'name one in the decision over these files (evaluations: [EV-…]), or make one: countersign new evaluation'
      : `measure again: countersign evaluate ${measured}`;
  if (ref !== null && Object.hasOwn(mends, kind)) return mends[kind as keyof typeof mends](ref);
  return 'write a decision that stands over these files, accepted by its owner: countersign new decision';
}

function requirementFinding(
  rule: string,
  requirement: CheckedRequirement,
  severity: Severity,
): Finding {
  const { role, need, have, independent, could } = requirement;
  const missing = need - have;
  const kind = `${independent ? 'independent ' : ''}${role}${missing > 1 ? 's' : ''}`;
  const who = could.length === 0 ? 'nobody else could' : `${could.join(' or ')} could`;
  return {
    code: 'requirement/unmet',
    severity,
    message: `${rule}: ${missing} ${kind} missing; ${who}`,
    fix:
      could.length === 0
        ? `give someone the role ${role} by a policy change`
        : `${could.join(' or ')} runs: countersign sign --rule ${rule} --role ${role}`,
  };
}
