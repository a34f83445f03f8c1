import { isPast } from '../reviews/review-threads.ts';
import type { AuditedLanding, LandedException } from './landing.ts';

/**
 * Says of each exception what became of the approvals that it promised. They came where the gate, at a later landing, no
 * longer listed the exception as owed: judged by the policy and the keys of then, so that a key that was changed or a
 * person who left since takes nothing back.
 *
 * @param landings oldest first
 */
export function withFollowUps(
  landings: readonly AuditedLanding[],
  now: Date,
): readonly AuditedLanding[] {
  return landings.map((audited, index) => {
    const { landing } = audited;
    const exceptions = landing.exceptions.map((exception) =>
      settled(
        exception,
        landing.rules.find(({ id }) => id === exception.rule)?.digest,
        landings.slice(index + 1),
        now,
      ),
    );
    return { ...audited, landing: { ...landing, exceptions } };
  });
}

function settled(
  exception: LandedException,
  digest: string | undefined,
  later: readonly AuditedLanding[],
  now: Date,
): LandedException {
  const end = later.findIndex(({ owed }) => owed !== null && !owed.has(exception.file));
  const until = end < 0 ? later : later.slice(0, end + 1);
  const followed_by = until.flatMap(({ late }) =>
    late
      .filter((signature) => signature.rule === exception.rule && signature.digest === digest)
      .map(({ signature }) => signature),
  );
  // Nothing is paid by nobody.
  const done = end >= 0 && followed_by.length > 0;
  const unpaid = isPast(exception.follow_up_by, now) ? 'overdue' : 'open';
  return {
    ...exception,
    followed_by,
    follow_up: done ? 'done' : unpaid,
  };
}
