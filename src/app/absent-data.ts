import { shellWord } from '../core/render/shell-word.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import { largestPointer, pointedDigest } from '../core/gate/lfs-pointer.ts';
import type { DataAbsence } from '../core/reports/missing-data.ts';
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
  const [path] = await pointersAlone({ git, files }, paths);
  if (path !== undefined)
    throw new CountersignError(
      'evaluate/pointer',
      `only the pointer of Git LFS to ${path} lies here, and not its content`,
      `git lfs pull --include ${shellWord(path)}`,
    );
}

/** Of some paths those in whose place only a pointer of Git LFS lies, staged and in the working tree. */
async function pointersAlone(
  { git, files }: Pick<Repository, 'git' | 'files'>,
  paths: readonly string[],
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const staged = await git.run(['ls-files', '--stage', '-z', '--', ...paths.map(literal)]);
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
  const alone: string[] = [];
  for (const [path, oid] of oids) {
    const bytes = small.get(oid)?.bytes;
    if (
      bytes !== undefined &&
      pointedDigest(bytes) !== null &&
      (await files.sha256(path)) === sha256Hex(bytes)
    )
      alone.push(path);
  }
  return alone;
}

function literal(path: string): string {
  return `:(top,literal)${path}`;
}

/**
 * Of some data files and folders of data those that are not in the working tree, and why. What a sparse checkout leaves out
 * is not among them: it is as good as here. Nothing is read of their content but pointers.
 */
export async function absentData(
  { git, files }: Pick<Repository, 'git' | 'files'>,
  paths: readonly string[],
): Promise<ReadonlyMap<string, DataAbsence>> {
  if (paths.length === 0) return new Map();
  const present = await listed(git, paths);
  const isHere = (path: string): boolean =>
    present.some((other) => other === path || other.startsWith(`${path}/`));
  const absent = new Map<string, DataAbsence>();
  for (const path of await pointersAlone({ git, files }, paths)) absent.set(path, { kind: 'lfs' });
  for (const path of paths.filter((wanted) => !isHere(wanted)))
    absent.set(path, await whyAbsent({ git, files }, path));
  return absent;
}

/** What git finds at some paths and below, ignored or not. */
async function listed(git: Git, paths: readonly string[]): Promise<readonly string[]> {
  const out = await git.run([
    'ls-files',
    ...['-z', '-t', '--full-name', '--cached', '--deleted', '--others', '--'],
    ...paths.map(literal),
  ]);
  if (out.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git could not list the data of evaluations: ${out.stderr.trim()}`,
      'see what git says of it: git status',
    );
  const lines = new TextDecoder().decode(out.stdout).split('\0');
  const deleted = new Set(lines.flatMap((line) => (line.startsWith('R ') ? [line.slice(2)] : [])));
  return lines.map((line) => line.slice(2)).filter((path) => path !== '' && !deleted.has(path));
}

async function whyAbsent(
  { git, files }: Pick<Repository, 'git' | 'files'>,
  path: string,
): Promise<DataAbsence> {
  const parts = path.split('/');
  for (let length = parts.length; length > 0; length--) {
    const pointer = `${parts.slice(0, length).join('/')}.dvc`;
    if ((await files.read(pointer)) !== null) return { kind: 'dvc', pointer };
  }
  const ignored = await git.run(['check-ignore', '--quiet', '--', path]);
  return { kind: ignored.code === 0 ? 'ignored' : 'unknown' };
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
