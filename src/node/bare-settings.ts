import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { GitPlace } from './git-process.ts';

/** Where a repository keeps its objects, and how it names them. */
export type ObjectStore = { readonly folder: string; readonly format: string };

/**
 * The same objects seen through a git folder that holds nothing else: no settings, attributes, merge drivers, grafts, marks
 * of a shallow clone or promises of a partial one. What would land must not depend on what a repository's own folder, its
 * working tree or its user tell git; and what is missing must be an error.
 */
export function bareSettings({ environment }: GitPlace, store: ObjectStore): GitPlace {
  const folder = emptyGitFolder(store.format);
  const { GIT_WORK_TREE, GIT_COMMON_DIR, GIT_INDEX_FILE, GIT_OBJECT_DIRECTORY, ...rest } =
    environment;
  return {
    directory: folder,
    environment: {
      ...rest,
      GIT_DIR: folder,
      GIT_OBJECT_DIRECTORY: GIT_OBJECT_DIRECTORY ?? store.folder,
      GIT_CONFIG_GLOBAL: devNull,
      GIT_CONFIG_NOSYSTEM: '1',
    },
  };
}

/**
 * Variables by which git writes its objects beside a repository that nobody may write to, such as a mount for auditors, and
 * reads both; none where it can be written to.
 */
export function scratchObjects(
  { environment }: GitPlace,
  store: ObjectStore,
): Readonly<Record<string, string>> {
  const { GIT_OBJECT_DIRECTORY: own = store.folder, GIT_ALTERNATE_OBJECT_DIRECTORIES: others } =
    environment;
  if (isWritable(own)) return {};
  return {
    GIT_OBJECT_DIRECTORY: join(emptyGitFolder(store.format), 'objects'),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: [listedFolder(own), ...(others ? [others] : [])].join(
      delimiter,
    ),
  };
}

/**
 * A copy of an index that nobody may lock where it lies, in a folder of this process; null where it can be locked, or there
 * is none. Whoever writes a tree of an index locks it.
 */
export function unlockedIndex(indexFile: string, { format }: ObjectStore): string | null {
  if (isWritable(dirname(indexFile)) || !existsSync(indexFile)) return null;
  // Not as the index of that folder itself, which git would read there.
  const folder = join(emptyGitFolder(format), 'copied');
  mkdirSync(folder, { recursive: true });
  const copy = join(folder, 'index');
  copyFileSync(indexFile, copy);
  chmodSync(copy, 0o600);
  return copy;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A folder as git reads it in a list of folders: in quotes where it could be taken for two. */
function listedFolder(folder: string): string {
  return folder.includes(delimiter) || folder.startsWith('"')
    ? `"${folder.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
    : folder;
}

const folders = new Map<string, string>();

/** One folder a process and object format, made anew where somebody cleaned it away. */
function emptyGitFolder(format: string): string {
  const known = folders.get(format);
  if (known !== undefined && existsSync(join(known, 'config'))) return known;
  const made = makeGitFolder(format);
  folders.set(format, made);
  return made;
}

/** At once: these few calls take less time than to wait for others to do them. */
function makeGitFolder(format: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-git-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['objects', 'refs']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'HEAD'), 'ref: refs/heads/none\n');
  const extension = format === 'sha1' ? '' : `[extensions]\n\tobjectFormat = ${format}\n`;
  writeFileSync(
    join(folder, 'config'),
    `[core]\n\trepositoryFormatVersion = ${format === 'sha1' ? 0 : 1}\n\tbare = true\n${extension}`,
  );
  return folder;
}
