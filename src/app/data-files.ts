import type { EvaluationPlan } from '../core/reports/evaluation-plan.ts';
import type { MissingColumn } from '../core/reports/side-source.ts';
import { CountersignError } from './errors.ts';
import type { Engine, EngineTables } from './ports.ts';

/** The files of an evaluation by the name that each has in the queries: a side, or a side and `_labels`. */
export function dataFiles({ evaluation: { data, csv }, sides }: EvaluationPlan): EngineTables {
  return Object.fromEntries(
    sides.flatMap((side) => {
      const { path, labels } = data[side] ?? {};
      return [
        ...(path === undefined ? [] : [[side, { path, csv }] as const]),
        ...(labels?.path === undefined
          ? []
          : [[`${side}_labels`, { path: labels.path, csv }] as const]),
      ];
    }),
  );
}

/** Why a column cannot be used: no file has it, or one gives its name to two, which no query can tell apart. */
export function noColumn(
  { column, table, known }: MissingColumn,
  engine: Engine,
  tables: EngineTables,
): CountersignError {
  for (const [name, { path }] of Object.entries(tables)) {
    const same = engine
      .doubled(name)
      .filter((other) => other.toLowerCase() === column.toLowerCase());
    if (same.length > 0)
      return new CountersignError(
        'evaluate/two-columns',
        `${path} has ${same.length} columns that are called ${[...new Set(same)].join(' and ')}, upper and lower case held for the same`,
        'give each its own name in the file',
      );
  }
  return new CountersignError(
    'evaluate/no-column',
    `${table} has no column ${column}`,
    indexStep(column, engine, Object.keys(tables)) ?? `it has ${known.join(', ')}`,
  );
}

/** The step where a column that is missed is an index of pandas, which its Parquet file only describes; else null. */
export function indexStep(
  column: string,
  engine: Pick<Engine, 'describedIndex'>,
  tables: readonly string[],
): string | null {
  const found = tables.some(
    (table) => engine.describedIndex(table)?.toLowerCase() === column.toLowerCase(),
  );
  return found
    ? `${column} is the index of the DataFrame, which pandas did not write as a column: df.reset_index().to_parquet(path)`
    : null;
}
