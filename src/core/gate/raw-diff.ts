import { bytesToRaw, type RawPath, rawPathOf, rawToBytes } from './raw-path.ts';

/** One changed path between two trees, as `git diff-tree --raw` tells it. Modes are six octal digits, `000000` when absent. */
export type RawEntry = {
  readonly path: RawPath;
  readonly oldMode: string;
  readonly newMode: string;
  /** Object ids in full; all zeros when absent. */
  readonly oldOid: string;
  readonly newOid: string;
};

/** The entries of one comparison. `header` is the line that `diff-tree --stdin` prints before each pair, else empty. */
export type RawDiff = { readonly header: string; readonly entries: readonly RawEntry[] };

const meta = /^:(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])\d*$/;

/**
 * Takes apart the output of `git diff-tree -r -z --raw --no-abbrev --no-renames`.
 *
 * @throws Error where it is anything else: what could not be read must never look like "nothing changed"
 */
export function parseRawDiff(output: Uint8Array): readonly RawDiff[] {
  const diffs: { header: string; entries: RawEntry[] }[] = [];
  const fields = bytesToRaw(output).split('\0');
  for (let index = 0; index < fields.length; index++) {
    // Headers end in a line feed even where fields end in NUL: several may stand before an entry, or at the very end.
    const lines = (fields[index] as string).split('\n');
    const field = lines.pop() as string;
    for (const header of lines) diffs.push({ header, entries: [] });
    if (field === '' && index === fields.length - 1) break;
    const found = meta.exec(field);
    const path = fields[++index];
    // A path ends in NUL too: the last field is what a broken answer ended in.
    if (
      !found ||
      path === undefined ||
      index === fields.length - 1 ||
      found[5] === 'R' ||
      found[5] === 'C'
    )
      throw new Error(`git's raw diff could not be read at ${JSON.stringify(field)}`);
    if (diffs.length === 0) diffs.push({ header: '', entries: [] });
    const [, oldMode = '', newMode = '', oldOid = '', newOid = ''] = found;
    diffs.at(-1)?.entries.push({ path: rawPathOf(path), oldMode, newMode, oldOid, newOid });
  }
  return diffs;
}

/** An entry of `git ls-tree -r -z`. */
export type TreeEntry = {
  readonly path: RawPath;
  readonly mode: string;
  readonly type: string;
  readonly oid: string;
  readonly line: Uint8Array;
};

/** An entry by its path, mode and object id. `oid` is read, and `line` made, when it is asked for: few who list a tree digest it. */
export function treeEntry(path: RawPath, from: Pick<TreeEntry, 'mode' | 'oid'>): TreeEntry {
  const { mode } = from;
  const type = mode === '160000' ? 'commit' : 'blob';
  return {
    path,
    mode,
    type,
    get oid() {
      return from.oid;
    },
    get line() {
      return rawToBytes(`${mode} ${type} ${from.oid}\t${path.raw}`);
    },
  };
}

/** Takes apart the output of `git ls-tree -r -z`; `line` holds each entry's own bytes without the NUL. */
export function parseTree(output: Uint8Array): readonly TreeEntry[] {
  const fields = bytesToRaw(output).split('\0');
  if (fields.pop() !== '') throw new Error("git's list of a tree ended in the middle of an entry");
  return fields.map((text) => {
    const found = /^(\d{6}) ([a-z]+) ([0-9a-f]{40,64})\t(.+)$/s.exec(text);
    if (!found) throw new Error("git's list of a tree could not be read");
    const [, mode = '', type = '', oid = '', path = ''] = found;
    return {
      path: rawPathOf(path),
      mode,
      type,
      oid,
      // Made when it is asked for: few who list a tree digest it.
      get line() {
        return rawToBytes(text);
      },
    };
  });
}
