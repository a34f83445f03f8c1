import type { Finding } from '../core/finding/finding.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { evaluationAt } from './check-evidence.ts';
import type { Change } from './change.ts';
import { CountersignError } from './errors.ts';
import type { Git } from './ports.ts';

/** A record by which a change says what an evaluation measures, or what is good enough. */
export type ChangedPlan = { readonly evaluation: string; readonly path: string };

/**
 * The records in which the plans of some evaluations differ between a target's tip and what lands: edited, new, or no part
 * of the plan any more, so that a target which is dropped shows as well as one that is lowered.
 */
export async function changedPlans(
  git: Git,
  { tip, lands }: Pick<Change, 'tip' | 'lands'>,
  evaluations: readonly string[],
): Promise<readonly ChangedPlan[]> {
  const found: ChangedPlan[] = [];
  for (const evaluation of [...new Set(evaluations)].sort()) {
    const [before, now] = [
      await planAt(git, tip, evaluation),
      await planAt(git, lands, evaluation),
    ];
    const paths = [...new Set([...before.keys(), ...now.keys()])].filter(
      (path) => before.get(path) !== now.get(path),
    );
    found.push(...paths.sort().map((path) => ({ evaluation, path })));
  }
  return found;
}

/** Digests of the records of a plan; none where the plan is not whole there. */
async function planAt(
  git: Git,
  tree: string,
  evaluation: string,
): Promise<ReadonlyMap<string, string>> {
  try {
    const { plan } = (await evaluationAt(git, tree, evaluation, 0)) ?? { plan: [] };
    return new Map(plan.map(({ path, sha256 }) => [path, sha256]));
  } catch (error) {
    if (error instanceof CountersignError) return new Map();
    throw error;
  }
}

/** Who signs has to see that what is measured, or what counts as good, changes with what is measured by it. */
export function planFindings(changed: readonly ChangedPlan[]): readonly Finding[] {
  return [...new Map(changed.map(({ path, evaluation }) => [path, evaluation])).entries()].map(
    ([path, evaluation]) => ({
      code: 'evidence/plan-changed',
      severity: 'warning',
      message: `this change says what ${evaluation} measures, or what is good enough`,
      path,
      line: 1,
      column: 1,
      fix: `look at it before you sign: git diff <target> -- ${shellWord(path)}`,
    }),
  );
}
