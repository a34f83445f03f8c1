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

/**
 * The commits that made a rule's entries: those that touch the scope, and those that introduced a blob which an entry
 * takes over (a file written elsewhere and moved in by someone else still has its first author). One that only signs,
 * excepts or reviews makes nobody an author, unless its bytes land as something else. An entry that no commit touches
 * brings in all of the range: somebody did it, and nobody may be left out.
 */
export function commitsOf(
  entries: readonly RawEntry[],
  governs: (path: RawPath) => boolean,
  commits: readonly RangeCommit[],
): readonly RangeCommit[] {
  if (entries.length === 0) return [];
  const landingAs = (part: readonly RawEntry[]): ReadonlySet<string> =>
    new Set(part.filter(({ newMode }) => newMode !== '000000').map(({ newOid }) => newOid));
  const landing = landingAs(entries);
  const landingLoudly = landingAs(entries.filter(({ path }) => !isSilentPath(path)));
  const wrote = ({ touched }: RangeCommit): boolean => {
    const silent = touched.every(({ path }) => isSilentPath(path));
    return touched.some(
      (touch) =>
        (!silent && governs(touch.path)) ||
        (touch.newOid !== touch.oldOid && (silent ? landingLoudly : landing).has(touch.newOid)),
    );
  };
  const paths = new Set(commits.flatMap(({ touched }) => touched.map(({ path }) => path.raw)));
  const explained = entries.every(({ path }) => paths.has(path.raw));
  return explained ? commits.filter(wrote) : commits;
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
