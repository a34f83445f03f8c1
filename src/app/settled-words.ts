import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { parseSignoffPath } from '../core/gate/signoff-path.ts';
import type { Change } from './change.ts';
import type { SignedFiles } from './check-signoffs.ts';
import { isSettled } from './landed-change.ts';
import { claimedSignoff } from './claimed-signoff.ts';
import type { Git } from './ports.ts';

/**
 * Landed rejects and withdrawals of which the change that they name has landed, by their files. One that a commit of the
 * range brings again is none of them: whoever landed its file by itself takes nothing from what the branch says.
 */
export async function settledWords(
  git: Git,
  { tip, commits }: Pick<Change, 'tip' | 'commits'>,
  { landed }: SignedFiles,
  policy: GatePolicy,
): Promise<ReadonlySet<string>> {
  const brought = new Set(
    commits.flatMap(({ touched }) =>
      touched.flatMap(({ path, newMode }) => (newMode === '000000' ? [] : [path.text])),
    ),
  );
  const settled = new Set<string>();
  for (const file of landed) {
    const payload =
      parseSignoffPath(file.path) === null || brought.has(file.path)
        ? null
        : claimedSignoff(file.bytes);
    if (
      payload !== null &&
      payload.decision !== 'approve' &&
      (await isSettled(git, tip, { file: file.path, payload }, policy))
    )
      settled.add(file.path);
  }
  return settled;
}
