import type { ShownPath } from '../core/gate/raw-path.ts';
import { CountersignError } from './errors.ts';
import { fetchStep } from './missing-history.ts';
import type { Repository } from './repository.ts';

/** Two trees or commits, and the files whose difference a person wants to read. */
export type DiffPlace = {
  readonly from: string;
  readonly to: string;
  readonly files: readonly ShownPath[];
};

/** Files whose difference is shown at most; a command line takes only so many names. */
const mostFiles = 200;

/**
 * What to read before signing. The commit that brought an earlier sign-off holds the bytes that were signed then, so the
 * files that moved are compared with it; without an earlier one that is committed, the whole change is to be read.
 *
 * @param whole the change from the target's tip to what would land
 */
export async function diffSince(
  { git }: Repository,
  earlier: { readonly file: string; readonly moved: readonly ShownPath[] } | null,
  whole: DiffPlace,
  head: string,
): Promise<DiffPlace> {
  if (earlier === null) return whole;
  const out = await git.run([
    'log',
    '--format=%H',
    '--diff-filter=A',
    '--max-count=1',
    head === 'index' ? 'HEAD' : head,
    '--',
    `:(literal)${earlier.file}`,
  ]);
  const commit = new TextDecoder().decode(out.stdout).trim();
  return out.code === 0 && commit !== ''
    ? { from: commit, to: whole.to, files: earlier.moved }
    : whole;
}

/** The difference as text, whatever git is set to make of it. Files whose path is not UTF-8 are not in it. */
export async function diffText(
  { git }: Repository,
  { from, to, files }: DiffPlace,
): Promise<string> {
  const named = files.flatMap((path) => (typeof path === 'string' ? [`:(literal)${path}`] : []));
  if (named.length === 0) return '';
  const out = await git.run([
    'diff',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    from,
    to,
    '--',
    ...named.slice(0, mostFiles),
  ]);
  if (out.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git could not show what changed: ${out.stderr.trim()}`,
      await fetchStep(git),
    );
  const text = new TextDecoder().decode(out.stdout);
  return named.length > mostFiles
    ? `${text}\n(the first ${mostFiles} of ${named.length} files)\n`
    : text;
}
