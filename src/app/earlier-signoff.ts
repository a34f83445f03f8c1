import type { JudgedSignoff } from '../core/gate/judged-signoff.ts';
import { type AuthenticSignoff, isAuthentic } from '../core/gate/standing.ts';
import { readSignedFiles } from './check-signoffs.ts';
import { CountersignError } from './errors.ts';
import { judgeSigned } from './landed-words.ts';
import { judgingPolicy } from './own-key.ts';
import type { Repository } from './repository.ts';
import type { RuledChange } from './ruled-change.ts';
import { signatureVerifier } from './verify-signatures.ts';

/** The last sign-off of a person for a rule in this change: the end of the chain in which each replaces the one before. */
export async function earlierSignoff(repository: Repository, ruled: RuledChange, rule: string, person: string): Promise<AuthenticSignoff | null> {
  const { change } = ruled;
  const base = await judgingPolicy(repository, ruled);
  if (base === null) throw new CountersignError('policy/none', 'there is no policy', 'countersign init');
  const files = await readSignedFiles(repository.git, change.tip, change.lands, []);
  const { judged } = await judgeSigned(repository, ruled, files, { policy: base.policy, now: repository.clock.now(), verify: signatureVerifier(repository, base, []), revoked: base.revoked });
  return endOfChain(judged.signoffs, rule, person);
}

function endOfChain(signoffs: readonly JudgedSignoff[], rule: string, person: string): AuthenticSignoff | null {
  const own = signoffs.filter(isAuthentic).filter(({ payload, landed }) => payload.rule === rule && payload.person === person && (!landed || payload.decision === 'reject'));
  const replaced = new Set(own.map(({ payload }) => payload.replaces));
  const ends = own.filter(({ id }) => !replaced.has(id));
  // A reject is what must not stay behind; else the one signed last, by the signer's own word.
  return ends.find(({ payload }) => payload.decision === 'reject') ?? ends.sort((a, b) => (a.payload.signed_at < b.payload.signed_at ? -1 : 1)).at(-1) ?? null;
}
