import { type Presence, presenceIn } from '../core/trails/path-presence.ts';
import { CountersignError } from './errors.ts';
import type { Git } from './ports.ts';

const decoder = new TextDecoder();

/** What is at any path, and every path that is there. */
export type PathsOf = {
  readonly at: (path: string) => Presence;
  readonly paths: ReadonlySet<string>;
  /** The tree whose paths these are; absent for the working tree. */
  readonly tree?: string;
};

/**
 * What is at any path of the working tree; where nothing was checked out, of HEAD's tree.
 *
 * @param asked paths of which it shall be known whether an ignored file is there
 */
export async function presentPaths(git: Git, asked: readonly string[] = []): Promise<PathsOf> {
  const [staged, others] = await Promise.all([
    listed(git, ['--stage']),
    listed(git, ['--others', '--exclude-standard']),
  ]);
  const nothing = staged.length + others.length === 0;
  const tracked = entriesOf(nothing ? await treeLines(git) : staged);
  // An untracked repository inside this one is listed as a folder.
  const untracked = new Set(others);
  const unknown = asked.filter((path) => !tracked.has(path) && !untracked.has(path));
  const ignored =
    unknown.length === 0
      ? []
      : await listed(git, ['--others', '--', ...unknown.map((path) => `:(top,literal)${path}`)]);
  return {
    at: presenceIn({ tracked, untracked, ignored: new Set(ignored) }),
    paths: new Set([...tracked.keys(), ...untracked]),
    ...(nothing && tracked.size > 0 ? { tree: await headOf(git) } : {}),
  };
}

/** By its id: questions about objects are asked where no name of this repository is known. */
async function headOf(git: Git): Promise<string> {
  return (await git.text(['rev-parse', '--verify', 'HEAD'])).trim();
}

async function treeLines(git: Git): Promise<readonly string[]> {
  const out = await git.run(['ls-tree', '-r', '-z', '--full-tree', 'HEAD']);
  return out.code === 0 ? decoder.decode(out.stdout).split('\0') : [];
}

/** Modes by path: of lines that begin with a mode and end with a tab and a path. */
function entriesOf(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap((line): readonly (readonly [string, string])[] => {
      const tab = line.indexOf('\t');
      return tab === -1 ? [] : [[line.slice(tab + 1), line.slice(0, 6)]];
    }),
  );
}

async function listed(git: Git, args: readonly string[]): Promise<readonly string[]> {
  const out = await git.run(['ls-files', '-z', '--full-name', ...args]);
  if (out.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git could not list the files: ${out.stderr.trim()}`,
      'see what git says of it: git fsck',
    );
  return decoder
    .decode(out.stdout)
    .split('\0')
    .filter((line) => line !== '');
}
