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
    `it has ${known.join(', ')}`,
  );
}
