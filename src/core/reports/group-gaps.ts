import type { AnswerRow } from './answer-rows.ts';
import type { EvaluationPlan } from './evaluation-plan.ts';
import { groupName } from './report-words.ts';
import { codes } from './row-sql.ts';

/**
 * Asks, for each group by one column, on how many of its counted rows each other column is missing: `c` the index of the
 * grouping column, `value` the group, `n` its rows, `m0`… those without the column of that index. Null where there are not
 * two columns.
 *
 * @param rows a query of a side's rows with the codes `l`, `p`, `v` and the groups `g0`…
 */
export function gapsSql(rows: string, columns: readonly string[]): string | null {
  if (columns.length < 2) return null;
  const valid = `l <= ${codes.positive} AND p <= ${codes.positive} AND v = 1`;
  const missing = columns.map(
    (_, index) => `sum(CASE WHEN g${index} IS NULL THEN 1 ELSE 0 END) AS m${index}`,
  );
  const parts = columns.map(
    (_, index) =>
      `SELECT ${[`${index} AS c`, `g${index} AS value`, 'count(*) AS n', ...missing].join(', ')} FROM told WHERE ${valid} AND g${index} IS NOT NULL GROUP BY g${index}`,
  );
  return `WITH told AS (\n${rows}\n)\n${parts.join('\nUNION ALL\n')}`;
}

type Gap = {
  readonly by: Readonly<Record<string, string>>;
  readonly n: number;
  readonly m: number;
};

/** Group columns that are missing for one group more than for another, by more than the plan allows to be left out. */
export function gapNotes(
  plan: EvaluationPlan,
  columns: readonly string[],
  rows: readonly AnswerRow[],
): readonly string[] {
  return columns.flatMap((column, index) =>
    columns.flatMap((missing, place): readonly string[] => {
      if (place === index) return [];
      const groups = rows
        .filter((row) => Number(row['c']) === index && Number(row['n']) >= plan.minN)
        .map((row): Gap => {
          const by = { [column]: String(row['value']) };
          return { by, n: Number(row['n']), m: Number(row[`m${place}`]) };
        })
        .sort(
          (a, b) => b.m / b.n - a.m / a.n || (String(a.by[column]) < String(b.by[column]) ? -1 : 1),
        );
      const [most, least] = [groups[0], groups.at(-1)];
      if (!most || !least || most.m / most.n - least.m / least.n <= plan.maxLeftOut) return [];
      return [
        `${missing} is missing for ${gapWords(plan, most)} more often than for ${gapWords(plan, least)}`,
      ];
    }),
  );
}

function gapWords({ evaluation, minCell }: EvaluationPlan, { by, n, m }: Gap): string {
  const few = [m, n - m].some((count) => count > 0 && count < minCell);
  return `${groupName(by, evaluation.labels)}${few ? '' : ` (${m} of ${n} rows)`}`;
}
