import { plannedTarget, sameTargets, statedTarget } from '../core/reports/earlier-looks.ts';
import type { PlanHistory } from '../core/reports/report.ts';
import { evaluationAt } from './check-evidence.ts';
import { CountersignError } from './errors.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { committedResults, resultsHere } from './known-results.ts';
import type { Git } from './ports.ts';
import type { Repository } from './repository.ts';

/**
 * Whether the targets of today stood in a commit before the first result was kept, and no result was judged by others. That
 * is asked of git's history and of the results that are known, and where they do not show it, it is not said.
 */
export async function planHistory(
  { git, files }: Repository,
  { evaluation, targets }: EvaluationContext,
): Promise<PlanHistory> {
  const wanted = targets.map(plannedTarget);
  const committed = await committedResults(git, evaluation.id);
  if (committed === null)
    return { before: false, why: 'this clone does not hold the whole history' };
  const results = [...committed, ...(await resultsHere(files, evaluation.id))];
  const moved = results.some(
    ({ result }) =>
      !sameTargets(result.targets.map(statedTarget), wanted) ||
      (result.earlier ?? []).some((look) => !sameTargets(look.targets, wanted)),
  );
  if (moved) return { before: false, why: 'earlier results were judged by other targets' };
  const first = committed[0]?.commit;
  const stood = await targetsAt(git, first === undefined ? 'HEAD' : `${first}^`, evaluation.id);
  if (stood === null || !sameTargets(stood, wanted))
    return {
      before: false,
      why:
        first === undefined
          ? 'they are not committed'
          : 'no commit before the first result has these targets',
    };
  return { before: true, why: null };
}

async function targetsAt(
  git: Git,
  revision: string,
  id: string,
): Promise<readonly string[] | null> {
  const tree = await git.run(['rev-parse', '--verify', '--quiet', `${revision}^{tree}`]);
  if (tree.code !== 0) return null;
  try {
    const context = await evaluationAt(git, new TextDecoder().decode(tree.stdout).trim(), id, 0);
    return context === null ? null : context.targets.map(plannedTarget);
  } catch (error) {
    // A plan that cannot be read says nothing of targets.
    if (error instanceof CountersignError) return null;
    throw error;
  }
}
