import { tryingPredicate, typedPredicate } from '../core/reports/typed-predicate.ts';
import type { Engine } from './ports.ts';

/**
 * The person's own predicate with the types that it lacks: columns of CSV and JSON files are text, and a row may hold what is
 * no number. What is given was asked of the rows, and can be.
 *
 * @param asked the predicate, and the columns that it names
 * @returns the step, or null where no such form of it can be asked
 */
export async function mendPredicate(
  engine: Engine,
  table: string,
  { where, columns }: { readonly where: string; readonly columns: readonly string[] },
): Promise<string | null> {
  const trying = tryingPredicate(where);
  if (trying !== where && (await canBeAsked(engine, table, trying)))
    return `a row holds what is no number, which TRY_CAST makes missing: ${trying}`;
  const numbers: string[] = [];
  for (const [name, type] of await engine.types(table))
    if (type === 'VARCHAR' && includes(columns, name) && (await holdsNumbers(engine, table, name)))
      numbers.push(name);
  for (const chosen of [numbers, ...numbers.map((name) => [name])])
    for (const cast of ['CAST', 'TRY_CAST'] as const) {
      const typed = typedPredicate(where, chosen, cast);
      if (typed !== where && (await canBeAsked(engine, table, typed)))
        return `columns of CSV and JSON files are text, so write the type: ${typed}`;
    }
  return null;
}

function includes(columns: readonly string[], name: string): boolean {
  return columns.some((column) => column.toLowerCase() === name.toLowerCase());
}

async function holdsNumbers(engine: Engine, table: string, name: string): Promise<boolean> {
  const column = `"${name.replaceAll('"', '""')}"`;
  const [row] = await engine.aggregate(
    `SELECT count(TRY_CAST(${column} AS DOUBLE)) AS n FROM "${table}"`,
  );
  return Number(row?.['n']) > 0;
}

async function canBeAsked(engine: Engine, table: string, where: string): Promise<boolean> {
  return engine.aggregate(`SELECT count(*) AS n FROM "${table}" WHERE (\n${where}\n)`).then(
    () => true,
    () => false,
  );
}
