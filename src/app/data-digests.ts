import { largestPointer, pointedDigest } from '../core/gate/lfs-pointer.ts';
import type { Evaluation } from '../core/records/evaluation.ts';
import { sides } from '../core/reports/evaluation-plan.ts';
import { CountersignError } from './errors.ts';
import type { Git } from './ports.ts';
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

/**
 * What a tree says of the content of data files: hex SHA-256 of the file, or what a pointer of git LFS in its place names;
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
  const entries = (await listTree(git, tree, [...wanted])).filter(({ path }) =>
    wanted.has(path.text ?? ''),
  );
  const files = entries
    .filter(({ type, mode }) => type === 'blob' && mode !== '120000')
    .map(({ oid }) => oid);
  const digests = await git.sha256(files);
  const small = await git.objects([...new Set(files)], largestPointer);
  return new Map(
    entries.map(({ path, oid, type, mode }): [string, string] => {
      if (type !== 'blob') return [path.text as string, 'a submodule'];
      if (mode === '120000') return [path.text as string, 'a symbolic link'];
      const digest = pointedDigest(small.get(oid)?.bytes ?? new Uint8Array()) ?? digests.get(oid);
      if (digest === undefined)
        throw new CountersignError(
          'history/missing',
          `the content of ${path.text} is not in this clone`,
          'git fetch --refetch --no-filter, or clone without --filter',
        );
      return [path.text as string, digest];
    }),
  );
}
