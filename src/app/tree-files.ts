import type { TreeEntry } from '../core/gate/raw-diff.ts';
import { missingHistory } from './missing-history.ts';
import type { Git } from './ports.ts';

/** Records and signed files are at most 1 MiB; a little more is read so that the excess is seen and said. */
const largestFile = 1024 * 1024 + 1;

/** A regular file of a tree with its content, which is null where it is too large to be a record. */
export type ReadFile = {
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
  readonly bytes: Uint8Array | null;
};

/** The entries of a tree below some folders or files; all of it where none is named. */
export function listTree(
  git: Git,
  tree: string,
  under: readonly string[],
): Promise<readonly TreeEntry[]> {
  return git.list(tree, under);
}

/**
 * Reads files of a tree; those whose path is not UTF-8 are left out, since no record has such a path.
 *
 * @throws CountersignError `history/missing` where the content of one is not in this clone
 */
export async function readTreeFiles(
  git: Git,
  entries: readonly Omit<TreeEntry, 'line'>[],
): Promise<readonly ReadFile[]> {
  const named = entries.filter(({ path, type }) => path.text !== null && type === 'blob');
  const objects = await git.objects([...new Set(named.map(({ oid }) => oid))], largestFile);
  const unread = named.filter(({ oid }) => objects.get(oid) === null).map(({ oid }) => oid);
  const there = unread.length > 0 ? await git.sha256(unread) : new Map<string, string>();
  const missing = named.find(({ oid }) => objects.get(oid) === null && !there.has(oid));
  if (missing)
    throw await missingHistory(git, `the content of ${missing.path.text} is not in this clone`);
  return named.map(({ path, mode, oid }) => ({
    path: path.text as string,
    mode,
    oid,
    bytes: objects.get(oid)?.bytes ?? null,
  }));
}
