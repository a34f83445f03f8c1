import type { Difference, HistoryReader, Tree } from './read-history.ts';

/**
 * When what a change brings was last taken off the target, in milliseconds; null where it never stood there. The target is
 * gone back commit by commit, always to the first parent, until all the change's files are as the change makes them, or
 * there is nothing before. The commits from there back date it, none of which may be still to come: the latest time that one
 * of them claims counts, as for every landing.
 */
export async function lastTakenOff(reader: HistoryReader, tip: string, part: readonly Difference[], now: Date): Promise<number | null> {
  const line = await reader.line(tip);
  const found: readonly Tree[] = [...(await Promise.all(line.slice(1).map(({ oid }) => reader.tree(oid)))), new Map()];
  const file = (tree: Tree | undefined, path: string): string => `${tree?.get(path)?.mode} ${tree?.get(path)?.oid}`;
  const took = found.findIndex((tree) => part.every(({ path, after }) => file(tree, path) === `${after?.mode} ${after?.oid}`));
  if (took === -1) return null;
  const times = line.slice(took).map(({ time }) => time).filter((time) => time <= now.getTime());
  return times.sort((a, b) => b - a)[0] ?? null;
}
