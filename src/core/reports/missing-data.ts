import type { Finding } from '../finding/finding.ts';
import type { ParsedRecord } from '../records/parse-record.ts';
import { dataProblemWords, type ProblemWords } from './data-problem.ts';
import { sides } from './evaluation-plan.ts';

/**
 * Why data are not in the working tree: a pointer stands in their place, git is told to ignore them, so that no clone has
 * them, or nothing is known of them.
 */
export type DataAbsence =
  | { readonly kind: 'dvc'; readonly pointer: string }
  | { readonly kind: 'lfs' | 'ignored' | 'unknown' };

/**
 * Tells of each evaluation whose data are not here: it cannot be measured.
 *
 * @param absent why, by the path that an evaluation names; a path that is here is not in it
 */
export function missingDataFindings(
  records: readonly ParsedRecord[],
  absent: ReadonlyMap<string, DataAbsence>,
): readonly Finding[] {
  return records.flatMap((record): readonly Finding[] => {
    if (record.kind !== 'evaluation') return [];
    const { data } = record.value;
    return sides.flatMap((side) =>
      [
        { path: data[side]?.path, at: ['data', side, 'path'] },
        { path: data[side]?.labels?.path, at: ['data', side, 'labels', 'path'] },
      ].flatMap(({ path, at }): readonly Finding[] => {
        const absence = path === undefined ? undefined : absent.get(path);
        if (path === undefined || absence === undefined) return [];
        return [
          {
            code: 'record/no-data',
            severity: 'warning',
            ...absenceWords(path, absence),
            ...record.locate(at),
          },
        ];
      }),
    );
  });
}

function absenceWords(path: string, absence: DataAbsence): ProblemWords {
  switch (absence.kind) {
    case 'dvc':
      return dataProblemWords(path, absence);
    case 'lfs':
      return dataProblemWords(path, { kind: 'content', is: 'a pointer of git LFS', as: 'data' });
    case 'ignored':
      return {
        message: `there is no file ${path}, and git is told to ignore it, so no clone has it`,
        fix: 'bring it here from where it is kept, or mend data in the evaluation',
      };
    case 'unknown':
      return {
        message: `there is no file ${path}`,
        fix: 'make the predictions first, or mend data in the evaluation',
      };
  }
}
