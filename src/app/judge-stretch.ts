import type { Finding } from '../core/finding/finding.ts';
import { manifestOf } from '../core/gate/change-digest.ts';
import { conditionKey } from '../core/gate/landed-conditions.ts';
import {
  type AuditedLanding,
  landedConditions,
  landedExceptions,
  landedRule,
  type Landing,
  landingState,
  lateSignatures,
} from '../core/gate/landing.ts';
import { printPath } from '../core/gate/raw-path.ts';
import { policyChangeScope } from '../core/gate/scope.ts';
import { isRecordPath, parseExceptionPath, parseSignoffPath } from '../core/gate/signoff-path.ts';
import { undecidableResult } from '../core/gate/results-without-change.ts';
import type { CheckResult } from '../core/gate/check-result.ts';
import type { Change } from './change.ts';
import type { judgeChange, JudgedChange, JudgeRequest } from './check.ts';
import { CountersignError } from './errors.ts';
import type { History } from './history.ts';
import { loadPolicy } from './load-policy.ts';
import { candidateAt, type CandidatePolicy } from './candidate-policy.ts';
import type { Git } from './ports.ts';
import { emptyTree } from './range-commits.ts';
import type { Repository } from './repository.ts';
import { rootDigestOf } from './root-digest.ts';
import { ruleChange, type RuledChange, rulesBy } from './ruled-change.ts';
import type { Stretch } from './stretch.ts';

/** By what history is replayed. */
export type ReplayTerms = {
  readonly trustRoots: readonly string[];
  readonly candidate?: CandidatePolicy | undefined;
  /** The gate itself, which asks for history in turn. */
  readonly judge: typeof judgeChange;
  /** How what has not landed yet is judged: of today, and not of the time that its commits claim. */
  readonly pending?: Omit<JudgeRequest, 'trustRoot' | 'tried'> | undefined;
};

/** A stretch as the gate judges it. `cameAndWent` says why signatures that would do do not: something stood there that nobody signed. */
export type JudgedStretch = {
  readonly met: boolean;
  readonly audited: AuditedLanding;
  /** The gate's own word; null where it was not asked. */
  readonly result: CheckResult | null;
  readonly cameAndWent: readonly Finding[];
};

/**
 * Judges a stretch with the policy, the keys and the time of then.
 *
 * @param terms digests of policies that may land without signatures, and a policy that is tried in place of those of then
 */
export async function judgeStretch(
  repository: Repository,
  history: History,
  stretch: Stretch,
  { trustRoots, candidate, judge, pending }: ReplayTerms,
): Promise<JudgedStretch> {
  const { git } = repository;
  const {
    from,
    last: { time },
    change,
  } = stretch;
  try {
    const { branch, target } = await namesOfThen(git, history, from, time);
    const named = await namedRoot(git, change, trustRoots);
    const tried = candidate ? await candidateAt(git, candidate, branch.tip) : null;
    const ruled = tried
      ? await rulesBy(git, { ...change, target }, branch, tried)
      : await ruleChange(git, { ...change, target }, branch, named);
    const trustRoot = named ?? (await otherRoot(git, ruled, trustRoots));
    if (stretch.steps > 1 && trustRoot === undefined && !mayBeMet(ruled)) return unmet(stretch);
    const judged = await judge(repository, ruled, {
      ...(pending ?? { now: time }),
      trustRoot,
      ...(tried ? { tried: true } : {}),
    });
    const passed = judged.result.exit === 0;
    const cameAndWent = stretch.steps > 1 && passed ? passingFindings(stretch, ruled) : [];
    return {
      met: passed && cameAndWent.length === 0,
      audited: auditedOf(stretch, ruled, judged, {
        trusted: judged.trusted,
        digestOf: await signedDigests(git, change),
      }),
      result: judged.result,
      cameAndWent,
    };
  } catch (error) {
    if (error instanceof CountersignError && unjudgeable.has(error.code))
      return unjudged(stretch, error);
    throw error;
  }
}

/** What says nothing of the clone or the machine, but of the policy that stood there. */
const unjudgeable: ReadonlySet<string> = new Set([
  'policy/unreadable',
  'policy/branch',
  'target/unlisted',
]);

/** The policy branch as the policy of then names it: a branch may have been renamed since. */
async function namesOfThen(
  git: Git,
  history: History,
  from: string,
  time: Date,
): Promise<{ readonly branch: RuledChange['branch']; readonly target: string }> {
  const tip = history.policyTip(from, time);
  const [first] =
    history.target === history.branch ? ((await loadPolicy(git, tip))?.policy?.targets ?? []) : [];
  const ref = first === undefined ? history.branch : `refs/heads/${first}`;
  return { branch: { ref, tip }, target: history.target === history.branch ? ref : history.target };
}

/** The digest of the policy that a change brings, where it is one of those that are trusted. */
async function namedRoot(
  git: Git,
  { entries, lands }: Change,
  trustRoots: readonly string[],
): Promise<string | undefined> {
  if (trustRoots.length === 0 || !entries.some(({ path }) => policyChangeScope().governs(path)))
    return undefined;
  const root = await rootDigestOf(git, lands);
  return trustRoots.includes(root) ? root : undefined;
}

/** Where some are trusted, the first policy must be one of them: held against another, it is refused. */
async function otherRoot(
  git: Git,
  { base, change }: RuledChange,
  [other]: readonly string[],
): Promise<string | undefined> {
  return base === null && other !== undefined && (await loadPolicy(git, change.lands)) !== null
    ? other
    : undefined;
}

