import { normalQuantile } from '../../../src/core/statistics/normal.ts';
import { mcnemar, pairedDifference, tangoInterval } from '../../../src/core/statistics/paired.ts';
import { near, nearInterval } from './near.ts';
import { type OracleCase, oracleTests } from './oracle.ts';

type Paired = {
  readonly difference: number;
  readonly tango: [number, number];
  readonly mcnemar: {
    readonly exact_p: number;
    readonly midp_p: number;
    readonly chi2_cc: number | null;
    readonly chi2_cc_p: number | null;
  };
};

function check({ id, expected, tolerance }: OracleCase): void {
  const want = expected as Paired & { table: { a: number; b: number; c: number; d: number } };
  const { a, b, c, d } = want.table;
  const counts = { both: a, candidateOnly: b, baselineOnly: c, neither: d };
  near(pairedDifference(counts), want.difference, id, tolerance);
  nearInterval(
    a + b + c + d > 0 ? tangoInterval(counts, normalQuantile(0.975)) : null,
    want.tango,
    `${id} tango`,
    tolerance,
  );
  const { midP, exactP, corrected } = mcnemar(counts);
  near(midP, want.mcnemar.midp_p, `${id} mid-p`, tolerance);
  near(exactP, want.mcnemar.exact_p, `${id} exact`, tolerance);
  near(corrected?.chiSquare ?? null, want.mcnemar.chi2_cc, `${id} chi-square`, tolerance);
  near(corrected?.p ?? null, want.mcnemar.chi2_cc_p, `${id} chi-square p`, tolerance);
}

oracleTests('statistics', 'paired', check);
oracleTests('acs', 'paired', check);
