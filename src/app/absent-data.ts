import { shellWord } from '../core/render/shell-word.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import { largestPointer, pointedDigest } from '../core/gate/lfs-pointer.ts';
import { CountersignError } from './errors.ts';
import { leftOutFiles } from './left-out.ts';
import type { Git } from './ports.ts';
import type { Repository } from './repository.ts';

/**
 * Refuses data of which only a pointer of Git LFS lies here: the pointer would be measured.
 *
 * @throws CountersignError `evaluate/pointer`
 */
export async function refusePointers(
  { git, files }: Pick<Repository, 'git' | 'files'>,
  paths: readonly string[],
): Promise<void> {
  if (paths.length === 0) return;
  const staged = await git.run([
    'ls-files',
    '--stage',
    '-z',
    '--',
    ...paths.map((path) => `:(top,literal)${path}`),
  ]);
  const oids = new Map(
    new TextDecoder()
      .decode(staged.stdout)
      .split('\0')
      .flatMap((line) => {
        const [, oid, path] = /^\d{6} ([0-9a-f]+) 0\t(.+)$/s.exec(line) ?? [];
        return oid === undefined || path === undefined ? [] : [[path, oid] as const];
      }),
  );
  const small = await git.objects([...oids.values()], largestPointer);
  for (const [path, oid] of oids) {
    const bytes = small.get(oid)?.bytes;
    if (
      bytes !== undefined &&
      pointedDigest(bytes) !== null &&
      (await files.sha256(path)) === sha256Hex(bytes)
    )
      throw new CountersignError(
        'evaluate/pointer',
        `only the pointer of Git LFS to ${path} lies here, and not its content`,
        `git lfs pull --include ${shellWord(path)}`,
      );
  }
}

/** Why a data file is not there, where a sparse checkout leaves it out; the error as it is elsewhere. */
export async function explainAbsent(
  git: Git,
  paths: readonly string[],
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof CountersignError) || error.code !== 'evaluate/no-file') return error;
  const [path] = [...(await leftOutFiles(git, paths)).keys()];
  if (path === undefined) return error;
  const folder = path.split('/').slice(0, -1).join('/') || path;
  return new CountersignError(
    error.code,
    `${path} is left out of this sparse checkout`,
    `git sparse-checkout add ${shellWord(folder)}`,
  );
}
