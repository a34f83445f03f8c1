import { oneAdmin } from '../../gate/weaknesses.ts';
import type { Policy } from '../policy.ts';
import { nearestName } from '../schema/nearest-name.ts';
import type { YamlPath } from '../yaml/yaml-source.ts';
import type { PolicyProblem } from './policy-problem.ts';
import { candidates, lockedOut, type Place, placesOf, type Signers } from './policy-signers.ts';

/** Roles without people, requirements without a role, and rules that nobody could meet. */
export function requirementProblems(signers: Signers): readonly PolicyProblem[] {
  const { policy } = signers;
  return [
    ...roleMembers(policy),
    ...unknownRoles(policy),
    ...policy.rules.flatMap((rule, index) => ruleProblems(rule, index, signers)),
    ...exceptionProblems(signers),
    ...builtInProblems(signers),
  ];
}

function roleMembers({ roles, people }: Policy): readonly PolicyProblem[] {
  return Object.entries(roles).flatMap(([role, members]) => {
    const strangers = members.flatMap((person, index): PolicyProblem[] =>
      Object.hasOwn(people, person) ? [] : [stranger(role, person, index, Object.keys(people))],
    );
    const reserved: PolicyProblem[] =
      role === 'author'
        ? [
            {
              code: 'policy/reserved-name',
              severity: 'error',
              message: 'the role author belongs to whoever made a change',
              fix: 'give the role another name',
              path: ['roles', role],
              at: 'key',
            },
          ]
        : [];
    return [...reserved, ...strangers];
  });
}

function stranger(
  role: string,
  person: string,
  index: number,
  known: readonly string[],
): PolicyProblem {
  const near = nearestName(person, known);
  return {
    code: 'policy/unknown-person',
    severity: 'error',
    message: `the role ${role} names ${person}, who is not under people`,
    fix: near ? `did you mean ${near}?` : 'add the person under people',
    path: ['roles', role, index],
  };
}

function unknownRoles({ rules, roles, exceptions }: Policy): readonly PolicyProblem[] {
  const named: (readonly [string, YamlPath])[] = rules.flatMap(({ require }, rule) =>
    require.map(({ role }, index) => [role, ['rules', rule, 'require', index, 'role']] as const),
  );
  if (exceptions) named.push([exceptions.role, ['exceptions', 'role']]);
  return named.flatMap(([role, path]): PolicyProblem[] => {
    if (Object.hasOwn(roles, role)) return [];
    const near = nearestName(role, Object.keys(roles));
    return [
      {
        code: 'policy/unknown-role',
        severity: 'error',
        message: `no role is called ${role}, so nobody could fill it`,
        fix: near ? `did you mean ${near}?` : 'add it under roles',
        path,
      },
    ];
  });
}

type Rule = Policy['rules'][number];

function ruleProblems(rule: Rule, index: number, signers: Signers): readonly PolicyProblem[] {
  const path: YamlPath = ['rules', index, 'require'];
  if (rule.require.length === 0)
    return [
      {
        code: 'policy/asks-nobody',
        severity: 'warning',
        message: `the rule ${rule.id} asks nobody for approval`,
        fix: 'add a requirement, or take the rule away',
        path,
        at: 'key',
      },
    ];
  const short = rule.require.flatMap((requirement, place) =>
    tooFew(requirement, [...path, place], signers),
  );
  if (short.length > 0) return short;
  const phases = ['explore', 'exploit'].map((phase) => placesOf(rule.require, phase));
  const found = phases.map((places) => unfillable(`the rule ${rule.id}`, places, path, signers));
  // What somebody cannot do in one phase must not hide what nobody can do in the other.
  return (
    found.find((problems) => problems.some(({ severity }) => severity === 'error')) ??
    found.find((problems) => problems.length > 0) ??
    []
  );
}

