import type { Requirement } from './gate-policy.ts';
import type { AuthenticSignoff } from './standing.ts';

export type RequirementState = 'met' | 'unmet' | 'excepted' | 'rejected';

/** One requirement and who fills it. */
export type FilledRequirement = {
  readonly requirement: Requirement;
  readonly by: readonly AuthenticSignoff[];
};

/**
 * Assigns people to requirements so that as many places as possible are filled and each person fills one at most
 * (a maximum bipartite matching by augmenting paths). Persons are counted, not keys or sign-offs.
 *
 * @param fits whether an approval may fill a requirement: role, independence, presence, kind of proof
 */
export function fillRequirements(
  requirements: readonly Requirement[],
  approvals: readonly AuthenticSignoff[],
  fits: (requirement: Requirement, approval: AuthenticSignoff) => boolean,
): readonly FilledRequirement[] {
  const places = requirements.flatMap((requirement, index) =>
    Array.from({ length: requirement.count ?? 1 }, () => ({ index, requirement })),
  );
  const persons = [...new Set(approvals.map(({ payload }) => payload.person))].sort();
  const approvalFor = (person: string, requirement: Requirement): AuthenticSignoff | undefined =>
    approvals.find((approval) => approval.payload.person === person && fits(requirement, approval));
  const heldBy = new Map<number, string>();
  const seat = (person: string, tried: Set<number>): boolean =>
    places.some(({ requirement }, place) => {
      if (tried.has(place) || !approvalFor(person, requirement)) return false;
      tried.add(place);
      const holder = heldBy.get(place);
      if (holder !== undefined && !seat(holder, tried)) return false;
      heldBy.set(place, person);
      return true;
    });
  for (const person of persons) seat(person, new Set());
  return requirements.map((requirement, index) => ({
    requirement,
    by: places.flatMap((place, at) => {
      const person = place.index === index ? heldBy.get(at) : undefined;
      const approval = person === undefined ? undefined : approvalFor(person, requirement);
      return approval ? [approval] : [];
    }),
  }));
}
