import { createHash } from 'node:crypto';

/** One entry of git's raw diff: path bytes, modes, object ids. */
export type DiffEntry = {
  readonly path: Buffer;
  readonly oldMode: string;
  readonly oldOid: string;
  readonly newMode: string;
  readonly newOid: string;
};

/** Takes apart `git diff-tree -r -z --raw --no-abbrev`. */
export function readDiff(output: Buffer): readonly DiffEntry[] {
  const entries: DiffEntry[] = [];
  for (let at = 0; at < output.length; ) {
    const metaEnd = output.indexOf(0, at);
    const pathEnd = output.indexOf(0, metaEnd + 1);
    const [oldMode = '', newMode = '', oldOid = '', newOid = ''] = output
      .toString('latin1', at + 1, metaEnd)
      .split(' ');
    entries.push({ path: output.subarray(metaEnd + 1, pathEnd), oldMode, oldOid, newMode, newOid });
    at = pathEnd + 1;
  }
  return entries;
}

/** An entry with the digests of its content. */
export type Row = {
  readonly path: Buffer;
  readonly oldMode: string;
  readonly old: string;
  readonly newMode: string;
  readonly now: string;
};

/** The digest of a change as the design page describes it, from nothing but that description. */
export function digestOf(rows: readonly Row[]): string {
  const hash = createHash('sha256').update('model-change-v1\n');
  const nul = Buffer.from([0]);
  for (const row of [...rows].sort((a, b) => Buffer.compare(a.path, b.path))) {
    for (const field of [
      row.path,
      Buffer.from(row.oldMode),
      Buffer.from(row.old),
      Buffer.from(row.newMode),
      Buffer.from(row.now),
    ])
      hash.update(field).update(nul);
    hash.update('\n');
  }
  return `v1:${hash.digest('hex')}`;
}

/** The rows as a sign-off lists them. */
export function manifestRows(rows: readonly Row[]): readonly unknown[] {
  return [...rows]
    .sort((a, b) => Buffer.compare(a.path, b.path))
    .map(({ path, oldMode, old, newMode, now }) => [shown(path), oldMode, old, newMode, now]);
}

function shown(path: Buffer): unknown {
  const text = path.toString('utf8');
  return Buffer.from(text).equals(path) ? text : { b64: path.toString('base64') };
}
