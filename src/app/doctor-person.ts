import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { hasPrincipal, type Identity, identities } from '../core/gate/people.ts';
import { signerOf } from '../core/signatures/allowed-signers.ts';
import { parsePublicKeyText } from '../core/signatures/ssh-public-key.ts';
import { type KeyStanding, keyStanding } from '../core/signatures/verify-signature.ts';
import { authorIdentity, committerEmail } from './author-identity.ts';
import type { Diagnosis, MachineChecks } from './diagnosis.ts';
import { type LoadedPolicy, policyPath, signersPath } from './load-policy.ts';
import { standingPolicy } from './policy-branch.ts';
import { readRefs } from './refs.ts';
import type { Repository } from './repository.ts';
import { signoffNamespace } from './verify-signatures.ts';

/** What the policy says of who is at work: by the e-mails that git writes into commits, and by the key that signs. */
type AtWork = {
  readonly loaded: LoadedPolicy;
  readonly policy: GatePolicy;
  readonly email: string;
  readonly who: Identity;
};

/** Whom the policy takes a committer for. The key tells who it may be where the e-mail does not. */
export async function identity(
  repository: Repository,
  machine: Pick<MachineChecks, 'publicKey'>,
): Promise<Diagnosis> {
  const { email } = await authorIdentity(repository);
  const work = await atWork(repository, email);
  if (work === null) return { check: 'you', state: 'good', says: email, fix: null };
  const { policy, who } = work;
  if (who.kind !== 'person')
    return stranger(repository, work, email, await personByKey(repository, work, machine));
  const committer = await committerEmail(repository);
  if (committer !== null && identities(policy)(committer).kind === 'unknown')
    return stranger(repository, work, committer, who.person);
  return { check: 'you', state: 'good', says: `${who.person} (${email})`, fix: null };
}

/** Holds the key to what will be asked of its signatures, so that nobody learns of it by signing. */
export async function signingKey(
  repository: Repository,
  machine: Pick<MachineChecks, 'publicKey' | 'signingKey'>,
): Promise<Diagnosis> {
  const key = await machine.signingKey();
  const line = await machine.publicKey();
  const loaded = await policyHere(repository);
  if (line === null || !loaded?.policy)
    return { check: 'key', state: 'good', says: key, fix: null };
  const [type = '', base64 = ''] = line.trim().split(/\s+/);
  const read = parsePublicKeyText(type, base64);
  if (!read.ok)
    return {
      check: 'key',
      state: 'bad',
      says: `${key} makes no signature that counts: ${read.why}`,
      fix: 'make one with: ssh-keygen -t ed25519',
    };
  const standing = standingOf(repository, loaded, read.key.blob);
  if (standing.state === 'unknown-signer') {
    const listed = signerOf(loaded.allowed, read.key.blob) !== undefined;
    return {
      check: 'key',
      state: 'warning',
      says: `${key}: what it signs will not count: ${standing.why}`,
      fix: listed
        ? `write namespaces="${signoffNamespace}" in its line of ${signersPath}, by a policy change`
        : `add it to ${signersPath}, and its principal to yours under people, by a policy change`,
    };
  }
  const whose = `${key}, which is ${standing.principal}'s`;
  if (standing.state !== 'valid')
    return {
      check: 'key',
      state: 'bad',
      says: `${whose}, is ${standing.state}: ${standing.why}`,
      fix: `sign with another key (git config user.signingKey), or bring a new one into ${signersPath} by a policy change`,
    };
  const { email } = await authorIdentity(repository);
  return keyOf(
    { loaded, policy: loaded.policy, email, who: identities(loaded.policy)(email) },
    standing.principal,
    whose,
  );
}

/** Whether a good key counts for who is at work. */
function keyOf({ policy, who, email }: AtWork, principal: string, whose: string): Diagnosis {
  const owner = ownerOf(policy, principal);
  const me = who.kind === 'person' ? who.person : null;
  if (owner === null) return nobodysKey(policy, principal, { whose, me });
  if (me === null || me === owner) return { check: 'key', state: 'good', says: whose, fix: null };
  return {
    check: 'key',
    state: 'warning',
    says: `${whose}, and git says that you are ${me} (${email}): the key would not count as ${me}'s`,
    fix: `if you are ${me}: git config user.signingKey with your own key; if you are ${owner}: ${useEmail(policy, owner)}`,
  };
}

