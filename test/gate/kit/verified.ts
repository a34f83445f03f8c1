import type { VerifiedFile } from '../../../src/app/verify.ts';
import { signerLines } from './keys.ts';
import type { Beginning, ModelRepo } from './model-repo.ts';

export const everybody = ['ada', 'ben', 'cy', 'dee', 'eve', 'fay'];
export const signersPath = '.countersign/allowed_signers';
export const policyPath = '.countersign/policy.yaml';
export const revokedPath = '.countersign/revoked_keys';
export const change = { upTo: 'change' } as const;

export const lineOf = async (who: string): Promise<string> =>
  (await signerLines([who])).replace(/^\S+ \S+ /, '');
export const withKeyOfBen = async (options: string): Promise<Beginning> => ({
  ...change,
  signers: `${await signerLines(everybody.filter((who) => who !== 'ben'))}${await signerLines(['ben'], options)}`,
});

export type Verified = {
  readonly name: string;
  readonly begin?: Beginning | (() => Promise<Beginning>);
  /** What happens; the file that is looked at. */
  readonly play: (repo: ModelRepo) => Promise<string>;
  readonly want: VerifiedFile['state'];
  readonly code?: string;
  readonly now?: string;
  readonly landed?: true;
};

/** Lets what was signed land, then a change of the policy by two admins, and goes on from there. */
export async function landed(repo: ModelRepo, edit: () => Promise<void> | void): Promise<void> {
  await repo.land();
  await edit();
  await repo.commit('policy', 'ada');
  await repo.admins();
  await repo.land('after');
}

export const ben = (
  repo: ModelRepo,
  options: Parameters<ModelRepo['signoff']>[2] = {},
): Promise<string> => repo.signoff('ben', 'validator', options);
