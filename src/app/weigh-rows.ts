import type { EvaluationPlan } from '../core/reports/evaluation-plan.ts';
import { columnsOf } from '../core/reports/row-sql.ts';
import type { Tables } from '../core/reports/side-source.ts';
import { type WeightAnswer, weightForm, weightSql } from '../core/reports/weight-form.ts';
import { CountersignError } from './errors.ts';
import type { Engine } from './ports.ts';

/**
 * The plan with the form of its weights, which are looked at before they are added.
 *
 * @throws CountersignError `evaluate/weights` where the engine has too few digits for their sum
 */
export async function weighRows(
  engine: Engine,
  plan: EvaluationPlan,
  tables: Tables,
): Promise<EvaluationPlan> {
  const answers: WeightAnswer[] = [];
  for (const side of plan.sides) {
    const sql = weightSql(plan, side, tables);
    if (sql === null) continue;
    const [row] = await engine.aggregate(sql);
    const number = (name: string): number | null =>
      row?.[name] === null || row?.[name] === undefined ? null : Number(row[name]);
    answers.push({
      rows: number('n') ?? 0,
      decimals: number('decimals'),
      greatest: number('greatest'),
    });
  }
  if (answers.length === 0) return plan;
  const weights = weightForm(answers);
  if (weights !== null) return { ...plan, weights };
  const names = [...new Set(plan.sides.map((side) => columnsOf(plan, side).weight))].join(', ');
  throw new CountersignError(
    'evaluate/weights',
    `the weights (column ${names}) have up to ${Math.max(...answers.map(({ decimals }) => decimals ?? 0))} decimals and reach ${Math.max(...answers.map(({ greatest }) => greatest ?? 0))}: their sum has more than 38 digits, and would not be exact`,
    'divide them by one number, or round them, such as to 12 decimals of their mean',
  );
}
