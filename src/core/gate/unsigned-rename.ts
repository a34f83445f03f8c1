import { isBad, type Landing } from './landing.ts';

/** A branch that took the name of the policy branch by a change that is not good. */
export type UnsignedRename = {
  readonly from: string;
  readonly to: string;
  readonly landing: Landing;
};

/**
 * The first landing of a policy branch's history that lets its policy name another branch first and is not good: what was
 * signed before it was signed for a branch that this one may never have been. Null where there is none.
 *
 * @param landings oldest first; each knows the branch that the policy before it named first
 * @param now full ref of the branch that the policy at the tip names first
 */
export function unsignedRename(landings: readonly Landing[], now: string): UnsignedRename | null {
  let to = now;
  let found: UnsignedRename | null = null;
  // What is owed of it later makes no rename unsigned.
  for (const landing of landings.toReversed()) {
    const from = landing.policy?.branch;
    if (from === undefined) continue;
    if (from !== to && isBad({ ...landing, exceptions: [], conditions: [] }))
      found = { from, to, landing };
    to = from;
  }
  return found;
}
