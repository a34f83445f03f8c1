import type { Counted } from './counted.ts';
import type { EvaluationPlan, Side } from './evaluation-plan.ts';
import { groupValue } from './row-sql.ts';
import { sourceOf, type Tables } from './side-source.ts';

/** More groups are not told apart by anybody, and a number that is grouped by its values has as many as there are rows. */
const mostGroups = 1000;

/** More groups than these are worth a word, and are refused where none is large enough to be judged. */
const manyGroups = 200;

/** Column sets by which an evaluation groups, each once, and the query that counts the groups of one and the rows of the largest. */
export function groupQuestions(
  plan: EvaluationPlan,
  side: Side,
  tables: Tables,
): readonly { readonly columns: readonly string[]; readonly sql: string }[] {
  const sets = plan.cuts.map(({ columns }) => columns).filter((columns) => columns.length > 0);
  const source = sourceOf(plan, side, tables);
  return [...new Map(sets.map((columns) => [columns.join('\n'), columns])).values()].map(
    (columns) => {
      const values = columns.map((name) => groupValue(plan.evaluation, name, source));
      return {
        columns,
        sql: `SELECT count(*) AS n, max(rows) AS largest FROM (SELECT count(*) AS rows FROM ${source.sql} GROUP BY ${values.join(', ')}) AS counted`,
      };
    },
  );
}

/** Why so many groups are not measured; null where they are. @param largest rows of the largest group */
export function tooManyGroups(
  { minN }: Pick<EvaluationPlan, 'minN'>,
  columns: readonly string[],
  { groups, largest }: { readonly groups: number; readonly largest: number },
): { readonly message: string; readonly fix: string } | null {
  const none = largest < minN;
  if (groups <= manyGroups || (groups <= mostGroups && !none)) return null;
  const [column = ''] = columns;
  return {
    message: `${columns.join(' × ')} makes ${groups} groups, ${none ? `none with ${minN} rows` : `more than ${mostGroups}`}`,
    fix: `cut a number into bands, and group by the band: bands: {${column} band: {column: ${column}, edges: [10, 20]}}`,
  };
}

/** What is said where there are so many groups that a number may have been grouped by its values. */
export function manyGroupsNotes(plan: EvaluationPlan, { groups }: Counted): readonly string[] {
  return plan.cuts.flatMap(({ columns, slice }, index) => {
    const most = Math.max(0, ...plan.sides.map((side) => groups[side]?.[index]?.length ?? 0));
    return most > manyGroups && slice === null
      ? [`${columns.join(' × ')} makes ${most} groups: a number is cut into fewer by bands`]
      : [];
  });
}
