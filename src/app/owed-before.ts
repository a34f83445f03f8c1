import type { AuditedLanding } from '../core/gate/landing.ts';
import type { OwedBefore } from '../core/gate/audit-result.ts';
import { conditionKey } from '../core/gate/landed-conditions.ts';
import { judgeChange } from './check.ts';
import type { Repository } from './repository.ts';
import { readRuledChange } from './ruled-change.ts';

/**
 * What was promised by landings from before an audit began, and is overdue now: an earlier audit found them good while
 * there was time.
 *
 * @throws CountersignError where today's policy cannot be judged by
 */
export async function owedBefore(
  repository: Repository,
  { target, tip, now }: { readonly target: string; readonly tip: string; readonly now: Date },
  landings: readonly AuditedLanding[],
): Promise<OwedBefore> {
  const nothing = await readRuledChange(
    repository,
    { kind: 'range', from: tip, to: tip },
    { target },
  );
  const { result } = await judgeChange(repository, nothing, { stage: 'records', now });
  const shown = landings.map(({ landing }) => landing);
  const told = new Set([
    ...shown.flatMap(({ exceptions }) => exceptions.map(({ file }) => file)),
    ...shown.flatMap(({ conditions }) => conditions.map(conditionKey)),
  ]);
  return {
    exceptions: result.exceptions.filter(
      ({ state, file }) => state === 'overdue' && !told.has(file),
    ),
    conditions: result.conditions.filter(
      (condition) => condition.state === 'overdue' && !told.has(conditionKey(condition)),
    ),
  };
}
