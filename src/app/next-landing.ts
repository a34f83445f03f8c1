import type { Finding } from '../core/finding/finding.ts';
import { longestLanding } from '../core/gate/change-findings.ts';
import type { History } from './history.ts';
import { type JudgedStretch, judgeStretch, type ReplayTerms } from './judge-stretch.ts';
import { stretchOf } from './stretch.ts';
import type { Repository } from './repository.ts';

/**
 * The landing that begins at a step of a history: it ends at the first later commit where the gate over that stretch is met;
 * where there is none, it is that step alone, and is not met.
 */
export async function nextLanding(
  repository: Repository,
  history: History,
  at: number,
  terms: ReplayTerms,
): Promise<JudgedStretch> {
  const first = await judgeStretch(repository, history, stretchOf(history, at, at), terms);
  if (first.met) return first;
  for (let last = at + 1; last < Math.min(at + longestLanding, history.steps.length); last++) {
    const longer = await judgeStretch(repository, history, stretchOf(history, at, last), terms);
    if (longer.met) return longer;
    if (longer.cameAndWent.length > 0) return withFindings(first, longer.cameAndWent);
  }
  return first;
}

function withFindings(
  { audited, ...stretch }: JudgedStretch,
  more: readonly Finding[],
): JudgedStretch {
  const { landing } = audited;
  return {
    ...stretch,
    audited: { ...audited, landing: { ...landing, findings: [...more, ...landing.findings] } },
  };
}
