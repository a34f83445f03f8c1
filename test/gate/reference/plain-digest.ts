import { createHash } from 'node:crypto';
import type { Difference, HistoryReader } from './read-history.ts';

/** The digest of the files of a change, in the order of their paths' bytes. */
export async function digestOf(
  reader: HistoryReader,
  part: readonly Difference[],
): Promise<string> {
  const hash = createHash('sha256').update('model-change-v1\n');
  for (const { path, before, after } of part) {
    const content = async (file: Difference['before']): Promise<string> => {
      if (file === null) return '-';
      return file.mode === '160000' ? `gitlink:${file.oid}` : await reader.sha256(file.oid);
    };
    for (const field of [
      Buffer.from(path, 'latin1'),
      before?.mode ?? '000000',
      await content(before),
      after?.mode ?? '000000',
      await content(after),
    ])
      hash.update(field).update('\0');
    hash.update('\n');
  }
  return `v1:${hash.digest('hex')}`;
}
