import type { Policy } from '../policy.ts';

type Requirement = Policy['rules'][number]['require'][number];

/** Places that have to be filled by different persons. */
export type Place = {
  readonly role: string;
  readonly independent: boolean;
  readonly accept: readonly ('key' | 'forge')[];
  /** Whether only a hardware key will do. */
  readonly hardware: boolean;
};

/** Who could sign: by a key that `allowed_signers` knows, or by an approval on a forge that an attestor vouches for. */
export type Signers = {
  readonly policy: Policy;
  /** Principals with a key; null where nobody looked: then every principal of the policy counts. */
  readonly principals: ReadonlySet<string> | null;
  /** Principals with a hardware key, which alone shows that somebody was there; null where nobody looked: then any key will do. */
  readonly hardware: ReadonlySet<string> | null;
};

/** The namespace of sign-offs. */
const signoffNamespace = 'model-signoff';

/** Whether a line of `allowed_signers` allows sign-offs: a key that is allowed for others only cannot make one. */
export function signsForTheGate({
  namespaces,
}: {
  readonly namespaces?: readonly string[] | null;
}): boolean {
  return !namespaces || namespaces.includes(signoffNamespace);
}

/** The places of requirements, in one phase. */
export function placesOf(requirements: readonly Requirement[], phase?: string): readonly Place[] {
  return requirements
    .filter(
      (requirement) =>
        phase === undefined || requirement.phase === undefined || requirement.phase === phase,
    )
    .flatMap(({ role, count = 1, independent = false, accept = ['key'], presence }) =>
      Array.from({ length: count }, () => ({
        role,
        independent,
        accept,
        hardware: presence !== undefined,
      })),
    );
}

const known = new WeakMap<Signers, Map<string, readonly string[]>>();

/** Persons of a role, each once, who have what it takes to fill a place. Looked up once for all places alike. */
export function candidates(place: Place, signers: Signers): readonly string[] {
  const found = known.get(signers) ?? new Map<string, readonly string[]>();
  known.set(signers, found);
  const key = `${place.role} ${place.accept.join(' ')} ${place.hardware}`;
  const persons = found.get(key) ?? able(place, signers);
  found.set(key, persons);
  return persons;
}

function able({ role, accept, hardware }: Place, signers: Signers): readonly string[] {
  const { roles } = signers.policy;
  const members = Object.hasOwn(roles, role) ? (roles[role] ?? []) : [];
  return [...new Set(members)].filter((person) =>
    accept.some((way) =>
      way === 'key' ? hasKey(person, signers, hardware) : !hardware && hasLogin(person, signers),
    ),
  );
}

function personOf(person: string, { policy }: Signers): Policy['people'][string] | undefined {
  return Object.hasOwn(policy.people, person) ? policy.people[person] : undefined;
}

function hasKey(person: string, signers: Signers, hardware = false): boolean {
  const { principals } = signers;
  const keys = hardware && signers.hardware !== null ? signers.hardware : principals;
  return (personOf(person, signers)?.principals ?? []).some(
    (principal) => keys === null || keys.has(principal),
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
export function couldFill(
  places: readonly Place[],
  author: string | null,
  signers: Signers,
): boolean {
  const choices = places.map((place) =>
    place.independent ? others(candidates(place, signers), author) : candidates(place, signers),
  );
  // Where each place has more candidates than there are places, nobody can be taken from another.
  const ample = choices.every((persons) => persons.length >= places.length);
  if (!ample && !matchesAll(choices)) return false;
  return (
    author !== null ||
    places.length !== 1 ||
    new Set(Object.keys(signers.policy.people).filter((person) => hasKey(person, signers))).size > 1
  );
}

function others(persons: readonly string[], author: string | null): readonly string[] {
  return author !== null && persons.includes(author)
    ? persons.filter((person) => person !== author)
    : persons;
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

/** Members of roles whose own changes are tried out; more would take a hostile policy's time, and are not short of people. */
const triedOut = 20;

/**
 * Whether the changes of everybody, or of some people, could never be approved. Those who fill no independent place are
 * alike: it is enough to try one of them.
 */
export function lockedOut(
  places: readonly Place[],
  signers: Signers,
): { readonly always: boolean; readonly authors: readonly string[] } {
  // One candidate more than there are places: whoever the author is, enough others are left.
  if (places.every((place) => candidates(place, signers).length > places.length))
    return { always: false, authors: [] };
  const people = Object.keys(signers.policy.people);
  // Places alike share one list of candidates.
  const lists = new Set(
    places.filter(({ independent }) => independent).map((place) => candidates(place, signers)),
  );
  const insiders = new Set([...lists].flat());
  const outsider = people.find((person) => !insiders.has(person));
  const locked = [...insiders]
    .slice(0, triedOut)
    .filter((person) => !couldFill(places, person, signers));
  const open =
    locked.length < insiders.size ||
    (outsider !== undefined && couldFill(places, outsider, signers));
  const byAgents = (signers.policy.agents ?? []).length > 0 && couldFill(places, null, signers);
  return { always: !open && !byAgents, authors: locked };
}
