import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CountersignError } from '../app/errors.ts';
import { compareText } from '../core/finding/finding.ts';
import type { FileEntry, Files } from '../app/ports.ts';
import { takeTurns } from './turns.ts';

/** Files of a repository that are open at a time: a container lets a program have 1,024, a shell perhaps 256, and git needs some. */
const opening = takeTurns(32);

/**
 * The files of a working tree, by paths from its top.
 *
 * @param scratch absolute folder in which a file is made before it stands in its place: one that git does not look into,
 *   or an editor that stages everything at that moment names a file to git that is gone
 */
export function openFiles(top: string, scratch?: string): Files {
  return {
    read: (path, limit = Number.POSITIVE_INFINITY) =>
      opening(() =>
        withFile(top, path, async (file) =>
          (await file.stat()).size > limit ? null : file.readFile(),
        ),
      ),
    sha256: (path) =>
      opening(() =>
        withFile(top, path, async (file) => {
          const hash = createHash('sha256');
          for await (const piece of file.createReadStream({ autoClose: false }))
            hash.update(piece as Buffer);
          return hash.digest('hex');
        }),
      ),
    list: async (folder) => {
      await insideOf(top, folder);
      return (await listBelow(top, folder.replace(/\/$/, ''))).sort((a, b) =>
        compareText(a.path, b.path),
      );
    },
    write: async (path, bytes) =>
      writeWhole(await insideOf(top, path), bytes, scratch).catch((cause: unknown) => {
        throw readOnly(path, cause) ?? cause;
      }),
    remove: async (path) => rm(await insideOf(top, path), { force: true }),
  };
}

/** Why nothing can be written, where that is nobody's fault but the place's; null for any other reason. */
function readOnly(path: string, cause: unknown): CountersignError | null {
  const { code } = cause as NodeJS.ErrnoException;
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
    ? new CountersignError(
        'path/read-only',
        `${path} cannot be written: you may only read here`,
        'work in a clone of your own: git clone',
        { cause },
      )
    : null;
}

/** Does something with an open regular file; null where there is none. A link is refused, also where it was put there a moment ago. */
async function withFile<T>(
  top: string,
  path: string,
  use: (file: FileHandle) => Promise<T>,
): Promise<T | null> {
  const absolute = await insideOf(top, path);
  const file = await open(absolute, constants.O_RDONLY | constants.O_NOFOLLOW).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      if (error.code === 'ELOOP') throw throughLink(path);
      throw error;
    },
  );
  if (file === null) return null;
  try {
    return (await file.stat()).isFile() ? await use(file) : null;
  } finally {
    await file.close();
  }
}

/** Writes a file whole or not at all; a file that was there keeps its mode. @param scratch where it is made, else beside its place */
export async function writeWhole(
  absolute: string,
  bytes: Uint8Array,
  scratch = dirname(absolute),
): Promise<void> {
  const beside = dirname(absolute);
  await mkdir(beside, { recursive: true });
  if (scratch === beside) return moveIn(absolute, bytes, beside);
  // A folder that cannot be written to, or lies on another disk, is of no use.
  await mkdir(scratch, { recursive: true })
    .then(() => moveIn(absolute, bytes, scratch))
    .catch(() => moveIn(absolute, bytes, beside));
}

async function moveIn(absolute: string, bytes: Uint8Array, scratch: string): Promise<void> {
  const before = await stat(absolute).catch(() => null);
  const temporary = join(scratch, `${basename(absolute)}.${randomBytes(6).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx', before ? before.mode & 0o777 : 0o666);
  try {
    await file
      .writeFile(bytes)
      .then(() => file.sync())
      .finally(() => file.close());
    await rename(temporary, absolute);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The absolute path of a file that really lies in the working tree: no `..`, and no symbolic link on the way. */
export async function insideOf(top: string, path: string): Promise<string> {
  const parts = path.replace(/\/$/, '').split('/');
  if (
    path.startsWith('/') ||
    parts.some(
      (part) =>
        part === '..' ||
        part === '.' ||
        part.includes('\0') ||
        (process.platform === 'win32' && /[\\:]/.test(part)),
    )
  ) {
    throw new CountersignError(
      'path/outside',
      `${JSON.stringify(path)} is not a path inside the repository`,
      'write paths from the top of the repository, with /',
    );
  }
  let way = top;
  for (const part of parts.slice(0, -1)) {
    way = join(way, part);
    if ((await lstat(way).catch(() => null))?.isSymbolicLink()) throw throughLink(path);
  }
  return join(top, ...parts);
}

function throughLink(path: string): CountersignError {
  return new CountersignError(
    'path/link',
    `the way to ${path} goes through a symbolic link`,
    'records must be plain files: put the files themselves there',
  );
}

async function listBelow(top: string, folder: string): Promise<FileEntry[]> {
  const entries = await readdir(join(top, folder), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
      throw error;
    },
  );
  const found: FileEntry[] = [];
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await listBelow(top, path)));
    else if (entry.isFile() || entry.isSymbolicLink()) {
      const { size, mtimeNs, ctimeNs, ino } = await lstat(join(top, path), { bigint: true });
      found.push({
        path,
        kind: entry.isFile() ? 'file' : 'link',
        size: Number(size),
        stamp: `${size}-${mtimeNs}-${ctimeNs}-${ino}`,
      });
    }
  }
  return found;
}
