import type { Checklist } from '../records/checklist.ts';
import { foldEmail } from '../records/email.ts';
import type { Authors } from './authors.ts';
import type { ChangeEntry } from './change-digest.ts';
import type {
  CheckedEvidence,
  CheckedReject,
  CheckedRequirement,
  CheckedRule,
  UnansweredItem,
} from './check-result.ts';
import { unansweredItems } from './checklist-answers.ts';
import { applies } from './decision-facts.ts';
import { judgeEvidence } from './evidence.ts';
import type { EvidenceContext } from './evidence-context.ts';
import type { JudgedException } from './exceptions.ts';
import type { GatePolicy, PolicyRule, Risk } from './gate-policy.ts';
import type { JudgedSignoff } from './judged-signoff.ts';
import { viaOf } from './payload.ts';
import { compareRaw, showPath } from './raw-path.ts';
import { rejectReason } from './reject-reason.ts';
import type { FilledRequirement, RequirementState } from './requirements.ts';
import { seatingOf } from './seating.ts';
import { passedOver } from './result-evidence.ts';
import { type ShortException, shortExceptions } from './short-exception.ts';
import { type AuthenticSignoff, type Standing, standingFor } from './standing.ts';

/** A rule and what would land in its scope. */
export type RuleChange = {
  readonly rule: PolicyRule;
  /** Built-in rules can be excused by nothing. */
  readonly builtIn: boolean;
  readonly digest: string;
  readonly entries: readonly ChangeEntry[];
  readonly authors: Authors;
  /** Object ids of commits that a person had to sign, and none did. */
  readonly unsigned?: readonly string[];
  readonly checklist: Checklist | null;
  /** Digest of the rule's files in the head, which a result must name. */
  readonly governed: string;
};

/** What all rules of a check share. */
export type RuleContext = Omit<EvidenceContext, 'rule' | 'files' | 'governed' | 'citing'> & {
  readonly signoffs: readonly JudgedSignoff[];
  readonly exceptions: readonly JudgedException[];
};

/** A rule's verdict: what is shown, and what the stages decide by. */
export type RuleVerdict = {
  readonly shown: CheckedRule;
  /** Something only the author can do is open. */
  readonly authorOpen: boolean;
  /** Authors whom neither the policy nor an approval knows. */
  readonly strangers: readonly string[];
  /** Those among them whose commits stand already: whoever is at work now can do nothing about them alone. */
  readonly outsiders?: readonly string[];
  readonly rejectedBy: readonly string[];
  /** Those among them who can replace nothing today, since their key or role counts no more; absent where all can. */
  readonly lockedOut?: readonly string[];
  readonly unsigned: readonly string[];
  /** All places are taken but by one person, where nobody of the authors is a person. */
  readonly lonely: boolean;
  readonly exceptedBy: readonly JudgedException[];
  /** Evaluations of decisions over the files that the evidence of this rule left out, where it was enough; absent where there are none. */
  readonly passedOver?: ReturnType<typeof passedOver>;
  /** Exceptions that are good in themselves and do not open this rule; absent where there are none. */
  readonly shortExceptions?: readonly ShortException[];
};

