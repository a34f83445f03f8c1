import { hasPrincipal, identities } from '../core/gate/people.ts';
import { weaknesses } from '../core/gate/weaknesses.ts';
import { countOf } from '../core/render/count-of.ts';
import { parsePublicKeyText } from '../core/signatures/ssh-public-key.ts';
import { keyStanding } from '../core/signatures/verify-signature.ts';
import { authorIdentity } from './author-identity.ts';
import { CountersignError } from './errors.ts';
import { loadPolicy } from './load-policy.ts';
import type { Repository } from './repository.ts';
import { defaultTargetRef, readRefs, tipName, tipOf } from './revisions.ts';
import { signoffNamespace } from './verify-signatures.ts';

/** One thing that would keep the hooks, the signer or the engine from working, or the word that it is well. */
export type Diagnosis = { readonly check: string; readonly state: 'good' | 'warning' | 'bad'; readonly says: string; readonly fix: string | null };

/** What only the machine can tell. Each throws where it is not well. */
export type MachineChecks = {
  readonly signingKey: () => Promise<string>;
  /** A line for the key that signs, as allowed_signers writes it, or null where it cannot be read without a passphrase. */
  readonly publicKey: () => Promise<string | null>;
  readonly hooks: () => Promise<readonly { readonly name: string; readonly fires: boolean; readonly fix: string }[]>;
  readonly engine: () => Promise<string>;
};

/** Looks at everything that a person needs here, in the order in which it is mended. */
export async function diagnose(repository: Repository, machine: MachineChecks): Promise<readonly Diagnosis[]> {
  return [
    await attempt('git', () => gitVersion(repository)),
    await attempt('history', () => history(repository)),
    await attempt('policy', () => policyState(repository)),
    await attempt('you', () => identity(repository)),
    await attempt('key', () => signingKey(repository, machine)),
    ...(await hooks(machine)),
    await attempt('engine', async () => good('engine', await machine.engine())),
  ];
}

function good(check: string, says: string): Diagnosis {
  return { check, state: 'good', says, fix: null };
}

async function attempt(check: string, look: () => Promise<Diagnosis>): Promise<Diagnosis> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof CountersignError) return { check, state: 'bad', says: error.message, fix: error.fix ?? null };
    return { check, state: 'bad', says: error instanceof Error ? error.message : String(error), fix: null };
  }
}

async function gitVersion({ git }: Repository): Promise<Diagnosis> {
  const version = await git.text(['version']);
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (major > 2 || (major === 2 && minor >= 38)) return good('git', version);
  return { check: 'git', state: 'bad', says: `${version} is too old`, fix: 'install git 2.38 or newer' };
}

async function history({ git }: Repository): Promise<Diagnosis> {
  const shallow = (await git.text(['rev-parse', '--is-shallow-repository'])) === 'true';
  return shallow ? { check: 'history', state: 'warning', says: 'this clone lacks part of the history', fix: 'git fetch --unshallow' } : good('history', 'complete');
}

async function policyState({ git, files, clock }: Repository): Promise<Diagnosis> {
  const refs = await readRefs(git);
  const branch = defaultTargetRef(refs);
  const loaded = await loadPolicy(git, tipOf(refs, branch));
  if (loaded === null) {
    const written = (await files.read('.countersign/policy.yaml')) !== null;
    return { check: 'policy', state: 'warning', says: `${tipName(refs, branch)} has no policy: nothing is protected`, fix: written ? `land the one that is here: commit .countersign, and push it to ${branch.slice(11)}` : 'countersign init, then land the policy' };
  }
  const [error] = loaded.findings.filter(({ severity }) => severity === 'error');
  if (error) return { check: 'policy', state: 'bad', says: `${error.path}:${error.line}: ${error.message}`, fix: error.fix ?? null };
  const says = `${countOf(loaded.policy?.rules.length ?? 0, 'rule')} on ${branch.slice(11)}, ${countOf(loaded.allowed.length, 'key')}`;
  const [dead] = loaded.keyProblems(clock.now());
  if (dead) return { check: 'policy', state: 'bad', says: `${dead.finding.path}:${dead.finding.line}: ${dead.finding.message}`, fix: dead.finding.fix ?? null };
  const [weak] = loaded.policy ? weaknesses(loaded.policy) : [];
  return weak === undefined ? good('policy', says) : { check: 'policy', state: 'warning', says: `${says}; ${weak}`, fix: 'take policy_change away once there are two policy-admins' };
}

async function identity(repository: Repository): Promise<Diagnosis> {
  const refs = await readRefs(repository.git);
  const loaded = await loadPolicy(repository.git, tipOf(refs, defaultTargetRef(refs)));
  const { email } = await authorIdentity(repository);
  const who = loaded?.policy ? identities(loaded.policy)(email) : null;
  if (who === null) return good('you', email);
  if (who.kind === 'person') return good('you', `${who.person} (${email})`);
  return { check: 'you', state: 'warning', says: `${email} is ${who.kind === 'unknown' ? 'nobody whom the policy knows' : `an ${who.kind}'s address, and cannot sign`}`, fix: 'git config user.email with an e-mail of the policy' };
}

/** Holds the key to what will be asked of its signatures, so that nobody learns of it by signing. */
async function signingKey(repository: Repository, machine: MachineChecks): Promise<Diagnosis> {
  const { git, clock } = repository;
  const key = await machine.signingKey();
  const line = await machine.publicKey();
  const refs = await readRefs(git);
  const loaded = await loadPolicy(git, tipOf(refs, defaultTargetRef(refs)));
  const [type = '', base64 = ''] = line?.trim().split(/\s+/) ?? [];
  if (line === null || !loaded?.policy) return good('key', key);
  const read = parsePublicKeyText(type, base64);
  if (!read.ok) return { check: 'key', state: 'bad', says: `${key} makes no signature that counts: ${read.why}`, fix: 'make one with: ssh-keygen -t ed25519' };
  const standing = keyStanding(read.key.blob, { namespace: signoffNamespace, allowed: loaded.allowed, revoked: loaded.revoked, at: clock.now() });
  if (standing.state === 'unknown-signer') return { check: 'key', state: 'warning', says: `${key}: what it signs will not count: ${standing.why}`, fix: 'add it to .countersign/allowed_signers by a policy change' };
  const whose = `${key}, which is ${standing.principal}'s`;
  if (standing.state !== 'valid') return { check: 'key', state: 'bad', says: `${whose}, is ${standing.state}: ${standing.why}`, fix: 'sign with another key (git config user.signingKey), or bring a new one into .countersign/allowed_signers by a policy change' };
  const { email } = await authorIdentity(repository);
  const who = identities(loaded.policy)(email);
  if (who.kind !== 'person' || hasPrincipal(loaded.policy, who.person, standing.principal)) return good('key', whose);
  return { check: 'key', state: 'warning', says: `${whose}, and git says that you are ${who.person} (${email}): the key would not count as ${who.person}'s`, fix: 'git config user.signingKey with your own key, or say who you are when you sign: countersign sign --as' };
}

async function hooks(machine: MachineChecks): Promise<readonly Diagnosis[]> {
  try {
    return (await machine.hooks()).map(({ name, fires, fix }) => (fires ? good(name, 'git runs it') : { check: name, state: 'warning', says: 'git does not run the gate here', fix }));
  } catch (error) {
    return [{ check: 'hooks', state: 'bad', says: error instanceof Error ? error.message : String(error), fix: null }];
  }
}
