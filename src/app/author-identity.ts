import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { identities } from '../core/gate/people.ts';
import { CountersignError } from './errors.ts';
import type { Repository } from './repository.ts';

/** Who is at work, as git would write it into a commit. Anyone can say any name: nothing is approved by it. */
export type AuthorIdentity = {
  readonly name: string;
  readonly email: string;
  /** RFC 3339 in the author's own time zone, to the second; GIT_AUTHOR_DATE where it is set. */
  readonly at: string;
};

/** @throws CountersignError `identity/missing` where git knows no name and e-mail */
export async function authorIdentity({
  git,
  person,
}: Pick<Repository, 'git' | 'person'>): Promise<AuthorIdentity> {
  const out = await git.run(['var', 'GIT_AUTHOR_IDENT'], { env: person });
  const [, name = '', email = '', seconds = '', zone = ''] =
    /^(.*) <([^<>]+)> (\d+) ([+-]\d{4})$/.exec(new TextDecoder().decode(out.stdout).trim()) ?? [];
  if (out.code !== 0 || email === '') throw unknownIdentity();
  return { name, email, at: zonedTime(Number(seconds), zone) };
}

/** The address that git would write into a commit as its committer's, which makes somebody an author too; null where git knows none. */
export async function committerEmail({
  git,
  person,
}: Pick<Repository, 'git' | 'person'>): Promise<string | null> {
  const out = await git.run(['var', 'GIT_COMMITTER_IDENT'], { env: person });
  return out.code === 0
    ? (/<([^<>]+)> \d+ [+-]\d{4}$/.exec(new TextDecoder().decode(out.stdout).trim())?.[1] ?? null)
    : null;
}

/**
 * The variables that make a commit this person's, for a commit that must depend on nothing else of the surroundings. Where
 * the user's settings lie is such a thing: they are asked who this is, and the commit is not made by them.
 *
 * @throws CountersignError `identity/missing` where git knows no name and e-mail
 */
export async function committingAs({
  git,
  person,
}: Pick<Repository, 'git' | 'person'>): Promise<Readonly<Record<string, string>>> {
  if (!Object.keys(person).some((name) => name.startsWith('GIT_CONFIG_'))) return person;
  const [author, committer] = await Promise.all(
    (['AUTHOR', 'COMMITTER'] as const).map(async (role) => {
      const out = await git.run(['var', `GIT_${role}_IDENT`], { env: person });
      const [, name, email] =
        /^(.*) <([^<>]*)> \d+ [+-]\d{4}$/.exec(new TextDecoder().decode(out.stdout).trim()) ?? [];
      if (out.code !== 0 || name === undefined || email === undefined)
        throw unknownIdentity(out.stderr);
      return { [`GIT_${role}_NAME`]: name, [`GIT_${role}_EMAIL`]: email };
    }),
  );
  return { ...author, ...committer };
}

/** @param complaint what git said of it */
export function unknownIdentity(complaint = ''): CountersignError {
  const [said = ''] = complaint.trim().split('\n');
  return new CountersignError(
    'identity/missing',
    `git does not know who you are${said === '' ? '' : `: ${said}`}`,
    'git config user.name "…" and git config user.email "…"',
  );
}

/** The policy's id of a person at work; null where the policy knows their e-mail as nobody's, or as a machine's. */
export function personOf(
  policy: Pick<GatePolicy, 'people' | 'agents' | 'platforms'> | null,
  { email }: Pick<AuthorIdentity, 'email'>,
): string | null {
  const who = policy ? identities(policy)(email) : null;
  return who?.kind === 'person' ? who.person : null;
}

/** How records name a person: by the policy's id, else as git does. */
export function recordedName(
  policy: Parameters<typeof personOf>[0],
  identity: Pick<AuthorIdentity, 'name' | 'email'>,
): string {
  return personOf(policy, identity) ?? identity.name;
}

/** As git names authors: `Ada <ada@example.org>`. */
export function authorText({ name, email }: AuthorIdentity): string {
  return `${name} <${email}>`;
}

function zonedTime(seconds: number, zone: string): string {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  const shifted = new Date((seconds + (zone.startsWith('-') ? -minutes : minutes) * 60) * 1000)
    .toISOString()
    .slice(0, 19);
  return `${shifted}${minutes === 0 ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`}`;
}

/**
 * The same repository for questions to which it does not matter who asks, so that they can be asked where git knows nobody:
 * an auditor's fresh clone, a runner of a forge.
 */
export function asNobody(repository: Repository): Repository {
  const name = 'nobody';
  return {
    ...repository,
    person: {
      ...repository.person,
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: name,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: name,
    },
  };
}
