import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import { collectedSigned } from '../core/gate/collected-signed.ts';
import type { TreeFile } from '../core/gate/judged-signoff.ts';

/** What CI collected from people without a branch to push to: every YAML file below a folder, under whatever name. */
export async function readSignoffFolder(cwd: string, folder: string): Promise<readonly TreeFile[]> {
  const top = resolve(cwd, folder);
  try {
    const entries = await readdir(top, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    return (
      await Promise.all(
        files
          .sort()
          .map(async (file) =>
            collectedSigned(relative(top, file).split(sep).join('/'), await readFile(file)),
          ),
      )
    ).flat();
  } catch (cause) {
    throw new CountersignError(
      'signoffs/unreadable',
      `the folder ${folder} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      'name a folder that holds what countersign sign --print wrote',
      { cause },
    );
  }
}

/** One file of signed records that somebody sent. */
export async function readSentFile(cwd: string, file: string): Promise<readonly TreeFile[]> {
  try {
    return collectedSigned(basename(file), await readFile(resolve(cwd, file)));
  } catch (cause) {
    throw new CountersignError(
      'signoffs/unreadable',
      `the file ${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      'name a file that countersign sign --print wrote',
      { cause },
    );
  }
}
