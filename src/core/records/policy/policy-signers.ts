import type { Policy } from '../policy.ts';

type Requirement = Policy['rules'][number]['require'][number];

/** Places that have to be filled by different persons. */
export type Place = { readonly role: string; readonly independent: boolean; readonly accept: readonly ('key' | 'forge')[] };

/** Who could sign: by a key that `allowed_signers` knows, or by an approval on a forge that an attestor vouches for. */
export type Signers = {
  readonly policy: Policy;
  /** Principals with a key; null where nobody looked: then every principal of the policy counts. */
  readonly principals: ReadonlySet<string> | null;
};

/** The places of requirements, in one phase. */
export function placesOf(requirements: readonly Requirement[], phase?: string): readonly Place[] {
  return requirements
    .filter((requirement) => phase === undefined || requirement.phase === undefined || requirement.phase === phase)
    .flatMap(({ role, count = 1, independent = false, accept = ['key'] }) =>
      Array.from({ length: Math.min(count, 1000) }, () => ({ role, independent, accept })),
    );
}

/** Persons of a role, each once, who have what it takes to fill a place. */
export function candidates({ role, accept }: Place, signers: Signers): readonly string[] {
  const { roles } = signers.policy;
  const members = Object.hasOwn(roles, role) ? (roles[role] ?? []) : [];
  return [...new Set(members)].filter((person) =>
    accept.some((way) => (way === 'key' ? hasKey(person, signers) : hasLogin(person, signers))),
  );
}

function personOf(person: string, { policy }: Signers): Policy['people'][string] | undefined {
  return Object.hasOwn(policy.people, person) ? policy.people[person] : undefined;
}

function hasKey(person: string, signers: Signers): boolean {
  return (personOf(person, signers)?.principals ?? []).some(
    (principal) => signers.principals === null || signers.principals.has(principal),
  );
}

function hasLogin(person: string, signers: Signers): boolean {
  const forges = new Set((signers.policy.attestors ?? []).map(({ forge }) => forge));
  return Object.keys(personOf(person, signers)?.forge ?? {}).some((forge) => forges.has(forge));
}

/**
 * Whether different persons could fill all the places of a change.
 *
 * @param author the person who made the change, and may fill no independent place; null where only agents made it, and
 *   approvals have to come from at least two persons
 */
export function couldFill(places: readonly Place[], author: string | null, signers: Signers): boolean {
  const choices = places.map((place) => candidates(place, signers).filter((person) => !place.independent || person !== author));
  if (!matchesAll(choices)) return false;
  return (
    author !== null ||
    places.length !== 1 ||
    new Set(Object.keys(signers.policy.people).filter((person) => hasKey(person, signers))).size > 1
  );
}

/** A maximum bipartite matching by augmenting paths: whether every place gets a person of its own. */
function matchesAll(choices: readonly (readonly string[])[]): boolean {
  const heldBy = new Map<string, number>();
  const seat = (place: number, tried: Set<string>): boolean =>
    (choices[place] ?? []).some((person) => {
      if (tried.has(person)) return false;
      tried.add(person);
      const holder = heldBy.get(person);
      if (holder !== undefined && !seat(holder, tried)) return false;
      heldBy.set(person, place);
      return true;
    });
  return choices.every((_, place) => seat(place, new Set()));
}

/** The persons whose own changes nobody could approve; all of them, and agents as well, where `always` is true. */
export function lockedOut(places: readonly Place[], signers: Signers): { readonly always: boolean; readonly authors: readonly string[] } {
  const people = Object.keys(signers.policy.people);
  const authors = people.filter((person) => !couldFill(places, person, signers));
  const byAgents = (signers.policy.agents ?? []).length > 0 && couldFill(places, null, signers);
  return { always: authors.length === people.length && !byAgents, authors };
}
