import { CountersignError } from './errors.ts';
import type { Git } from './ports.ts';

/** A file that the index has and that a sparse checkout, or somebody by hand, leaves out of the working tree. */
export type LeftOutFile = { readonly mode: string; readonly oid: string };

/**
 * The files below some folders or files, all where none is named, that are part of what is checked out though they do not
 * lie in the working tree: `git sparse-checkout` leaves them out. A file that was deleted is not among them.
 *
 * @throws CountersignError `git/failed`: what could not be listed must not look absent
 */
export async function leftOutFiles(
  git: Pick<Git, 'run'>,
  under: readonly string[],
): Promise<ReadonlyMap<string, LeftOutFile>> {
  const out = await git.run([
    'ls-files',
    '-t',
    '--stage',
    '-z',
    ...(under.length === 0 ? [] : ['--', ...under.map((path) => `:(top,literal)${path}`)]),
  ]);
  if (out.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git could not list what the working tree leaves out: ${out.stderr.trim()}`,
      'see what git says of it: git status',
    );
  const found = new Map<string, LeftOutFile>();
  for (const line of new TextDecoder().decode(out.stdout).split('\0')) {
    const [, mode, oid, path] = /^S (\d{6}) ([0-9a-f]+) 0\t(.+)$/s.exec(line) ?? [];
    if (mode !== undefined && oid !== undefined && path !== undefined && mode !== '160000')
      found.set(path, { mode, oid });
  }
  return found;
}

/** Whether a sparse checkout leaves files out here. */
export async function isSparse(git: Pick<Git, 'run'>): Promise<boolean> {
  const asked = await git.run(['config', '--type=bool', '--get', 'core.sparseCheckout']);
  return new TextDecoder().decode(asked.stdout).trim() === 'true';
}

/** How files are staged here: git refuses those that a sparse checkout leaves out, unless it is told. */
export async function stageCommand(git: Pick<Git, 'run'>): Promise<string> {
  return (await isSparse(git)) ? 'git add --sparse' : 'git add';
}
