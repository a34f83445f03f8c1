import type { MergedPath } from './carried-lines.ts';
import type { CommitSignature } from './commit-object.ts';
import type { Identity } from './people.ts';
import type { RawEntry } from './raw-diff.ts';
import type { RawPath } from './raw-path.ts';
import { kindOfPath } from '../records/kind-of-path.ts';
import { isRecordPath } from './signoff-path.ts';

/** One commit of the range, or the one being made (`oid` `pending`). */
export type RangeCommit = {
  readonly oid: string;
  readonly author: string;
  readonly committer: string;
  readonly coAuthors: readonly string[];
  readonly signature: CommitSignature | null;
  /** What this commit itself did: against its parent, or, for a merge, against the automatic merge of its parents. */
  readonly touched: readonly RawEntry[];
  readonly parents: readonly string[];
  /** Of a merge: the contents that it carried over from other paths. */
  readonly merged: readonly MergedPath[];
};

/** Who wrote a rule's change. */
export type Authors = {
  /** Ids of the policy's people. */
  readonly persons: ReadonlySet<string>;
  readonly agents: ReadonlySet<string>;
  /** E-mails that the policy does not know. */
  readonly unknown: ReadonlySet<string>;
};

/** Sign-offs, exceptions and events of reviews, by their names: whatever else lies in their folders is a file as any other. */
export function isSilentPath({ text }: RawPath): boolean {
  return text !== null && (isRecordPath(text) || kindOfPath(text) === 'review');
}

/** Who wrote some commits: author, committer and co-authors of each, by what the commits claim. */
export function authorsOf(
  commits: readonly RangeCommit[],
  identify: (email: string) => Identity,
): Authors {
  const persons = new Set<string>();
  const agents = new Set<string>();
  const unknown = new Set<string>();
  for (const { author, committer, coAuthors } of commits) {
    let named = false;
    for (const email of [author, committer, ...coAuthors]) {
      const who = identify(email);
      if (who.kind === 'platform') continue;
      named = true;
      if (who.kind === 'person') persons.add(who.person);
      else (who.kind === 'agent' ? agents : unknown).add(email);
    }
    // A platform only carries out what somebody did; a commit of nobody else hides who that was.
    if (!named) unknown.add(author);
  }
  return { persons, agents, unknown };
}
