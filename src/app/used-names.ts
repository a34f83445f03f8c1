import type { Finding } from '../core/finding/finding.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import type { JudgedException } from '../core/gate/exceptions.ts';
import { readSignedFile } from '../core/gate/signoff-file.ts';
import type { Git } from './ports.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

/**
 * Exceptions that a change brings under a name which another one bore before on the target: what was promised with the
 * one could be taken for the other's.
 */
export async function usedNameFindings(
  git: Git,
  tip: string,
  exceptions: readonly JudgedException[],
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const { file, id, landed } of exceptions)
    if (!landed && (await idsAt(git, tip, file)).some((other) => other !== id))
      found.push({
        code: 'exception/name-used',
        severity: 'error',
        message: 'another exception bore this name before on the target',
        path: file,
        line: 1,
        column: 1,
        fix: 'take the file out of the history of this branch (git rebase), and sign again: countersign sign --exception --rule <rule> --reason "…" --expires <time>',
      });
  return found;
}

/** The payloads of exceptions that ever lay at a path. */
async function idsAt(git: Git, tip: string, file: string): Promise<readonly string[]> {
  const touching = (
    await git.text(['rev-list', '--full-history', tip, '--', `:(top,literal)${file}`])
  )
    .split('\n')
    .filter((oid) => oid !== '');
  const ids: string[] = [];
  for (const oid of touching)
    for (const { bytes } of await readTreeFiles(git, await listTree(git, oid, [file]))) {
      const read = bytes === null ? null : readSignedFile('exception', bytes);
      if (read?.ok) ids.push(`sha256:${sha256Hex(read.payload)}`);
    }
  return ids;
}