/** A single requirement that asks for more persons than there are. */
function tooFew(
  requirement: Rule['require'][number],
  path: YamlPath,
  signers: Signers,
): readonly PolicyProblem[] {
  const { role, count = 1 } = requirement;
  const [place] = placesOf([requirement]);
  if (place === undefined || !Object.hasOwn(signers.policy.roles, role)) return [];
  const able = candidates(place, signers);
  if (able.length >= count) return [];
  return [
    {
      code: 'policy/unsatisfiable',
      severity: 'error',
      message: `asks for ${count} of ${role}, and ${whoCan(able)}`,
      fix: 'give the role more people with keys, or ask for fewer',
      path,
      at: 'key',
    },
  ];
}

function whoCan(able: readonly string[]): string {
  if (able.length === 0) return 'nobody of that role has a key that could sign';
  return `only ${able.join(', ')} could sign`;
}

function unfillable(
  what: string,
  places: readonly Place[],
  path: YamlPath,
  signers: Signers,
): readonly PolicyProblem[] {
  if (places.some(({ role }) => !Object.hasOwn(signers.policy.roles, role))) return [];
  const { always, authors } = lockedOut(places, signers);
  if (always)
    return [
      {
        code: 'policy/unsatisfiable',
        severity: 'error',
        message: `${what} can never be met: ${places.every((place) => candidates(place, signers).length === 0) ? 'nobody of its roles has a key that could sign' : 'one person fills one place, and no author of a change approves it'}`,
        fix: 'give its roles more people with keys, or ask for fewer',
        path,
        at: 'key',
      },
    ];
  if (authors.length === 0) return [];
  const message = `${what} can never be met for a change by ${authors.join(', ')}: too few others are left to sign`;
  return [
    {
      code: 'policy/author-locked-out',
      severity: 'warning',
      message,
      fix: 'give its roles one more person with a key',
      path,
      at: 'key',
    },
  ];
}

function exceptionProblems(signers: Signers): readonly PolicyProblem[] {
  const { exceptions } = signers.policy;
  if (!exceptions) return [];
  const places = placesOf([{ role: exceptions.role, count: exceptions.count, independent: true }]);
  return unfillable('an exception', places, ['exceptions'], signers);
}

const admin = 'policy-admin';

/** The rules that hold whatever the policy says: they need people too, or the policy could never be changed again. */
function builtInProblems(signers: Signers): readonly PolicyProblem[] {
  const { roles, policy_change, repository_settings } = signers.policy;
  if (!Object.hasOwn(roles, admin))
    return [
      {
        code: 'policy/no-policy-admin',
        severity: 'error',
        message:
          'the role policy-admin is missing: without it nobody could ever change this policy',
        fix: 'add policy-admin under roles',
        path: ['roles'],
        at: 'key',
      },
    ];
  const count = policy_change?.count ?? 2;
  const path: YamlPath = ['roles', admin];
  const change = placesOf(
    count > 1
      ? [
          { role: admin, count: count - 1 },
          { role: admin, independent: true },
        ]
      : [{ role: admin }],
  );
  const settings = placesOf([{ role: admin, independent: true }]);
  const weak: PolicyProblem[] =
    count > 1
      ? []
      : [
          {
            code: 'policy/weak-policy-change',
            severity: 'warning',
            message: oneAdmin,
            fix: 'take policy_change away once there are two policy-admins',
            path: ['policy_change'],
            at: 'key',
          },
        ];
  const rest =
    repository_settings === 'off'
      ? []
      : unfillable('the built-in rule repository-settings', settings, path, signers);
  return [...weak, ...changeProblems(change, path, signers), ...rest];
}

function changeProblems(
  places: readonly Place[],
  path: YamlPath,
  signers: Signers,
): readonly PolicyProblem[] {
  return unfillable('the built-in rule policy-change', places, path, signers).map((problem) =>
    problem.severity === 'error'
      ? {
          ...problem,
          fix: 'put keys of two policy-admins into .countersign/allowed_signers, or one and policy_change: {count: 1} for a team of one',
        }
      : problem,
  );
}
