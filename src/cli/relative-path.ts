import { relative, resolve, sep } from 'node:path';

/** A path of the command line as records write it: from the repository's top, with `/`. */
export function relativePath(top: string, cwd: string, path: string): string {
  return relative(top, resolve(cwd, path)).split(sep).join('/');
}
