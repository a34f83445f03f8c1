import { adjustPValues, type Correction } from '../../../src/core/statistics/multiplicity.ts';
import { near } from './near.ts';
import { type OracleCase, oracleTests } from './oracle.ts';

function check({ id, inputs, expected, tolerance }: OracleCase): void {
  const { p_values } = inputs as { p_values: number[] };
  for (const [correction, wanted] of Object.entries(expected as Record<string, number[]>)) {
    const adjusted = adjustPValues(p_values, correction as Correction);
    for (const [index, value] of wanted.entries())
      near(adjusted[index], value, `${id} ${correction} ${index}`, tolerance);
  }
}

for (const file of ['statistics', 'compas', 'acs']) oracleTests(file, 'adjusted_p_values', check);
