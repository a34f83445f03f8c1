import type { CheckResult } from '../core/gate/check-result.ts';
import { landingsInTurn } from '../core/gate/landings-in-turn.ts';
import type { JudgedChange, judgeChange, JudgeRequest } from './check.ts';
import { pendingHistory } from './history.ts';
import { nextLanding } from './next-landing.ts';
import type { Repository } from './repository.ts';
import type { RuledChange } from './ruled-change.ts';

/** A range that was judged as one change, and how. */
export type JudgedRange = {
  readonly ruled: RuledChange;
  readonly whole: JudgedChange;
  readonly request: JudgeRequest;
  readonly judge: typeof judgeChange;
};

/**
 * The same range as the landings that an audit will find in it, which pass each by itself: branches that were signed one by
 * one, merged in turn, and go to the target by one push. Null where they do not, or where the range is one change.
 */
export async function judgeInTurn(
  repository: Repository,
  { ruled, whole, request, judge }: JudgedRange,
): Promise<CheckResult | null> {
  const { change, branch } = ruled;
  if (!mayBeSeveral(ruled, whole)) return null;
  const now = request.now ?? repository.clock.now();
  const history = await pendingHistory(repository.git, change, branch, now);
  if (history === null || history.steps.length < 2) return null;
  const { trustRoot, tried: _, ...asked } = request;
  const terms = {
    trustRoots: trustRoot === undefined ? [] : [trustRoot],
    judge,
    pending: { ...asked, now, stage: whole.result.stage },
  };
  const results: CheckResult[] = [];
  for (let at = 0; at < history.steps.length; ) {
    const { met, result, audited } = await nextLanding(repository, history, at, terms);
    if (!met || result === null) return null;
    results.push(result);
    at += audited.landing.steps;
  }
  return landingsInTurn(whole.result, results);
}

/** A look at what was signed, which spares most ranges that fail the rest: something has to be signed for less than the whole. */
function mayBeSeveral({ base, change, rules }: RuledChange, whole: JudgedChange): boolean {
  const digests = new Set(rules.map(({ change: { digest } }) => digest));
  return (
    base !== null &&
    whole.result.exit === 1 &&
    (whole.result.stage === 'all' || whole.result.stage === 'author') &&
    change.head !== 'index' &&
    change.upToDate &&
    [...whole.signoffs, ...whole.exceptions].some(
      ({ landed, payload }) => !landed && payload !== null && !digests.has(payload.digest),
    )
  );
}
