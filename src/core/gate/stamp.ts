import type { Finding } from '../finding/finding.ts';

/** The folder of stamps: replies of a time-stamping authority (RFC 3161), each over one commit of the target, named by it. */
export const stampFolder = '.countersign/stamps/';

/** A stamp that holds: an authority's word that a commit, and with it all that it rests on, was there at a time. */
export type Stamp = {
  /** The stamped commit. */
  readonly commit: string;
  readonly file: string;
  /** UTC, to the second. */
  readonly time: string;
  /** The name that the authority gives itself in the stamp; null where it gives none. */
  readonly authority: string | null;
};

/** What became of the stamps in a repository. */
export type CheckedStamps = {
  /** How many files there are. */
  readonly files: number;
  /** Whether they were looked into: only where somebody said whose word is taken. */
  readonly read: boolean;
  /** Why some of them prove nothing. */
  readonly findings: readonly Finding[];
};

/** The commit that a file of the folder stamps, by its name; null where the name is none of a stamp. */
export function stampedCommit(path: string): string | null {
  return /^\.countersign\/stamps\/([0-9a-f]{40}|[0-9a-f]{64})\.tsr$/.exec(path)?.[1] ?? null;
}

/** Something of a first-parent history, oldest first, with the latest committer time up to it. */
type Dated = { readonly oid: string; readonly time: Date };

/**
 * The earliest stamp over each commit of a history or over a later one, which rests on it; and its time, which is no later
 * than that: a date is a claim, and nothing is younger than a proof that it was there.
 *
 * @param steps oldest first
 */
export function provenTimes<Step extends Dated>(
  steps: readonly Step[],
  stamps: readonly Stamp[],
): readonly (Step & { readonly stamp: Stamp | null })[] {
  let earliest: Stamp | null = null;
  return steps
    .toReversed()
    .map((step) => {
      for (const stamp of stamps)
        if (stamp.commit === step.oid && (earliest === null || stamp.time < earliest.time))
          earliest = stamp;
      const proven = earliest === null ? step.time.getTime() : Date.parse(earliest.time);
      return { ...step, stamp: earliest, time: new Date(Math.min(step.time.getTime(), proven)) };
    })
    .toReversed();
}
