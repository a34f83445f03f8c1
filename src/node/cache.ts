import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cache } from '../app/ports.ts';
import { writeWhole } from './files.ts';

/** Derived data under the repository's git directory. What cannot be read or written is as if it were not there. */
export function openCache(folder: string): Cache {
  const place = (name: string): string => {
    if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new Error(`not a name for cached data: ${name}`);
    return join(folder, name);
  };
  return {
    read: (name) => readFile(place(name)).catch(() => null),
    // A read-only repository has no cache, and works all the same.
    write: (name, bytes) => writeWhole(place(name), bytes).catch(() => {}),
  };
}