/** Judges one rule. */
export function judgeRule(change: RuleChange, context: RuleContext): RuleVerdict {
  const { rule, entries, authors } = change;
  const files = [...entries].sort(compareRaw).map(({ path }) => path.text);
  const standing = standingFor({ id: rule.id, digest: change.digest, entries }, context.signoffs);
  const { circumstances, filled, fitting, counted, citing } = seatingOf(
    change,
    files,
    standing,
    context,
  );
  const asked = (rule.evidence ?? []).filter((demand) => applies(demand, circumstances));
  const about = { ...context, rule: rule.id, files, governed: change.governed };
  const judge = (citers: EvidenceContext['citing']): readonly CheckedEvidence[] =>
    asked.map((demand) => judgeEvidence(demand, { ...about, citing: citers }));
  const left = asked.flatMap((demand) =>
    demand.kind === 'result' ? passedOver(demand, { ...about, citing: null }) : [],
  );
  const unanswered = unansweredOf(change, standing, filled.length === 0);
  const strangers = unvouched(
    authors,
    fitting.filter(
      ({ payload }) => payload.via === undefined && !authors.persons.has(payload.person),
    ),
  );
  // Somebody for whom a signer vouches is a person.
  const noPersonWrote = authors.persons.size === 0 && authors.unknown.size === strangers.length;
  const lonely = noPersonWrote && counted.length > 0 && isOnePerson(fitting);
  const exceptions = exceptionsFor(change, context);
  const exceptedBy = excuses(change, exceptions, context);
  const facts: Facts = {
    filled,
    evidence: judge(citing),
    unanswered,
    standing,
    lonely,
    strangers,
    excused: exceptedBy.length > 0,
  };
  const shown = show(change, change.builtIn ? null : circumstances.risk, facts, context.policy);
  const short =
    shown.state === 'met' || shown.state === 'excepted'
      ? []
      : shortExceptions(
          exceptions,
          authors.persons,
          context.policy.exceptions?.count ?? 1,
          unexcused(change, facts),
        );
  return {
    shown,
    authorOpen:
      unanswered.some(({ by, answer }) => by === 'author' || answer === 'no') ||
      judge(null).some(({ state }) => state === 'unmet'),
    strangers,
    rejectedBy: standing.rejects.map(({ payload }) => payload.person),
    ...lockedOut(standing.rejects),
    unsigned: change.unsigned ?? [],
    lonely,
    exceptedBy,
    ...(left.length > 0 ? { passedOver: left } : {}),
    ...(short.length > 0 ? { shortExceptions: short } : {}),
  };
}

function lockedOut(rejects: readonly AuthenticSignoff[]): Pick<RuleVerdict, 'lockedOut'> {
  const people = rejects.filter(({ former }) => former).map(({ payload }) => payload.person);
  return people.length > 0 ? { lockedOut: people } : {};
}

function unansweredOf(
  { checklist, authors }: RuleChange,
  { answers }: Standing,
  asksNobody: boolean,
): readonly UnansweredItem[] {
  if (!checklist) return [];
  const said = answers.map(({ payload }) => payload);
  return unansweredItems(checklist, said, authors.persons, asksNobody);
}

/** Whether one person alone looks: all whose approval could fill a place count as looking. */
function isOnePerson(fitting: readonly AuthenticSignoff[]): boolean {
  return new Set(fitting.map(({ payload }) => payload.person)).size < 2;
}

/** What no exception of a rule excuses. */
function unexcused(
  { builtIn, unsigned = [] }: RuleChange,
  { standing, unanswered, strangers }: Facts,
): Parameters<typeof shortExceptions>[3] {
  return {
    builtIn,
    rejected: standing.rejects.length > 0,
    unanswered: unanswered.length > 0,
    strangers: strangers.length > 0,
    unsigned: unsigned.length > 0,
  };
}

/** E-mails of authors that neither the policy nor an independent approval knows. */
function unvouched(authors: Authors, approvals: readonly AuthenticSignoff[]): readonly string[] {
  const vouched = new Set(approvals.flatMap(({ payload }) => payload.vouches ?? []).map(foldEmail));
  return [...authors.unknown].filter((email) => !vouched.has(foldEmail(email))).sort();
}

/** Exceptions of this change that hold for this digest, whoever signed them. */
function exceptionsFor(
  { rule }: RuleChange,
  { exceptions }: RuleContext,
): readonly JudgedException[] {
  return exceptions.filter(
    ({ state, landed, payload }) => state === 'valid' && !landed && payload?.rule === rule.id,
  );
}

