import type { Git } from './ports.ts';
import { takenAway } from './taken-away.ts';
import { listTree } from './tree-files.ts';

/**
 * The first-parent commits that brought a file as it lies at a tip, oldest first: several where it was taken away and put
 * back. What else bore its name before says nothing of it, unless it is a signed file that was taken away: of these come
 * then the commits that brought them as they were signed.
 */
export async function broughtBy(git: Git, tip: string, file: string): Promise<readonly string[]> {
  const key = `brought ${tip} ${file}`;
  const known = git.memory?.get(key) as readonly string[] | undefined;
  if (known) return known;
  const found = await findBringing(git, tip, file);
  git.memory?.set(key, found);
  return found;
}

async function findBringing(git: Git, tip: string, file: string): Promise<readonly string[]> {
  const touching = await firstParents(git, [tip, '--', `:(top,literal)${file}`]);
  if (touching.length < 2) return touching;
  const gone = (await takenAway(git, tip)).flatMap(({ entry: { path, oldMode, oldOid } }) =>
    path.text === file ? [`${oldMode} ${oldOid}`] : [],
  );
  const blobs = await Promise.all(touching.map((oid) => blobAt(git, oid, file)));
  const versions = new Set([blobs[0] ?? null, ...gone]);
  return [...versions].flatMap((version) =>
    version === null ? [] : touching.filter((_, index) => blobs[index] === version).toReversed(),
  );
}

async function blobAt(git: Git, commit: string, file: string): Promise<string | null> {
  const entry = (await listTree(git, commit, [file])).find(({ path }) => path.text === file);
  return entry === undefined ? null : `${entry.mode} ${entry.oid}`;
}

/** First-parent commits, newest first, as `rev-list` is asked for them. */
export async function firstParents(git: Git, asked: readonly string[]): Promise<readonly string[]> {
  return (await git.text(['rev-list', '--first-parent', ...asked]))
    .split('\n')
    .filter((oid) => oid !== '');
}
