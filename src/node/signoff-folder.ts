import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import type { TreeFile } from '../core/gate/judged-signoff.ts';
import { signoffFolder } from '../core/gate/signoff-path.ts';

/** Sign-offs that CI collected for people without a branch to push to: `<rule>/<file>` below a folder. */
export async function readSignoffFolder(cwd: string, folder: string): Promise<readonly TreeFile[]> {
  const top = resolve(cwd, folder);
  try {
    const entries = await readdir(top, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.yaml')).map((entry) => join(entry.parentPath, entry.name));
    return await Promise.all(files.sort().map(async (file) => ({ path: signoffFolder + relative(top, file).split(sep).join('/'), mode: '100644', bytes: await readFile(file) })));
  } catch (cause) {
    throw new CountersignError('signoffs/unreadable', `the folder ${folder} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, 'name a folder that holds <rule>/<sign-off>.yaml', { cause });
  }
}
