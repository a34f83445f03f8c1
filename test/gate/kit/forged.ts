import type { Case } from './cases.ts';
import type { SignoffOptions } from './model-repo.ts';

export const signedByOwner = { upTo: 'owner' } as const;
export const signedByBoth = { upTo: 'both' } as const;

/** After the usual change and Ada's sign-off: Ben's in some odd form. */
export function oddSignoff(options: SignoffOptions): Case['play'] {
  return async (repo) => {
    await repo.signoff('ben', 'validator', options);
  };
}

export const forged = (name: string, code: string, options: SignoffOptions): Case => ({
  name,
  want: ['fail', code],
  begin: signedByOwner,
  play: oddSignoff(options),
});

export const later = { signed_at: '2026-11-24T01:00:00Z' };

/** After the usual change and both signatures: a file of Mallory's among the sign-offs, whose key nobody knows. */
export const beside = (name: string, want: Case['want'], options: SignoffOptions): Case => ({
  name,
  want,
  begin: { upTo: 'both' },
  play: async (repo) => {
    await repo.signoff('cy', 'validator', { key: 'mallory', committer: 'ada', ...options });
  },
});
