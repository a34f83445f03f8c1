import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CountersignError } from '../app/errors.ts';

const objectId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * What a merge takes in that is being concluded: all of it, of which `git rev-parse MERGE_HEAD` names only the first. Before
 * a merge commit that git makes itself there is no such file yet; then git names them to its hook by variables.
 *
 * @param environment that of the hook; of no process else
 */
export function readMergeHeads(
  gitDir: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const text = textOf(join(gitDir, 'MERGE_HEAD'));
  if (text === null)
    return Object.keys(environment)
      .flatMap((name) => /^GITHEAD_([0-9a-f]{40,64})$/.exec(name)?.[1] ?? [])
      .sort();
  const heads = text.split('\n').filter((line) => line !== '');
  const odd = heads.find((line) => !objectId.test(line));
  if (odd !== undefined || heads.length === 0)
    throw new CountersignError(
      'index/merge',
      `git's list of what the merge takes in cannot be read${odd === undefined ? '' : `: ${JSON.stringify(odd)}`}`,
      'conclude or abort the merge: git merge --abort',
    );
  return heads;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
