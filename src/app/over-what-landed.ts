import type { JudgedException } from '../core/gate/exceptions.ts';
import type { JudgedSignoff } from '../core/gate/judged-signoff.ts';
import { supposedTerms } from './landed-terms.ts';
import { landingOf } from './landing-of.ts';
import type { Repository } from './repository.ts';
import { type RuledChange, scopesOf } from './ruled-change.ts';

/**
 * Whether a landed sign-off is over what landed with it, or over what an exception let land before. Null where nobody can
 * say: it has not landed on this target, or no policy knows its rule.
 *
 * @param place where it lies at the tip
 * @param exceptions those that landed
 */
export async function overWhatLanded(
  repository: Repository,
  ruled: RuledChange,
  signoff: JudgedSignoff,
  {
    place,
    exceptions,
  }: { readonly place: string; readonly exceptions: readonly JudgedException[] },
): Promise<boolean | null> {
  const { payload, landed } = signoff;
  const { change, base } = ruled;
  if (!landed || payload === null || payload.target !== change.target) return null;
  // The rule may govern other files since.
  const policies = [base?.policy, (await supposedTerms(repository, ruled, place))?.policy];
  const parts = policies.flatMap((policy) =>
    policy ? scopesOf(policy).filter(({ rule }) => rule.id === payload.rule) : [],
  );
  if (parts.length === 0) return null;
  const { digest } = payload;
  const promised = exceptions.flatMap((exception) =>
    exception.landed &&
    exception.payload?.rule === payload.rule &&
    exception.payload.digest === digest
      ? [exception.file]
      : [],
  );
  for (const part of parts) {
    for (const file of [place, ...promised])
      if ((await landingOf(repository.git, change.tip, file, { part, digest })) !== null)
        return true;
  }
  return false;
}
