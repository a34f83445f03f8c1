export type Person = {
  readonly emails: readonly string[];
  readonly principals?: readonly string[];
  readonly forge?: Readonly<Record<string, string>>;
};
type Requirement = {
  readonly role: string;
  readonly count?: number;
  readonly independent?: boolean;
  readonly phase?: string;
  readonly presence?: string;
  readonly accept?: readonly string[];
};
export type PlainPolicy = {
  readonly targets: readonly string[];
  readonly people: Readonly<Record<string, Person>>;
  readonly agents?: readonly string[];
  readonly platforms?: readonly string[];
  readonly attestors?: readonly { readonly forge: string; readonly principal: string }[];
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly {
    readonly id: string;
    readonly paths: readonly string[];
    readonly except?: readonly string[];
    readonly checklist?: string;
    readonly require: readonly Requirement[];
  }[];
  readonly stages?: Readonly<Record<string, string>>;
  readonly exceptions?: { readonly role: string; readonly count?: number };
  readonly policy_change?: { readonly count?: number };
  readonly repository_settings?: string;
};

/** What lies beside a policy: principals with a key, and checklists. */
export type Beside = {
  readonly keys: ReadonlySet<string>;
  readonly checklists: ReadonlySet<string>;
};

type Place = { readonly able: readonly string[]; readonly independent: boolean };

export function canBeMet(policy: PlainPolicy, beside: Beside): boolean {
  const { rules, exceptions, policy_change: { count = 2 } = {}, repository_settings } = policy;
  const at = (require: readonly Requirement[]): readonly Place[] =>
    require.flatMap((one) =>
      Array.from({ length: one.count ?? 1 }, () => ({
        able: ableTo(one, policy, beside),
        independent: one.independent === true,
      })),
    );
  const admin = { role: 'policy-admin' };
  return (
    rules.every(
      ({ require }) =>
        require.every((one) => ableTo(one, policy, beside).length >= (one.count ?? 1)) &&
        ['explore', 'exploit'].every((phase) =>
          forSomebody(at(require.filter((one) => (one.phase ?? phase) === phase)), policy, beside),
        ),
    ) &&
    (exceptions === undefined ||
      forSomebody(at([{ ...exceptions, independent: true }]), policy, beside)) &&
    forSomebody(
      at(
        count > 1
          ? [
              { ...admin, count: count - 1 },
              { ...admin, independent: true },
            ]
          : [admin],
      ),
      policy,
      beside,
    ) &&
    (repository_settings === 'off' ||
      forSomebody(at([{ ...admin, independent: true }]), policy, beside))
  );
}

function ableTo(
  { role, accept = ['key'], presence }: Requirement,
  { people, roles, attestors = [] }: PlainPolicy,
  { keys }: Beside,
): readonly string[] {
  const byKey = (person: string): boolean =>
    (people[person]?.principals ?? []).some((principal) => keys.has(principal));
  const byForge = (person: string): boolean =>
    presence === undefined &&
    attestors.some(({ forge }) => Object.hasOwn(people[person]?.forge ?? {}, forge));
  return [...new Set(roles[role])].filter(
    (person) =>
      (accept.includes('key') && byKey(person)) || (accept.includes('forge') && byForge(person)),
  );
}

/** Whether there is an author, a person or an agent, whose change could be approved. */
function forSomebody(
  places: readonly Place[],
  { people, agents = [] }: PlainPolicy,
  { keys }: Beside,
): boolean {
  const persons = Object.keys(people);
  const withKeys = persons.filter((person) =>
    (people[person]?.principals ?? []).some((principal) => keys.has(principal)),
  );
  return (
    persons.some((author) => seated(places, author, [])) ||
    (agents.length > 0 && (places.length !== 1 || withKeys.length > 1) && seated(places, null, []))
  );
}

/** Every way to seat people is tried. */
function seated(
  [place, ...others]: readonly Place[],
  author: string | null,
  taken: readonly string[],
): boolean {
  return (
    place === undefined ||
    place.able.some(
      (person) =>
        !taken.includes(person) &&
        !(place.independent && person === author) &&
        seated(others, author, [...taken, person]),
    )
  );
}