/** Those of them by persons who are not its authors; empty where they are fewer than the policy asks for. */
function excuses(
  change: RuleChange,
  exceptions: readonly JudgedException[],
  { policy }: RuleContext,
): readonly JudgedException[] {
  if (change.builtIn) return [];
  const valid = exceptions.filter(
    ({ payload }) => payload !== null && !change.authors.persons.has(payload.person),
  );
  const persons = new Set(valid.map(({ payload }) => payload?.person));
  return persons.size >= (policy.exceptions?.count ?? 1) ? valid : [];
}

type Facts = {
  readonly filled: readonly FilledRequirement[];
  readonly evidence: readonly CheckedEvidence[];
  readonly unanswered: readonly UnansweredItem[];
  readonly standing: Standing;
  readonly lonely: boolean;
  readonly strangers: readonly string[];
  readonly excused: boolean;
};

function show(
  { rule, digest, entries, authors, unsigned = [], checklist }: RuleChange,
  risk: Risk | null,
  facts: Facts,
  policy: GatePolicy,
): CheckedRule {
  const requirements = facts.filled.map((place) => showRequirement(place, facts, authors, policy));
  const evidence = facts.evidence.map(
    (item): CheckedEvidence =>
      item.state === 'unmet' && facts.excused ? { ...item, state: 'excepted' } : item,
  );
  const missing =
    facts.filled.some(({ requirement, by }) => by.length < (requirement.count ?? 1)) ||
    facts.evidence.some(({ state }) => state === 'unmet') ||
    facts.lonely;
  // An exception excuses missing approvals and evidence; never what those who signed did not answer, nor an author whom nobody knows or who did not sign.
  const blocked = facts.unanswered.length > 0 || facts.strangers.length > 0 || unsigned.length > 0;
  const rejected = facts.standing.rejects.length > 0;
  const state: RequirementState =
    blocked && !rejected ? 'unmet' : stateOf({ rejected, met: !missing, excused: facts.excused });
  return {
    id: rule.id,
    digest,
    files: [...entries].sort(compareRaw).map(({ path }) => showPath(path)),
    risk,
    authors: [...authors.persons].sort(),
    requirements,
    checklist: checklist ? { name: checklist.name, unanswered: facts.unanswered } : null,
    evidence,
    ...(facts.strangers.length > 0 ? { strangers: facts.strangers } : {}),
    ...(facts.standing.rejects.length > 0
      ? { rejects: facts.standing.rejects.map(showReject) }
      : {}),
    state,
  };
}

function showReject({ file, payload, moved }: AuthenticSignoff): CheckedReject {
  return {
    file,
    person: payload.person,
    role: payload.role,
    reason: rejectReason(payload),
    signed_at: payload.signed_at,
    moved,
  };
}

function stateOf({
  rejected,
  met,
  excused,
}: Readonly<Record<'rejected' | 'met' | 'excused', boolean>>): RequirementState {
  if (rejected) return 'rejected';
  if (met) return 'met';
  return excused ? 'excepted' : 'unmet';
}

function showRequirement(
  { requirement, by }: FilledRequirement,
  facts: Facts,
  authors: Authors,
  policy: GatePolicy,
): CheckedRequirement {
  const need = requirement.count ?? 1;
  const seated = new Set(
    facts.filled.flatMap((place) => place.by.map(({ payload }) => payload.person)),
  );
  const met = by.length >= need;
  const byForge = by.flatMap(({ payload }) =>
    viaOf(payload) === null ? [] : [{ person: payload.person, via: viaOf(payload) as string }],
  );
  return {
    role: requirement.role,
    need,
    have: by.length,
    independent: requirement.independent ?? false,
    by: by.map(({ payload }) => payload.person).sort(),
    ...(byForge.length > 0 ? { by_forge: byForge } : {}),
    state: stateOf({ rejected: facts.standing.rejects.length > 0, met, excused: facts.excused }),
    could: met
      ? []
      : (policy.roles[requirement.role] ?? []).filter(
          (person) =>
            !seated.has(person) && !(requirement.independent && authors.persons.has(person)),
        ),
  };
}
