import { compareText, type Finding } from '../finding/finding.ts';
import type { ManifestRow } from './change-digest.ts';
import type { CheckedException, CheckedRule, CheckResult, Verdict } from './check-result.ts';
import type { JudgedException } from './exceptions.ts';
import type { JudgedSignoff, ProvenSignature } from './judged-signoff.ts';
import { type LandedCondition, statedConditions } from './landed-conditions.ts';
import { viaOf } from './payload.ts';
import type { Stamp } from './stamp.ts';
import { type AuthenticSignoff, isAuthentic, replacedIds, standingFor } from './standing.ts';

/**
 * What became of a landing, in one word. `signed`: the gate was met by signatures. `ungoverned`: no rule governs what
 * landed. `excepted`: an emergency exception stood in. `trusted`: a first policy, or the way back in, by its digest.
 * `unprotected`: before the first policy. `unsigned`: nobody signed what a rule governs. `failed`: somebody did, and it
 * was not enough. `undecidable`: there was no policy that could be judged by.
 */
export type LandingState =
  | 'signed'
  | 'ungoverned'
  | 'excepted'
  | 'trusted'
  | 'unprotected'
  | 'unsigned'
  | 'failed'
  | 'undecidable';

/** One signature under a rule of a landing. `payload` is the `sha256:…` of what was signed, `key` the key's fingerprint. */
export type LandedSignature = {
  readonly person: string;
  readonly role: string;
  readonly file: string;
  /** Of the file as it landed. */
  readonly sha256: string;
  readonly payload: string;
  readonly key: string | null;
  /** `forge:login` where the person approved on a forge, and the key is that of a job which says so; null where it is their own. */
  readonly via: string | null;
  /** The signer's own word. */
  readonly signed_at: string;
  /** Whether it fills a requirement; answers of an author fill none. */
  readonly counted: boolean;
};

/** A file that signatures list as their evidence; `by` are the persons whose signatures do. */
export type LandedEvidence = {
  readonly path: string;
  readonly sha256: string;
  readonly by: readonly string[];
};

export type LandedRule = Pick<
  CheckedRule,
  'id' | 'digest' | 'files' | 'risk' | 'authors' | 'state'
> & {
  readonly signatures: readonly LandedSignature[];
  readonly evidence: readonly LandedEvidence[];
};

/**
 * An exception under which something landed, and what became of the approvals that it promised. `followed_by` are the
 * signatures over what landed that came with later landings.
 */
export type LandedException = Omit<CheckedException, 'state'> & {
  readonly sha256: string;
  readonly followed_by: readonly LandedSignature[];
  readonly follow_up: 'done' | 'open' | 'overdue';
};

/** One landing of a target's history, as the gate judges it with the policy, the keys and the time of then. */
export type Landing = {
  /** Object id of the tip before; null before the first commit. */
  readonly from: string | null;
  readonly to: string;
  /** First-parent commits: more than one where a branch landed by rebase or fast-forward. */
  readonly steps: number;
  readonly how: 'merge' | 'commit' | 'commits';
  /** The latest committer time up to it, or that of its stamp where that is earlier, UTC. */
  readonly time: string;
  /** A third party's proof that it was there by then; null where there is none, or nobody said whose word is taken. */
  readonly stamp: Stamp | null;
  readonly subject: string;
  readonly verdict: Verdict;
  readonly state: LandingState;
  readonly policy: CheckResult['policy'];
  readonly rules: readonly LandedRule[];
  readonly exceptions: readonly LandedException[];
  /** On what the approvals that it brought were given. */
  readonly conditions: readonly LandedCondition[];
  /** Why it is not met, where it is not, and what is weak where it is. */
  readonly findings: readonly Finding[];
};

/** A signature that a landing brought for something else than what landed with it. */
export type LateSignature = {
  readonly rule: string;
  readonly digest: string;
  readonly signature: LandedSignature;
};

/** A landing, and what only an audit of all of them needs. */
export type AuditedLanding = {
  readonly landing: Landing;
  /** The files of each rule as they were digested: what a signature over the digest is about. */
  readonly manifests: ReadonlyMap<string, readonly ManifestRow[]>;
  /** Signatures that it brought for what had landed before. */
  readonly late: readonly LateSignature[];
  /** Conditions that were met when it had landed, by their payload and number. */
  readonly closed: ReadonlySet<string>;
  /** Files of landed exceptions whose approvals had not come yet; null where it was not judged by a policy. */
  readonly owed: ReadonlySet<string> | null;
};

/** Landings that an audit must not call good. */
export function isBad({ state, exceptions, conditions }: Landing): boolean {
  return (
    state === 'unsigned' ||
    state === 'failed' ||
    state === 'undecidable' ||
    exceptions.some(({ follow_up }) => follow_up === 'overdue') ||
    conditions.some((condition) => condition.state === 'overdue')
  );
}

/** Hex SHA-256 of a signed file that a landing brought. */
type DigestOf = (file: string) => string;

