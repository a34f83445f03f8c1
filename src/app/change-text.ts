import { CountersignError } from './errors.ts';
import type { Files } from './ports.ts';

/** Where texts of records are read and written: a disk, or an editor in which unsaved changes count. */
export type Texts = {
  /** Null where the file is not there. */
  read(path: string): Promise<string | null>;
  write(path: string, text: string): Promise<void>;
};

/** How often a text may move under us before we say so. */
const patience = 5;

/**
 * Changes a text as it stands at that moment: read, changed, and written only where it still reads the same; else the change
 * is made anew of what stands there now.
 *
 * @param change gives the new text; the same one writes nothing
 * @throws CountersignError `record/not-written` where the file is gone, or somebody else writes it all the time
 */
export async function changeText(
  texts: Texts,
  path: string,
  change: (text: string) => string,
): Promise<{ readonly before: string; readonly after: string }> {
  for (let left = patience; left > 0; left--) {
    const before = await texts.read(path);
    if (before === null)
      throw new CountersignError('record/not-written', `${path} is not there any more`);
    const after = change(before);
    if (after === before) return { before, after };
    if ((await texts.read(path)) !== before) continue;
    await texts.write(path, after);
    return { before, after };
  }
  throw new CountersignError(
    'record/not-written',
    `${path} changes all the time`,
    'wait until whatever writes it has ended, then do this again',
  );
}

/** The texts of a working tree. A byte order mark stays. */
export function textsOf(files: Files): Texts {
  return {
    read: async (path) => {
      const bytes = await files.read(path);
      return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    },
    write: (path, text) => files.write(path, new TextEncoder().encode(text)),
  };
}
