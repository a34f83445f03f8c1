import type { EvaluationPlan, Side } from '../core/reports/evaluation-plan.ts';
import { indexStep } from './data-files.ts';
import { CountersignError } from './errors.ts';
import { mendPredicate } from './mend-predicate.ts';
import type { Engine, EngineTables } from './ports.ts';

/** A predicate of a plan: what it is called in messages, its text, and the sides on whose rows it is asked. */
type Predicate = { readonly name: string; readonly where: string; readonly sides: readonly Side[] };

function predicatesOf({ slices, evaluation, sides }: EvaluationPlan): readonly Predicate[] {
  return [
    ...slices.map(({ id, where }) => ({ name: id, where, sides })),
    ...sides.flatMap((side): Predicate[] => {
      const where = evaluation.data[side]?.where;
      return where === undefined ? [] : [{ name: `data.${side}.where`, where, sides: [side] }];
    }),
  ];
}

/**
 * Predicates come from records that a stranger may have written: each must be one expression over a row, over columns that
 * the files of its side have.
 *
 * @throws CountersignError `evaluate/predicate`, with the slice or side that it is of
 */
export async function checkPredicates(
  engine: Engine,
  plan: EvaluationPlan,
  files: EngineTables,
): Promise<void> {
  for (const predicate of predicatesOf(plan)) {
    const { name, where, sides } = predicate;
    const problem = await engine.predicateProblem(where);
    if (problem !== null)
      throw refused(
        name,
        problem,
        /own name$/.test(problem)
          ? 'write a name that is no plain word in double quotes, such as "age.years" < 30'
          : "write one boolean expression over columns, such as gender = 'female' AND CAST(age AS INTEGER) < 30",
      );
    const columns = (await engine.predicateParts(where)).flatMap((part) => part.columns);
    for (const side of sides) await checkColumns(engine, files, { name, where, columns, side });
  }
}

async function checkColumns(
  engine: Engine,
  files: EngineTables,
  asked: {
    readonly name: string;
    readonly where: string;
    readonly columns: readonly string[];
    readonly side: Side;
  },
): Promise<void> {
  const tables = [asked.side, `${asked.side}_labels`].filter((table) => files[table] !== undefined);
  const known: string[] = [];
  for (const table of tables) known.push(...(await engine.columns(table)));
  const lower = new Set(known.map((column) => column.toLowerCase()));
  const unknown = asked.columns.find((column) => !lower.has(column.toLowerCase()));
  if (unknown === undefined) return;
  const paths = tables.map((table) => files[table]?.path).join(' or ');
  throw refused(
    asked.name,
    `no column of ${paths} is called ${unknown}${engine.doubled(asked.side).some((column) => column.toLowerCase() === unknown.toLowerCase()) ? ' alone: two are' : ''}`,
    indexStep(unknown, engine, tables) ?? stepFor(unknown, asked.where, known),
  );
}

/** A text in double quotes is a name to SQL, and a name with a dash is a difference. */
function stepFor(unknown: string, where: string, known: readonly string[]): string {
  const longer = known.find(
    (column) =>
      column.toLowerCase().startsWith(unknown.toLowerCase()) && /[^A-Za-z0-9_]/.test(column),
  );
  if (longer !== undefined && !where.includes(`"${longer}"`))
    return `write the name in double quotes: "${longer}"`;
  if (where.includes(`"${unknown}"`))
    return `write a text in single quotes: '${unknown}'; double quotes are for names`;
  return `it has ${known.join(', ')}; a text is written in single quotes`;
}

function refused(name: string, why: string, fix: string): CountersignError {
  return new CountersignError(
    'evaluate/predicate',
    `the predicate of ${name} is refused: ${why}`,
    fix,
  );
}

/** The predicate that an engine cannot evaluate, where one is why a query failed; else the error as it is. */
export async function explainPredicate(
  engine: Engine,
  plan: EvaluationPlan,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof CountersignError) || error.code !== 'evaluate/query') return error;
  for (const { name, where, sides } of predicatesOf(plan)) {
    const asked = (await engine.predicateParts(where)).flatMap(({ columns }) => columns);
    for (const table of sides.flatMap((side) => [side, `${side}_labels`])) {
      const has = await engine.columns(table).catch(() => []);
      const lower = new Set(has.map((column) => column.toLowerCase()));
      if (asked.length === 0 || !asked.every((column) => lower.has(column.toLowerCase()))) continue;
      const failed = await engine
        .aggregate(`SELECT count(*) AS n FROM "${table}" WHERE (\n${where}\n)`)
        .then(
          () => null,
          (cause: unknown) => cause,
        );
      if (failed instanceof CountersignError && failed.code === 'evaluate/query')
        return new CountersignError(
          failed.code,
          `the predicate of ${name} cannot be asked: ${failed.message.replace(/^DuckDB could not run the query: ([A-Za-z ]+ Error: )?/, '')}`,
          (await mendPredicate(engine, table, { where, columns: asked })) ?? failed.fix,
          { cause: failed },
        );
    }
  }
  return error;
}
