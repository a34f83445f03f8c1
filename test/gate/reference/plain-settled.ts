import type { Change } from './plain-change.ts';
import { digestOf } from './plain-digest.ts';
import { differences, type Tree } from './read-history.ts';
import { governs, rulesOf, type Terms } from './read-policy.ts';
import type { SignedFile } from './read-signed.ts';

type Row = readonly [
  path: string | { readonly b64: string },
  oldMode: string,
  old: string,
  newMode: string,
  now: string,
];

/** The paths that a list of files names, one character a byte. */
const rawOf = (path: Row[0]): string =>
  (typeof path === 'string' ? Buffer.from(path) : Buffer.from(path.b64, 'base64')).toString(
    'latin1',
  );

/** Whether a word was signed over some of these paths; over any, where it lists none. */
export function isOver({ payload }: SignedFile, paths: readonly string[]): boolean {
  const rows = payload.manifest as readonly Row[] | null;
  return rows === null ? paths.length > 0 : rows.some(([path]) => paths.includes(rawOf(path)));
}

/**
 * Whether the change that a word names has landed on the target: at some point its files are as it makes them, and at some
 * point before they were as it found them.
 *
 * @param since where the word lies: how many first parents back it came. What was taken back before that does not count
 */
export async function hasCome(
  word: SignedFile,
  change: Change,
  terms: Terms,
  since: number | null,
): Promise<boolean> {
  const { reader } = change;
  const line = await reader.line(change.tip);
  const trees: Tree[] = [
    ...(await Promise.all(line.map(({ oid }) => reader.tree(oid)))),
    new Map(),
  ];
  const rows = (word.payload.manifest ?? []) as readonly Row[];
  if (word.payload.manifest === null || !(await isWhole(word, rows)))
    return since !== null && cameAround(word, change, terms, { trees, since });
  const contentOf = async ({ mode, oid }: { mode: string; oid: string }): Promise<string> =>
    mode === '160000' ? `gitlink:${oid}` : await reader.sha256(oid);
  const shows = async (tree: Tree, side: 'old' | 'new'): Promise<boolean> => {
    for (const [path, oldMode, old, newMode, now] of rows) {
      const file = tree.get(rawOf(path));
      const content = file === undefined ? '-' : await contentOf(file);
      if (
        content !== (side === 'old' ? old : now) ||
        (file?.mode ?? '000000') !== (side === 'old' ? oldMode : newMode)
      )
        return false;
    }
    return rows.length > 0;
  };
  for (const [at, tree] of trees.entries()) {
    if (since !== null && at > since) break;
    if (!(await shows(tree, 'new'))) continue;
    for (const older of trees.slice(at + 1)) if (await shows(older, 'old')) return true;
  }
  return false;
}

/** Whether the list of files that was signed has the digest that was signed. */
async function isWhole({ payload }: SignedFile, rows: readonly Row[]): Promise<boolean> {
  const listed = [...rows].sort((a, b) =>
    Buffer.compare(Buffer.from(rawOf(a[0]), 'latin1'), Buffer.from(rawOf(b[0]), 'latin1')),
  );
  const side = (mode: string, oid: string): { mode: string; oid: string } | null =>
    mode === '000000' ? null : { mode, oid };
  // A reader whose objects are their own digests.
  const asWritten = { sha256: async (oid: string) => oid } as never;
  return (
    payload.digest ===
    (await digestOf(
      asWritten,
      listed.map(([path, oldMode, old, newMode, now]) => ({
        path: rawOf(path),
        before: side(oldMode, old.replace(/^gitlink:/, '')),
        after: side(newMode, now.replace(/^gitlink:/, '')),
      })),
    ))
  );
}

/** Where no list says which files it was: those of its rule, in some stretch around the point where the word came. */
async function cameAround(
  { payload }: SignedFile,
  { reader }: Change,
  { policy }: Terms,
  { trees, since }: { readonly trees: readonly Tree[]; readonly since: number },
): Promise<boolean> {
  const rules = rulesOf(policy);
  const rule = rules.find(({ id }) => id === payload.rule);
  if (rule === undefined) return false;
  for (let from = since + 1; from < trees.length - 1; from++)
    for (let to = since; to >= 0; to--) {
      const part = differences(trees[from] as Tree, trees[to] as Tree).filter(({ path }) =>
        governs(rule, rules, path),
      );
      if ((await digestOf(reader, part)) === payload.digest) return true;
    }
  return false;
}
