import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeModelRepository } from './model-repository.ts';

/** The file that is there once anybody has called git, relative to the top of the repository. */
export const traceOfGit = '.git/somebody-called-git';

/**
 * A model repository, and a program called `git` that says that it was called and does nothing else.
 *
 * @returns the folder of that program, for the beginning of PATH
 */
export function writeUntrustedRepository(folder: string): string {
  writeModelRepository(folder);
  const bin = join(folder, '.git', 'strangers-programs');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'git'),
    `#!/bin/sh\necho "$@" >> '${join(folder, traceOfGit)}'\nexit 1\n`,
  );
  chmodSync(join(bin, 'git'), 0o755);
  return bin;
}