/** Whether a stretch brings what could meet its rules at all: a look at names, which spares the judging of most. */
function mayBeMet({ base, change, rules }: RuledChange): boolean {
  if (base === null) return true;
  const brought = change.entries
    .filter(({ oldMode }) => oldMode === '000000')
    .map(({ path }) => path.text ?? '');
  if (brought.some((path) => parseExceptionPath(path) !== null)) return true;
  const signed = brought.flatMap((path) => parseSignoffPath(path) ?? []);
  return rules.every(
    ({ rule, raw, change: { digest } }) =>
      raw.length === 0 ||
      rule.require.length === 0 ||
      signed.some((name) => name.rule === rule.id && name.digest === digest.slice(3, 15)),
  );
}

function passingFindings({ passing }: Stretch, { rules }: RuledChange): readonly Finding[] {
  const governed = [
    ...new Map(
      passing
        .filter((path) => rules.some(({ scope }) => scope.governs(path)))
        .map((path) => [path.raw, path]),
    ).values(),
  ];
  return governed.map((path) => ({
    code: 'audit/came-and-went',
    severity: 'error',
    message:
      'later commits bring the signatures for this stretch, but one of its commits touches this governed file and another takes it back: nobody signed what stood here in between',
    path: printPath(path),
    line: 1,
    column: 1,
    fix: 'land branches by a merge commit, or squash them first',
  }));
}

function auditedOf(
  stretch: Stretch,
  { rules }: RuledChange,
  { result, signoffs, exceptions }: JudgedChange,
  { trusted, digestOf }: { readonly trusted: boolean; readonly digestOf: (file: string) => string },
): AuditedLanding {
  const brought = signoffs.filter(({ landed }) => !landed);
  const landing: Landing = {
    ...outline(stretch),
    verdict: result.verdict,
    state:
      result.verdict === 'unprotected' && result.exit !== 0
        ? 'failed'
        : landingState(result, { trusted, brought: brought.length }),
    policy: result.policy,
    rules: result.rules.map((rule) => landedRule(rule, brought, digestOf)),
    exceptions: landedExceptions(result, exceptions, digestOf),
    conditions: landedConditions(result.rules, brought),
    findings: result.findings.filter(
      ({ severity }) => severity === 'error' || (result.exit === 0 && severity === 'warning'),
    ),
  };
  return {
    landing,
    manifests: new Map(
      rules
        .filter(({ raw }) => raw.length > 0)
        .map(({ rule, change: { entries } }) => [rule.id, manifestOf(entries)]),
    ),
    late: lateSignatures(result.rules, brought, digestOf),
    closed: new Set(
      result.conditions.filter((condition) => condition.state === 'met').map(conditionKey),
    ),
    owed: result.policy && new Set(result.exceptions.map(({ file }) => file)),
  };
}

/** Digests of the signed files that a change brings. */
async function signedDigests(git: Git, { entries }: Change): Promise<(file: string) => string> {
  const signed = entries.filter(
    ({ path, newMode }) => newMode !== '000000' && path.text !== null && isRecordPath(path.text),
  );
  const digests = await git.sha256(signed.map(({ newOid }) => newOid));
  const byPath = new Map(signed.map(({ path, newOid }) => [path.text, digests.get(newOid) ?? '']));
  return (file) => byPath.get(file) ?? '';
}

function howItLanded(steps: number, merge: boolean): Landing['how'] {
  if (steps > 1) return 'commits';
  return merge ? 'merge' : 'commit';
}

function outline({
  from,
  last: { oid, time, stamp, subject, merge },
  steps,
}: Stretch): Pick<Landing, 'from' | 'to' | 'steps' | 'how' | 'time' | 'stamp' | 'subject'> {
  return {
    from: from === emptyTree(from) ? null : from,
    to: oid,
    steps,
    how: howItLanded(steps, merge),
    time: time.toISOString().replace('.000Z', 'Z'),
    stamp,
    subject,
  };
}

function unmet(stretch: Stretch): JudgedStretch {
  return {
    met: false,
    audited: unaudited(stretch, { verdict: 'fail', state: 'unsigned', findings: [] }),
    result: null,
    cameAndWent: [],
  };
}

/** A policy that could not be judged by keeps everything out; a target that the policy did not name was simply not protected. */
function unjudged(stretch: Stretch, error: CountersignError): JudgedStretch {
  const { findings, verdict } = undecidableResult({
    code: error.code,
    severity: 'error',
    message: error.message,
    ...(error.fix ? { fix: error.fix } : {}),
  });
  if (error.code !== 'target/unlisted')
    return {
      met: false,
      audited: unaudited(stretch, { verdict, state: 'undecidable', findings }),
      result: null,
      cameAndWent: [],
    };
  return {
    met: true,
    audited: unaudited(stretch, {
      verdict: 'unprotected',
      state: 'unprotected',
      findings: findings.map((finding) => ({ ...finding, severity: 'warning' })),
    }),
    result: null,
    cameAndWent: [],
  };
}

function unaudited(
  stretch: Stretch,
  told: Pick<Landing, 'verdict' | 'state' | 'findings'>,
): AuditedLanding {
  return {
    landing: {
      ...outline(stretch),
      ...told,
      policy: null,
      rules: [],
      exceptions: [],
      conditions: [],
    },
    manifests: new Map(),
    late: [],
    closed: new Set(),
    owed: null,
  };
}
