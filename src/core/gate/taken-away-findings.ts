import { shellWord } from '../render/shell-word.ts';
import type { Finding } from '../finding/finding.ts';
import type { LandingFiles } from './append-only-findings.ts';
import type { RawEntry } from './raw-diff.ts';

/** A signed file that had landed, and that a later commit of the target deleted or altered: `by` is that commit, `source` one that has it as it was signed. */
export type TakenFile = {
  readonly entry: Pick<RawEntry, 'path' | 'newMode' | 'oldOid'>;
  readonly by: string;
  readonly source: string;
  /** Whether it came as it is here by altering what lay there: nobody need put that back. */
  readonly isAlteration: boolean;
};

/**
 * Tells of signed files that were taken away on the target, past the gate: they are read as they were signed, so that nothing
 * passes for want of them. Not of those that the change brings back.
 */
export function takenAwayFindings(
  taken: readonly TakenFile[],
  landing: LandingFiles,
): readonly Finding[] {
  return taken.flatMap(
    ({ entry: { path, newMode, oldOid }, by, source, isAlteration }): readonly Finding[] => {
      if (path.text === null || isAlteration || landing.get(path.text) === oldOid) return [];
      const deleted = newMode === '000000';
      return [
        {
          code: deleted ? 'signoff/deleted' : 'signoff/edited',
          severity: 'warning',
          message: `a signed record that had landed was ${deleted ? 'deleted' : 'altered'} on the target in ${by.slice(0, 12)}; what it says still counts`,
          path: path.text,
          line: 1,
          column: 1,
          fix: `bring it back by a commit of its own: git restore --staged --worktree --source=${source.slice(0, 12)} -- ${shellWord(path.text)}`,
        },
      ];
    },
  );
}