/** What the signatures under a rule say that stand: one that its signer replaced or withdrew says nothing any more. */
export function landedRule(
  rule: CheckedRule,
  signoffs: readonly JudgedSignoff[],
  digestOf: DigestOf,
): LandedRule {
  const { id, digest, files, risk, authors, state } = rule;
  const approvals = approvalsUnder(rule, signoffs);
  const counts = ({ payload }: AuthenticSignoff): boolean =>
    rule.requirements.some(({ role, by }) => role === payload.role && by.includes(payload.person));
  return {
    id,
    digest,
    files,
    risk,
    authors,
    state,
    signatures: approvals.map((signoff) => landedSignature(signoff, digestOf, counts(signoff))),
    evidence: evidenceOf(approvals),
  };
}

function approvalsUnder(
  { id, digest }: Pick<CheckedRule, 'id' | 'digest'>,
  signoffs: readonly JudgedSignoff[],
): readonly AuthenticSignoff[] {
  return standingFor({ id, digest }, signoffs).answers.filter(
    ({ payload }) => payload.digest === digest,
  );
}

/** What the approvals that a landing brought were given on: those of what landed with it, and those of what had landed before. */
export function landedConditions(
  rules: readonly CheckedRule[],
  signoffs: readonly JudgedSignoff[],
): readonly LandedCondition[] {
  return statedConditions([
    ...rules.flatMap((rule) => approvalsUnder(rule, signoffs)),
    ...lateApprovals(rules, signoffs),
  ]);
}

/** Approvals that a landing brought and that are not about what landed with it. */
export function lateSignatures(
  rules: readonly CheckedRule[],
  signoffs: readonly JudgedSignoff[],
  digestOf: DigestOf,
): readonly LateSignature[] {
  return lateApprovals(rules, signoffs).map((signoff) => ({
    rule: signoff.payload.rule,
    digest: signoff.payload.digest,
    signature: landedSignature(signoff, digestOf, signoff.payload.role !== 'author'),
  }));
}

function lateApprovals(
  rules: readonly CheckedRule[],
  signoffs: readonly JudgedSignoff[],
): readonly AuthenticSignoff[] {
  const authentic = signoffs.filter(isAuthentic);
  const replaced = replacedIds(authentic);
  return authentic.filter(
    ({ id, landed, state, payload }) =>
      !replaced.has(id) &&
      !landed &&
      (state === 'valid' || state === 'stale') &&
      payload.decision === 'approve' &&
      !rules.some(({ id, digest }) => id === payload.rule && digest === payload.digest),
  );
}

function landedSignature(
  { payload, file, id, proof }: AuthenticSignoff,
  digestOf: DigestOf,
  counted: boolean,
): LandedSignature {
  return {
    person: payload.person,
    role: payload.role,
    file,
    sha256: digestOf(file),
    payload: id,
    key: (proof as ProvenSignature | null)?.key ?? null,
    via: viaOf(payload),
    signed_at: payload.signed_at,
    counted,
  };
}

function evidenceOf(approvals: readonly AuthenticSignoff[]): readonly LandedEvidence[] {
  const found = new Map<string, { path: string; sha256: string; by: Set<string> }>();
  for (const { payload } of approvals) {
    for (const { path, sha256 } of payload.evidence) {
      const key = `${sha256} ${path}`;
      const known = found.get(key) ?? { path, sha256, by: new Set<string>() };
      found.set(key, { ...known, by: known.by.add(payload.person) });
    }
  }
  return [...found.values()]
    .sort((a, b) => compareText(a.path, b.path) || compareText(a.sha256, b.sha256))
    .map(({ path, sha256, by }) => ({ path, sha256, by: [...by].sort() }));
}

/** The exceptions that a landing brought and that its rules rest on. */
export function landedExceptions(
  result: CheckResult,
  exceptions: readonly JudgedException[],
  digestOf: DigestOf,
): readonly LandedException[] {
  const excepted = new Set(
    result.rules.filter(({ state }) => state === 'excepted').map(({ id }) => id),
  );
  return exceptions.flatMap(({ file, payload, state, landed }): readonly LandedException[] =>
    payload === null || landed || state !== 'valid' || !excepted.has(payload.rule)
      ? []
      : [
          {
            file,
            sha256: digestOf(file),
            rule: payload.rule,
            person: payload.person,
            reason: payload.reason,
            expires: payload.expires,
            follow_up_by: payload.follow_up_by,
            followed_by: [],
            follow_up: 'open',
          },
        ],
  );
}

/** The word for what became of a landing that was judged. */
export function landingState(
  { verdict, rules }: CheckResult,
  facts: { readonly trusted: boolean; readonly brought: number },
): LandingState {
  if (facts.trusted && verdict === 'pass') return 'trusted';
  if (verdict === 'pass') return rules.length === 0 ? 'ungoverned' : 'signed';
  if (verdict === 'pass-with-exception') return 'excepted';
  if (verdict === 'unprotected' || verdict === 'undecidable') return verdict;
  return facts.brought === 0 && rules.some(({ state }) => state === 'unmet')
    ? 'unsigned'
    : 'failed';
}
