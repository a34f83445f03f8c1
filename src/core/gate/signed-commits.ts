import type { Authors, RangeCommit } from './authors.ts';

/** The person of the policy whose key signed a commit; null where nobody's did. */
export type CommitSigner = (commit: RangeCommit) => string | null;

/**
 * Where names of commits are not believed, each commit has to carry a person's signature, who is an author too, whatever
 * name the commit bears. The commit that is being made has none yet.
 *
 * @param commits those that made a rule's entries
 */
export function signedAuthors(
  authors: Authors,
  commits: readonly RangeCommit[],
  signerOf: CommitSigner,
): { readonly authors: Authors; readonly unsigned: readonly string[] } {
  const made = commits
    .filter(({ oid }) => oid !== 'pending')
    .map((commit) => ({ oid: commit.oid, signer: signerOf(commit) }));
  const signers = made.flatMap(({ signer }) => signer ?? []);
  return {
    authors: { ...authors, persons: new Set([...authors.persons, ...signers]) },
    unsigned: made.filter(({ signer }) => signer === null).map(({ oid }) => oid),
  };
}
