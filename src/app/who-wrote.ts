import type { RangeCommit } from '../core/gate/authors.ts';
import { type Lines, linesOf } from '../core/gate/carried-lines.ts';
import {
  blobsToCompare,
  type WrittenChange,
  writingCommits,
} from '../core/gate/writing-commits.ts';
import type { Git } from './ports.ts';

/** A larger file is compared as a whole, byte for byte, and not by its lines. */
const largestCompared = 1024 * 1024;

/** The commits that wrote a rule's entries, by the bytes that they brought. */
export async function whoWrote(
  git: Git,
  { governs, ...rest }: WrittenChange,
): Promise<readonly RangeCommit[]> {
  if (rest.entries.length === 0) return [];
  // A branch can touch ten thousand paths, and each is asked about several times.
  const asked = new Map<string, boolean>();
  const change: WrittenChange = {
    ...rest,
    governs: (path) => {
      const known = asked.get(path.raw) ?? governs(path);
      asked.set(path.raw, known);
      return known;
    },
  };
  const objects = await git.objects(blobsToCompare(change), largestCompared);
  const known = new Map<string, Lines | null>();
  return writingCommits(change, (oid) => {
    let lines = known.get(oid);
    if (lines === undefined) {
      const object = objects.get(oid);
      lines = object?.type === 'blob' ? linesOf(object.bytes) : null;
      known.set(oid, lines);
    }
    return lines;
  });
}
