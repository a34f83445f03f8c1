import { type AuditResult, countStates } from '../core/gate/audit-result.ts';
import { withFollowUps } from '../core/gate/follow-ups.ts';
import { withConditions } from '../core/gate/landed-conditions.ts';
import { type AuditedLanding, isBad, type Landing } from '../core/gate/landing.ts';
import { provenTimes } from '../core/gate/stamp.ts';
import { type History, readHistory } from './history.ts';
import type { CandidatePolicy } from './candidate-policy.ts';
import { judgeChange } from './check.ts';
import type { ReplayTerms } from './judge-stretch.ts';
import { nextLanding } from './next-landing.ts';
import { owedBefore } from './owed-before.ts';
import { readBranch } from './read-branch.ts';
import type { Repository } from './repository.ts';
import { readStamps } from './stamps.ts';

/** What an audit is asked. */
export type AuditRequest = {
  /** Branch name or full ref; the default target where absent. */
  readonly target?: string | undefined;
  /** A commit of the target that is taken as judged already; from the beginning where absent. */
  readonly since?: string | undefined;
  /** Commits that must still lie on the target's first-parent history, such as the tip of an earlier audit. */
  readonly chained?: readonly string[] | undefined;
  /** `v1:…`: digests of policies that may land without signatures: the first one, and each that ended a lock-out. */
  readonly trustRoots?: readonly string[] | undefined;
  /** Absolute file of certificates (PEM) of the time-stamping authorities whose word is taken; nobody's where absent. */
  readonly stampAuthorities?: string | undefined;
  /** For what is still owed today; the machine's clock where absent. */
  readonly now?: Date | undefined;
  /** Tried in place of the policies of then, by which a landing was judged. */
  readonly candidate?: CandidatePolicy | undefined;
};

/** An audit with the files that each landing's signatures are about. */
export type Audit = { readonly result: AuditResult; readonly landings: readonly AuditedLanding[] };

/**
 * Replays the gate over a target's first-parent history. A landing begins at the last one's end and ends at the first
 * later commit where the gate over that stretch is met; where there is none, the next commit is a landing that is not.
 *
 * @throws CountersignError where it cannot be judged: missing history, or history that was rewritten
 */
export function audit(repository: Repository, request: AuditRequest): Promise<Audit> {
  return repository.session(async (git) => {
    const lasting = { ...repository, git };
    const now = request.now ?? repository.clock.now();
    // What is owed at an earlier time is asked of the same history: no commit is from the future for that.
    const claimed = await readHistory(git, {
      ...request,
      now: new Date(Math.max(now.getTime(), repository.clock.now().getTime())),
    });
    const tip = claimed.steps.at(-1)?.oid ?? claimed.start;
    const { good, ...stamps } = await readStamps(
      lasting,
      { tip, steps: claimed.steps },
      request.stampAuthorities ?? null,
    );
    const history = { ...claimed, steps: provenTimes(claimed.steps, good) };
    const landings = withConditions(
      withFollowUps(
        await walk(lasting, history, {
          trustRoots: request.trustRoots ?? [],
          candidate: request.candidate,
          judge: judgeChange,
        }),
        now,
      ),
      now,
    );
    const shown = landings.map(({ landing }) => landing);
    const owed =
      request.since === undefined
        ? { exceptions: [], conditions: [] }
        : await owedBefore(lasting, { target: history.target, tip, now }, landings);
    return {
      landings,
      result: {
        schema: 'countersign/audit@1',
        exit: shown.some(isBad) || owed.exceptions.length > 0 || owed.conditions.length > 0 ? 1 : 0,
        target: history.target,
        read: await readBranch(git, history.refs, history.target),
        since: request.since === undefined ? null : history.start,
        tip,
        landings: shown,
        owed,
        stamps,
        counts: countStates(shown),
      },
    };
  });
}

async function walk(
  repository: Repository,
  history: History,
  terms: ReplayTerms,
): Promise<readonly AuditedLanding[]> {
  const landings: AuditedLanding[] =
    history.before === null
      ? []
      : [
          {
            landing: beforePolicy(history.before, history),
            manifests: new Map(),
            late: [],
            closed: new Set(),
            owed: null,
          },
        ];
  let { wasProtected } = history;
  for (let at = 0; at < history.steps.length; ) {
    const { audited: found } = await nextLanding(repository, history, at, terms);
    at += found.landing.steps;
    const landing = wasProtected ? policyGone(found.landing) : found.landing;
    wasProtected ||= landing.policy !== null || landing.state === 'trusted';
    const before = landings.at(-1);
    if (before && isBare(before.landing) && isBare(landing))
      landings.splice(-1, 1, {
        ...before,
        landing: {
          ...landing,
          from: before.landing.from,
          steps: before.landing.steps + landing.steps,
          how: 'commits',
        },
      });
    else landings.push({ ...found, landing });
  }
  return landings;
}

/** What stood before the first policy, in one. */
function beforePolicy(
  { steps, time, subject }: NonNullable<History['before']>,
  { start, steps: [next] }: History,
): Landing {
  return {
    from: null,
    to: start,
    steps,
    how: steps > 1 ? 'commits' : 'commit',
    time: time.toISOString().replace('.000Z', 'Z'),
    stamp: next?.stamp ?? null,
    subject,
    verdict: 'unprotected',
    state: 'unprotected',
    policy: null,
    rules: [],
    exceptions: [],
    conditions: [],
    findings: [],
  };
}

/** Nothing protected, and nothing new to say of it: several of these are told in one. */
function isBare({ state, findings }: Landing): boolean {
  return (
    state === 'unprotected' &&
    findings.every(({ code }) => code === 'policy/none' || code === 'target/unlisted')
  );
}

/** Once there was a policy, its absence lets nothing land: somebody took it away. */
function policyGone(landing: Landing): Landing {
  if (
    landing.state !== 'unprotected' ||
    landing.findings.some(({ code }) => code === 'target/unlisted')
  )
    return landing;
  return {
    ...landing,
    state: 'unsigned',
    findings: [
      {
        code: 'policy/gone',
        severity: 'error',
        message:
          'there was a policy before, and none when this landed: whatever lands without one is signed by nobody',
        path: '.countersign/policy.yaml',
        line: 1,
        column: 1,
        fix: 'bring the policy back, and look at everything that landed since',
      },
    ],
  };
}
