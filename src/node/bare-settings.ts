import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
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
