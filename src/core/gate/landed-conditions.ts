import { isPast } from '../reviews/review-threads.ts';
import type { CheckedCondition } from './check-result.ts';
import type { AuditedLanding } from './landing.ts';
import type { AuthenticSignoff } from './standing.ts';

/** A condition of an approval that a landing brought, and what became of it. */
export type LandedCondition = CheckedCondition & {
  /** The sign-off that states it. */
  readonly file: string;
  /** Object id of the landing that brought the payload by which it is met; null where none did. */
  readonly met_in: string | null;
};

/** The conditions that an approval states; nobody looked yet whether they are met. */
export function conditionsIn({ id, payload }: AuthenticSignoff): readonly CheckedCondition[] {
  return (payload.conditions ?? []).map((condition, index) => ({
    ...condition,
    rule: payload.rule,
    by: payload.person,
    role: payload.role,
    payload: id,
    condition: index,
    state: 'open',
  }));
}

/** What became of a condition that is due on a day. */
export function conditionState(met: boolean, due: string, now: Date): CheckedCondition['state'] {
  if (met) return 'met';
  return isPast(due, now) ? 'overdue' : 'open';
}

/** The same of approvals that a landing brought. */
export function statedConditions(
  approvals: readonly AuthenticSignoff[],
): readonly LandedCondition[] {
  return approvals.flatMap((approval) =>
    conditionsIn(approval).map((condition) => ({
      ...condition,
      file: approval.file,
      met_in: null,
    })),
  );
}

/** By what a closed condition is known. */
export function conditionKey({
  payload,
  condition,
}: Pick<CheckedCondition, 'payload' | 'condition'>): string {
  return `${payload} ${condition}`;
}

/**
 * Says of each condition what became of it. It is met where the gate, at its own landing or at a later one, said so: judged
 * by the policy and the keys of then.
 *
 * @param landings oldest first
 */
export function withConditions(
  landings: readonly AuditedLanding[],
  now: Date,
): readonly AuditedLanding[] {
  return landings.map((audited, index) => ({
    ...audited,
    landing: {
      ...audited.landing,
      conditions: audited.landing.conditions.map((condition) =>
        settled(condition, landings.slice(index), now),
      ),
    },
  }));
}

function settled(
  condition: LandedCondition,
  since: readonly AuditedLanding[],
  now: Date,
): LandedCondition {
  const met = since.find(({ closed }) => closed.has(conditionKey(condition)));
  return {
    ...condition,
    met_in: met?.landing.to ?? null,
    state: conditionState(met !== undefined, condition.due, now),
  };
}
