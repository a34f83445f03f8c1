import { digestOf } from './plain-digest.ts';
import type { Difference, HistoryReader, Tree } from './read-history.ts';

/**
 * When what a change brings was last taken off the target, in milliseconds; null where it never stood there. The target is
 * gone back commit by commit, always to the first parent, until all the change's files are as the change makes them, or
 * there is nothing before. The commits from there back date it, none of which may be still to come: the latest time that one
 * of them claims counts, as for every landing, or that any signed file for something else claims which stands there once it was taken off.
 */
export async function lastTakenOff(
  reader: HistoryReader,
  tip: string,
  part: readonly Difference[],
  now: Date,
): Promise<number | null> {
  const line = await reader.line(tip);
  const found: readonly Tree[] = [
    ...(await Promise.all(line.slice(1).map(({ oid }) => reader.tree(oid)))),
    new Map(),
  ];
  const file = (tree: Tree | undefined, path: string): string =>
    `${tree?.get(path)?.mode} ${tree?.get(path)?.oid}`;
  const took = found.findIndex((tree) =>
    part.every(({ path, after }) => file(tree, path) === `${after?.mode} ${after?.oid}`),
  );
  if (took === -1) return null;
  const there = await reader.tree((line[took] as { readonly oid: string }).oid);
  const signed = await Promise.all(
    [...there.keys()]
      .filter((path) => /^\.countersign\/(?:signoffs|exceptions)\//.test(path))
      .map((path) => reader.text(there, path)),
  );
  // What was signed for this very change says when it landed, and not when it was taken off.
  const own = await digestOf(reader, part);
  const claimed = signed
    .filter((text) => !text?.includes(`"digest":"${own}"`))
    .map((text) => Date.parse(/^ {2}\{.*"signed_at":"([^"]*)"/m.exec(text ?? '')?.[1] ?? ''));
  const times = [...line.slice(took).map(({ time }) => time), ...claimed].filter(
    (time) => time <= now.getTime(),
  );
  return times.sort((a, b) => b - a)[0] ?? null;
}
