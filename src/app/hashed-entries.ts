import type { ChangeEntry } from '../core/gate/change-digest.ts';
import type { RawEntry } from '../core/gate/raw-diff.ts';
import { missingHistory } from './missing-history.ts';
import type { Git } from './ports.ts';

/**
 * Turns entries of git's into entries of a digest, many at a time.
 *
 * @throws CountersignError `history/missing` where content is not in this clone
 */
export async function entryHasher(
  git: Git,
  entries: readonly RawEntry[],
): Promise<(entry: RawEntry) => ChangeEntry> {
  const oids = entries.flatMap(({ oldMode, oldOid, newMode, newOid }) => [
    ...(isBlob(oldMode) ? [oldOid] : []),
    ...(isBlob(newMode) ? [newOid] : []),
  ]);
  const digests = await git.sha256(oids);
  const missing = oids.find((oid) => !digests.has(oid));
  if (missing)
    throw await missingHistory(
      git,
      `the content of a governed file is not in this clone (${missing})`,
    );
  const content = (mode: string, oid: string): string => {
    if (mode === '000000') return '-';
    return mode === '160000' ? `gitlink:${oid}` : (digests.get(oid) as string);
  };
  return ({ path, oldMode, oldOid, newMode, newOid }) => ({
    path,
    oldMode,
    old: content(oldMode, oldOid),
    newMode,
    new: content(newMode, newOid),
  });
}

function isBlob(mode: string): boolean {
  return mode !== '000000' && mode !== '160000';
}
