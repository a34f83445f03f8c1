import type { Finding } from '../finding/finding.ts';
import { isPast } from '../reviews/review-threads.ts';
import type { JudgedException } from './exceptions.ts';
import type { RawPath } from './raw-path.ts';

/** A promise that the policy forgot: it has no rule any more, over the files that the promise is about, under which its approvals could be signed. */
export type ForgottenPromise = {
  readonly exception: Pick<JudgedException, 'file' | 'payload'>;
  /** Whether the rule of then governed a path. */
  readonly governs: (path: RawPath) => boolean;
};

/**
 * What a policy lost that was put in place past the gate, or before the gate looked after this. Where the day of the promise
 * is over, nothing lands that touches what its rule governed; words, and the policy that brings the rule back, still do.
 *
 * @param change the paths that it touches, and whether these are words and the policy alone
 */
export function forgottenFindings(
  promises: readonly ForgottenPromise[],
  change: { readonly paths: readonly RawPath[]; readonly wordsAlone: boolean; readonly now: Date },
): readonly Finding[] {
  return promises.flatMap(({ exception: { file, payload }, governs }): readonly Finding[] => {
    if (payload === null) return [];
    const { person, follow_up_by, rule } = payload;
    const holds =
      isPast(follow_up_by, change.now) && !change.wordsAlone && change.paths.some(governs);
    return [
      {
        code: 'exception/forgotten',
        severity: holds ? 'error' : 'warning',
        message: `the approvals that ${person} promised by ${follow_up_by} did not come, and the policy has no rule ${rule} over these files any more under which they could`,
        path: file,
        line: 4,
        column: 1,
        fix: `bring the rule ${rule} back as it was by a policy change; the missing approvals sign under it`,
      },
    ];
  });
}
