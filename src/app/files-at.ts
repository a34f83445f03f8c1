import { CountersignError } from './errors.ts';
import type { FileEntry, Files, Git } from './ports.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

/** The files of a tree as they stood then: read-only, and without those whose path is not UTF-8. */
export async function filesAt(
  git: Git,
  tree: string,
): Promise<{ readonly files: Files; readonly paths: ReadonlySet<string> }> {
  const entries = (await listTree(git, tree, [])).filter(
    ({ path, type }) => path.text !== null && type === 'blob',
  );
  const byPath = new Map(entries.map((entry) => [entry.path.text as string, entry]));
  const refuse = async (path: string): Promise<never> => {
    throw new CountersignError(
      'path/past',
      `${path} belongs to the past, which nobody writes`,
      'leave out --at',
    );
  };
  const files: Files = {
    read: async (path) => {
      const entry = byPath.get(path);
      return entry === undefined || entry.mode === '120000'
        ? null
        : ((await readTreeFiles(git, [entry]))[0]?.bytes ?? null);
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
  return { files, paths: new Set(byPath.keys()) };
}