/** A key that is allowed, under a name that is no person's: its signatures are whole and count for nobody. */
function nobodysKey(
  { attestors = [] }: GatePolicy,
  principal: string,
  { whose, me }: { readonly whose: string; readonly me: string | null },
): Diagnosis {
  if (attestors.some((attestor) => attestor.principal === principal))
    return {
      check: 'key',
      state: 'warning',
      says: `${whose}, a job of a forge: it signs for nobody in person`,
      fix: 'git config user.signingKey with your own key',
    };
  return {
    check: 'key',
    state: 'warning',
    says: `${whose}, and no person of the policy has that principal: what it signs counts for nobody`,
    fix: `if the key is yours: add ${principal} to people.${me ?? '<you>'}.principals in ${policyPath}, by a policy change; else git config user.signingKey with your own key`,
  };
}

/** An e-mail that is no person's, and what follows; the way out differs for whom the policy knows by another one. */
function stranger(
  repository: Repository,
  { policy }: AtWork,
  email: string,
  person: string | null,
): Diagnosis {
  const { kind } = identities(policy)(email);
  if (kind === 'agent')
    return {
      check: 'you',
      state: 'warning',
      says: `${email} is an agent's address: it may author, and can never sign`,
      fix: `a person signs on an account of their own; if a person sits here, ${useEmail(policy, person)}`,
    };
  if (kind === 'platform')
    return {
      check: 'you',
      state: 'warning',
      says: `${email} is a forge's own address, never a person's, and cannot sign`,
      fix: useEmail(policy, person),
    };
  const set = Object.keys(repository.person).find(
    (name) => /_EMAIL$|^GIT_CONFIG_VALUE_/.test(name) && repository.person[name] === email,
  );
  const known = set === undefined ? useEmail(policy, person) : `unset ${set}, which says so here`;
  return {
    check: 'you',
    state: 'warning',
    says: `${email} is nobody's by the policy: what is committed under it has an author whom the gate does not know, and nobody can sign under it`,
    fix: `if the policy knows you by another: ${known}; if ${email} is yours: add it to people.${person ?? '<you>'}.emails in ${policyPath}, by a policy change`,
  };
}

/** Longest list of people that a line of advice names. */
const most = 6;

function useEmail({ people }: GatePolicy, person: string | null): string {
  const email = person === null ? undefined : people[person]?.emails[0];
  if (email !== undefined) return `git config user.email ${email}`;
  const all = Object.entries(people).flatMap(
    ([
      id,
      {
        emails: [first],
      },
    ]) => (first === undefined ? [] : [`${first} (${id})`]),
  );
  return `git config user.email with yours: ${all.slice(0, most).join(', ')}${all.length > most ? ` and ${all.length - most} more` : ''}`;
}

function ownerOf(policy: GatePolicy, principal: string): string | null {
  return (
    Object.keys(policy.people).find((person) => hasPrincipal(policy, person, principal)) ?? null
  );
}

/** Whose the key is that would sign here; null where that cannot be told. */
async function personByKey(
  repository: Repository,
  { loaded, policy }: AtWork,
  machine: Pick<MachineChecks, 'publicKey'>,
): Promise<string | null> {
  const line = await machine.publicKey().catch(() => null);
  const [type = '', base64 = ''] = line?.trim().split(/\s+/) ?? [];
  const read = parsePublicKeyText(type, base64);
  const standing = read.ok ? standingOf(repository, loaded, read.key.blob) : null;
  return standing?.state === 'valid' ? ownerOf(policy, standing.principal) : null;
}

function standingOf(
  { clock }: Repository,
  { allowed, revoked }: LoadedPolicy,
  blob: Uint8Array,
): KeyStanding {
  return keyStanding(blob, { namespace: signoffNamespace, allowed, revoked, at: clock.now() });
}

async function atWork(repository: Repository, email: string): Promise<AtWork | null> {
  const loaded = await policyHere(repository);
  return loaded?.policy
    ? { loaded, policy: loaded.policy, email, who: identities(loaded.policy)(email) }
    : null;
}

async function policyHere({ git }: Repository): Promise<LoadedPolicy | null> {
  return standingPolicy(git, await readRefs(git));
}
