import { foldEmail, matchesEmailPattern } from '../email.ts';
import type { Policy } from '../policy.ts';
import type { YamlPath } from '../yaml/yaml-source.ts';
import type { PolicyProblem } from './policy-problem.ts';
import type { FindingCode } from '../../finding/finding-code.ts';

/** A name by which somebody is recognised, whose it is, and where the policy says so. */
type Claim = { readonly name: string; readonly person: string; readonly path: YamlPath };

/** E-mails, principals and logins that would make one person count as two, or a machine as a person. */
export function identityProblems(policy: Policy): readonly PolicyProblem[] {
  const emails = claims(policy, 'emails');
  const principals = claims(policy, 'principals');
  const logins = Object.entries(policy.people).flatMap(([person, { forge }]) =>
    Object.entries(forge ?? {}).map(
      ([name, login]): Claim => ({
        name: `${login} on ${name}`,
        person,
        path: ['people', person, 'forge', name],
      }),
    ),
  );
  return [
    ...shared(emails, 'policy/email-twice', 'e-mail'),
    ...shared(principals, 'policy/principal-twice', 'principal'),
    ...shared(logins, 'policy/login-twice', 'login'),
    ...machines(policy, 'e-mail', emails),
    ...machines(
      policy,
      'principal',
      principals.filter(
        ({ name, person }) =>
          !emails.some((email) => email.person === person && email.name === name),
      ),
    ),
    ...attestingPersons(policy, principals),
  ];
}

function claims(policy: Policy, key: 'emails' | 'principals'): readonly Claim[] {
  return Object.entries(policy.people).flatMap(([person, entry]) =>
    (entry[key] ?? []).map(
      (name, index): Claim => ({ name, person, path: ['people', person, key, index] }),
    ),
  );
}

function shared(all: readonly Claim[], code: FindingCode, what: string): readonly PolicyProblem[] {
  const owners = new Map<string, string>();
  return all.flatMap(({ name, person, path }) => {
    const owner = owners.get(foldEmail(name));
    if (owner === undefined) owners.set(foldEmail(name), person);
    if (owner === undefined || owner === person) return [];
    return [
      {
        code,
        severity: 'error',
        message: `the ${what} ${name} belongs to ${owner} and to ${person}`,
        fix: 'leave it with one of them: one person must not count as two',
        path,
      } as const,
    ];
  });
}

/** A person whose e-mail, or whose key's name, is a machine's: it may author, and can never approve. */
function machines(policy: Policy, what: string, names: readonly Claim[]): readonly PolicyProblem[] {
  return (['agents', 'platforms'] as const).flatMap((list) =>
    names.flatMap(({ name, person, path }): PolicyProblem[] => {
      const pattern = (policy[list] ?? []).find((candidate) =>
        matchesEmailPattern(candidate, name),
      );
      if (pattern === undefined) return [];
      const message = `the ${what} ${name} of ${person} also matches ${pattern} under ${list}`;
      return [
        {
          code: 'policy/email-of-machine',
          severity: 'error',
          message,
          fix: `make the pattern narrower, or take the ${what} away: a machine must not count as a person`,
          path,
        },
      ];
    }),
  );
}

/** A CI job that holds a person's key could approve as that person. */
function attestingPersons(policy: Policy, principals: readonly Claim[]): readonly PolicyProblem[] {
  return (policy.attestors ?? []).flatMap(({ principal }, index) => {
    const owner = principals.find(({ name }) => foldEmail(name) === foldEmail(principal));
    if (owner === undefined) return [];
    return [
      {
        code: 'policy/attestor-is-person',
        severity: 'error',
        message: `the attestor ${principal} is also a principal of ${owner.person}`,
        fix: 'give the CI job a principal of its own',
        path: ['attestors', index, 'principal'],
      } as const,
    ];
  });
}
