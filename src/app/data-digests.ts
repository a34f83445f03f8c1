import type { Evaluation } from '../core/records/evaluation.ts';
import type { TreeEntry } from '../core/gate/raw-diff.ts';
import { type DataPart, isPart, partsDigest } from '../core/reports/data-parts.ts';
import { sides } from '../core/reports/evaluation-plan.ts';
import { type BlobContent, blobContents } from './blob-contents.ts';
import { missingHistory } from './missing-history.ts';
import type { Files, Git } from './ports.ts';
import { listTree } from './tree-files.ts';

/** Paths of the files that an evaluation measures. */
export function dataPaths({ data }: Pick<Evaluation, 'data'>): readonly string[] {
  return [
    ...new Set(
      sides
        .flatMap((side) => [data[side]?.path, data[side]?.labels?.path])
        .filter((path) => path !== undefined),
    ),
  ];
}

/** The parts of a folder of data in the working tree; empty where the path is none. */
export async function partsHere(files: Files, folder: string): Promise<readonly string[]> {
  return (await files.list(folder))
    .filter(({ path, kind }) => kind === 'file' && isPart(path.slice(folder.length + 1)))
    .map(({ path }) => path);
}

/** The digest of a data file of the working tree, or of a folder of parts; null where there is neither. */
export async function dataDigest(files: Files, path: string): Promise<string | null> {
  const own = await files.sha256(path);
  if (own !== null) return own;
  const parts = await Promise.all(
    (await partsHere(files, path)).map(async (part) => ({
      name: part.slice(path.length + 1),
      sha256: (await files.sha256(part)) ?? '',
    })),
  );
  return parts.length === 0 ? null : partsDigest(parts);
}

/**
 * What a tree says of the content of data files and of folders of parts: hex SHA-256 of the file, or what a pointer of git LFS in its place names;
 * where something else stands there, a word that equals no digest. A file that the tree does not have is left out.
 *
 * @throws CountersignError `history/missing` where the content of one is not in this clone
 */
export async function dataDigests(
  git: Git,
  tree: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const wanted = new Set(paths);
  const folderOf = (path: string | null): string => (path ?? '').replace(/\/[^/]*$/, '');
  const entries = (await listTree(git, tree, [...wanted])).filter(
    ({ path: { text } }) =>
      wanted.has(text ?? '') ||
      (wanted.has(folderOf(text)) && isPart((text ?? '').slice(folderOf(text).length + 1))),
  );
  const digests = await entryDigests(git, entries);
  const found = new Map<string, string>();
  const parts = new Map<string, DataPart[]>();
  for (const [index, { path }] of entries.entries()) {
    const [text, sha256] = [path.text as string, digests[index] as string];
    const folder = folderOf(text);
    if (wanted.has(text)) found.set(text, sha256);
    else
      parts.set(folder, [
        ...(parts.get(folder) ?? []),
        { name: text.slice(folder.length + 1), sha256 },
      ]);
  }
  for (const [folder, own] of parts) found.set(folder, partsDigest(own));
  return found;
}

async function entryDigests(git: Git, entries: readonly TreeEntry[]): Promise<readonly string[]> {
  const files = entries
    .filter(({ type, mode }) => type === 'blob' && mode !== '120000')
    .map(({ oid }) => oid);
  const contents = await blobContents(git, files);
  const missing = entries.find(({ oid }) => files.includes(oid) && !contents.has(oid));
  if (missing)
    throw await missingHistory(git, `the content of ${missing.path.text} is not in this clone`);
  return entries.map(({ oid, type, mode }) => {
    if (type !== 'blob') return 'a submodule';
    return mode === '120000' ? 'a symbolic link' : (contents.get(oid) as BlobContent).content;
  });
}
