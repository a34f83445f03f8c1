import { closeSync, openSync, writeSync } from 'node:fs';
import { constants, copyFile, lstat, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { missingHistory } from '../app/missing-history.ts';
import type { Git, LaidFile, LaidOut } from '../app/ports.ts';
import { insideOf, openFiles } from './files.ts';
import { type GitPlace, streamGit } from './git-process.ts';

type Source = { readonly place: GitPlace; readonly git: Pick<Git, 'run'> };

/**
 * Lays files out in a folder of their own: blobs as git has them, past every filter and every checkout, the others as they
 * lie in the working tree. The folder is gone after.
 *
 * @param from where git reads its objects, and git in the repository itself
 */
export async function layOut<T>(
  from: Source,
  top: string,
  laid: readonly LaidFile[],
  use: (place: LaidOut) => Promise<T>,
): Promise<T> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-data-')));
  try {
    for (const { path, oid } of laid) {
      const to = await insideOf(folder, path);
      await mkdir(dirname(to), { recursive: true });
      if (oid !== null) await writeBlob(from, oid, to);
      else await copyPlain(await insideOf(top, path), to);
    }
    return await use({
      files: openFiles(folder),
      openEngine: async (tables, signal) =>
        (await import('./duckdb-engine.ts')).openDuckdb(folder, tables, signal),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Piece by piece, so that memory does not grow with the data. */
async function writeBlob({ place, git }: Source, oid: string, to: string): Promise<void> {
  const file = openSync(to, 'wx');
  try {
    const end = await streamGit(place, ['cat-file', 'blob', oid], undefined, (piece) => {
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
    });
    if (end.code !== 0)
      throw await missingHistory(git, `the content of ${oid} is not in this clone`);
  } finally {
    closeSync(file);
  }
}

async function copyPlain(from: string, to: string): Promise<void> {
  if ((await lstat(from).catch(() => null))?.isFile())
    await copyFile(from, to, constants.COPYFILE_FICLONE);
}
