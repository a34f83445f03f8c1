import type { Finding } from '../core/finding/finding.ts';
import { type CheckedStamps, type Stamp, stampedCommit, stampFolder } from '../core/gate/stamp.ts';
import type { History } from './history.ts';
import type { Repository } from './repository.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

/** The stamps that hold, and what became of the others. */
export type ReadStamps = CheckedStamps & { readonly good: readonly Stamp[] };

const largestCommit = 16 * 1024 * 1024;

/**
 * Reads the stamps that lie at a target's tip.
 *
 * @param authorities absolute file of certificates (PEM) of those whose word is taken; null looks into none of them
 * @throws CountersignError where stamps cannot be looked into at all
 */
export async function readStamps(
  { git, readStamp }: Repository,
  { tip, steps }: { readonly tip: string; readonly steps: History['steps'] },
  authorities: string | null,
): Promise<ReadStamps> {
  const files = (await readTreeFiles(git, await listTree(git, tip, [stampFolder]))).filter(
    ({ mode }) => mode !== '120000',
  );
  if (authorities === null || files.length === 0)
    return { files: files.length, read: authorities !== null, findings: [], good: [] };
  const audited = new Set(steps.map(({ oid }) => oid));
  const findings: Finding[] = [];
  const good: Stamp[] = [];
  for (const { path, bytes } of files) {
    const commit = stampedCommit(path);
    if (commit === null || bytes === null) {
      findings.push(
        invalid(
          path,
          bytes === null ? 'it is larger than any stamp' : 'its name is not that of a commit',
        ),
      );
      continue;
    }
    // One over a commit of before the audit began is nobody's concern.
    if (!audited.has(commit)) continue;
    const content =
      (await git.objects([commit], largestCommit)).get(commit)?.bytes ?? new Uint8Array();
    const answer = await readStamp(content, bytes, authorities);
    if (answer.ok)
      good.push({
        commit,
        file: path,
        time: answer.time.toISOString().replace(/\.\d+Z$/, 'Z'),
        authority: answer.authority,
      });
    else findings.push(invalid(path, answer.why));
  }
  return { files: files.length, read: true, findings, good };
}

function invalid(path: string, why: string): Finding {
  return {
    code: 'audit/stamp',
    severity: 'warning',
    message: `this stamp proves no time: ${why}`,
    path,
    line: 1,
    column: 1,
    fix: 'have the commit stamped again (docs/stamps.md), or name the certificates of its authority with --stamp-ca',
  };
}
