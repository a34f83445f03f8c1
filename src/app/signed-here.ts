import type { TreeFile } from '../core/gate/judged-signoff.ts';
import { exceptionFolder, isRecordPath, signoffFolder } from '../core/gate/signoff-path.ts';
import { CountersignError } from './errors.ts';
import type { Repository } from './repository.ts';

/**
 * Signed files of the working tree, each with the mode under which it is staged: git would commit that one.
 *
 * @param paths all signed files where empty
 */
export async function readSignedHere(
  repository: Repository,
  paths: readonly string[],
): Promise<readonly TreeFile[]> {
  const folders = [signoffFolder, exceptionFolder];
  const [listed, modes] = await Promise.all([
    Promise.all(folders.map((folder) => repository.files.list(folder))),
    stagedModes(repository, folders),
  ]);
  const links = new Set(
    listed
      .flat()
      .filter(({ kind }) => kind === 'link')
      .map(({ path }) => path),
  );
  const wanted =
    paths.length > 0
      ? paths
      : listed
          .flat()
          .map(({ path }) => path)
          .filter(isRecordPath);
  return Promise.all(
    wanted.map(
      async (path): Promise<TreeFile> =>
        links.has(path)
          ? { path, mode: '120000', bytes: new Uint8Array() }
          : { path, mode: modes.get(path) ?? '100644', bytes: await bytesOf(repository, path) },
    ),
  );
}

async function stagedModes(
  { git }: Repository,
  folders: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const out = await git.run([
    'ls-files',
    '--stage',
    '-z',
    '--',
    ...folders.map((folder) => `:(top,literal)${folder}`),
  ]);
  if (out.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git could not list what is staged: ${out.stderr.trim()}`,
      'git status',
    );
  return new Map(
    new TextDecoder()
      .decode(out.stdout)
      .split('\0')
      .flatMap((line) => {
        const [, mode, path] = /^(\d{6}) [0-9a-f]+ \d\t(.+)$/s.exec(line) ?? [];
        return mode === undefined || path === undefined ? [] : [[path, mode] as const];
      }),
  );
}

async function bytesOf(repository: Repository, path: string): Promise<Uint8Array> {
  const bytes = await repository.files.read(path);
  if (bytes === null)
    throw new CountersignError(
      'verify/no-file',
      `there is no file ${path}`,
      'see which there are: countersign verify',
    );
  return bytes;
}
