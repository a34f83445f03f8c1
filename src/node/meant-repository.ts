import { isAbsolute, relative } from 'node:path';

/** A repository as git names it: its own git folder, and the top of its working tree. Absolute; links resolved. */
export type FoundRepository = { readonly gitDir: string; readonly top: string };

/** Where somebody asks from, and in what way. */
export type Asking = {
  /** Absolute folder that is asked about; links resolved. */
  readonly folder: string;
  /** Whether somebody named the folder, and did not only stand in it. */
  readonly named: boolean;
  /** Whether git itself started this process as a hook. */
  readonly hook: boolean;
  /** Whether GIT_WORK_TREE says where the working tree of the variables' repository lies. Without it git takes any folder for its top. */
  readonly placed: boolean;
};

/**
 * Which of two repositories is meant: the one around the folder, or the one that inherited variables name. Variables that a
 * hook got belong to the repository whose hook it is, which need not be the one that it asks about; outside of a hook they
 * never choose one.
 *
 * @param around the repository around the folder, found without any variable; null where there is none
 * @param told the one that the variables name; null where they name none
 * @returns `variables`: the one that they name, and they are believed; `folder`: the one around the folder, without them;
 *   `either`: both could be meant, and a commit of one must not be judged as one of the other
 */
export function meantRepository(
  around: FoundRepository | null,
  told: FoundRepository | null,
  { folder, named, hook, placed }: Asking,
): 'variables' | 'folder' | 'either' {
  if (told === null) return 'folder';
  if (around?.gitDir === told.gitDir) return 'variables';
  if (!hook) return 'folder';
  if (around === null) return isWithin(folder, told.top) ? 'variables' : 'folder';
  // A working tree that git was told of, inside of another repository's: the inner one is nearer.
  if (placed && told.top !== around.top && isWithin(told.top, around.top)) return 'variables';
  return named ? 'folder' : 'either';
}

/** Whether a folder is another one or lies below it. */
function isWithin(folder: string, top: string): boolean {
  const way = relative(top, folder);
  return way !== '..' && !way.startsWith('../') && !way.startsWith('..\\') && !isAbsolute(way);
}
