import { CountersignError } from './errors.ts';
import type { FileEntry, Files, Git } from './ports.ts';
import type { TreeEntry } from '../core/gate/raw-diff.ts';
import { presenceIn } from '../core/trails/path-presence.ts';
import type { PathsOf } from './present-paths.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

const recordFolder = '.countersign/';

/**
 * The files of a tree as they stood then: read-only, and without those whose path is not UTF-8. The records are read in one
 * batch when the first of them is asked for, and what is asked for at one time is one batch too: a question to git starts a
 * process, and there are thousands of records.
 */
export async function filesAt(
  git: Git,
  tree: string,
): Promise<PathsOf & { readonly files: Files }> {
  const listed = (await listTree(git, tree, [])).filter(({ path }) => path.text !== null);
  const entries = listed.filter(({ type }) => type === 'blob');
  const byPath = new Map(entries.map((entry) => [entry.path.text as string, entry]));
  const refuse = async (path: string): Promise<never> => {
    throw new CountersignError(
      'path/past',
      `${path} belongs to the past, which nobody writes`,
      'leave out --at',
    );
  };
  const plain = entries.filter(({ mode }) => mode !== '120000');
  const batch = inBatches(async (paths: readonly string[]) =>
    bytesOf(
      git,
      paths.flatMap((path) => byPath.get(path) ?? []).filter(({ mode }) => mode !== '120000'),
    ),
  );
  let records: Promise<ReadonlyMap<string, Uint8Array | null>> | undefined;
  const files: Files = {
    read: async (path) => {
      if (!path.startsWith(recordFolder)) return byPath.has(path) ? batch(path) : null;
      records ??= bytesOf(
        git,
        plain.filter((entry) => entry.path.text?.startsWith(recordFolder)),
      );
      return (await records).get(path) ?? null;
    },
    list: async (folder) =>
      entries
        .filter(({ path }) => path.text?.startsWith(`${folder}/`))
        .map(
          ({ path, mode, oid }): FileEntry => ({
            path: path.text as string,
            kind: mode === '120000' ? 'link' : 'file',
            size: 0,
            stamp: oid,
          }),
        ),
    write: refuse,
    remove: refuse,
    sha256: async (path) => {
      const oid = byPath.get(path)?.oid;
      return oid === undefined ? null : ((await git.sha256([oid])).get(oid) ?? null);
    },
  };
  return {
    files,
    paths: new Set(byPath.keys()),
    at: presenceIn({
      tracked: new Map(listed.map(({ path, mode }) => [path.text as string, mode])),
      untracked: new Set(),
      ignored: new Set(),
    }),
  };
}

async function bytesOf(
  git: Git,
  entries: readonly TreeEntry[],
): Promise<ReadonlyMap<string, Uint8Array | null>> {
  return new Map((await readTreeFiles(git, entries)).map(({ path, bytes }) => [path, bytes]));
}

/** What is asked for before the next turn of the queue is answered together. */
function inBatches(
  read: (paths: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array | null>>,
): (path: string) => Promise<Uint8Array | null> {
  let waiting: { readonly paths: Set<string>; readonly answer: ReturnType<typeof read> } | null =
    null;
  return async (path) => {
    if (waiting === null) {
      const paths = new Set<string>();
      const answer = Promise.resolve().then(() => {
        waiting = null;
        return read([...paths]);
      });
      waiting = { paths, answer };
    }
    waiting.paths.add(path);
    return (await waiting.answer).get(path) ?? null;
  };
}
