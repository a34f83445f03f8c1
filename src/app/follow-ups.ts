import { isOverdue } from '../core/gate/exceptions.ts';
import type { AuditedLanding, LandedException } from '../core/gate/landing.ts';
import { judgeChange } from './check.ts';
import { CountersignError } from './errors.ts';
import type { History } from './history.ts';
import type { Repository } from './repository.ts';
import { ruleChange } from './ruled-change.ts';
import { treeOf } from './range-commits.ts';
import { tipOf } from './revisions.ts';

/** Says of each exception what became of the approvals that it promised, as a check of today says it. */
export async function followUps(repository: Repository, history: History, landings: readonly AuditedLanding[], now: Date): Promise<readonly AuditedLanding[]> {
  if (landings.every(({ landing }) => landing.exceptions.length === 0)) return landings;
  const open = await openExceptions(repository, history, now);
  const settle = (exception: LandedException): LandedException => {
    const state = open?.get(exception.file);
    const late = isOverdue(exception, now);
    return { ...exception, follow_up: open === null ? (late ? 'overdue' : 'open') : state === 'overdue' ? 'overdue' : state === undefined ? 'done' : 'open' };
  };
  return landings.map((audited) => ({ ...audited, landing: { ...audited.landing, exceptions: audited.landing.exceptions.map(settle) } }));
}

/** Landed exceptions by file with their state today; null where today's policy cannot be judged by. */
async function openExceptions({ git, ...repository }: Repository, history: History, now: Date): Promise<ReadonlyMap<string, string> | null> {
  const tip = history.steps.at(-1)?.oid ?? history.start;
  const tree = await treeOf(git, tip);
  const change = { refs: history.refs, target: history.target, tip, head: tip, headTree: tree, lands: tree, upToDate: true, conflicts: [], entries: [], commits: [] };
  try {
    const ruled = await ruleChange(git, change, { ref: history.branch, tip: history.target === history.branch ? tip : tipOf(history.refs, history.branch) });
    if (ruled.base === null) return null;
    const { result } = await judgeChange({ ...repository, git }, ruled, { now });
    return new Map(result.exceptions.map(({ file, state }) => [file, state]));
  } catch (error) {
    if (error instanceof CountersignError) return null;
    throw error;
  }
}
