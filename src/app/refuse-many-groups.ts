import type { EvaluationPlan } from '../core/reports/evaluation-plan.ts';
import { groupQuestions, tooManyGroups } from '../core/reports/many-groups.ts';
import { pairingOf } from '../core/reports/plan-sql.ts';
import type { Tables } from '../core/reports/side-source.ts';
import { CountersignError } from './errors.ts';
import type { Engine } from './ports.ts';

/**
 * Refuses a grouping by a column of very many values before anything is counted by it.
 *
 * @throws CountersignError `evaluate/many-groups`
 */
export async function refuseManyGroups(
  engine: Engine,
  plan: EvaluationPlan,
  tables: Tables,
): Promise<void> {
  // Two models on the same rows have the same groups.
  const sides = pairingOf(plan) === 'rows' ? plan.sides.slice(0, 1) : plan.sides;
  for (const side of sides)
    for (const { columns, sql } of groupQuestions(plan, side, tables)) {
      const [row] = await engine.aggregate(sql);
      const problem = tooManyGroups(plan, columns, {
        groups: Number(row?.['n'] ?? 0),
        largest: Number(row?.['largest'] ?? 0),
      });
      if (problem) throw new CountersignError('evaluate/many-groups', problem.message, problem.fix);
    }
}
