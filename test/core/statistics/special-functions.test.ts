import { betaCdf, betaQuantile } from '../../../src/core/statistics/distributions/beta.ts';
import { binomialCdf } from '../../../src/core/statistics/distributions/binomial.ts';
import { chiSquareUpper } from '../../../src/core/statistics/distributions/chi-square.ts';
import { logGamma } from '../../../src/core/statistics/distributions/log-gamma.ts';
import { tCdf, tQuantile } from '../../../src/core/statistics/distributions/student-t.ts';
import { normalCdf, normalQuantile } from '../../../src/core/statistics/normal.ts';
import { near } from './near.ts';
import { oracleTests } from './oracle.ts';

type Special = (a: number, b: number, c: number) => number;

const functions: Readonly<Record<string, Special>> = {
  norm_cdf: normalCdf,
  norm_ppf: normalQuantile,
  t_cdf: tCdf,
  t_ppf: tQuantile,
  chi2_cdf: (x, df) => 1 - chiSquareUpper(x, df),
  beta_cdf: (x, a, b) => betaCdf(x, a, b),
  beta_ppf: betaQuantile,
  lgamma: logGamma,
  binom_cdf: binomialCdf,
};

oracleTests('statistics', 'special_function', ({ id, inputs, expected, tolerance }) => {
  const { function: name, args } = inputs as { function: string; args: number[] };
  const [a, b, c] = args as [number, number, number];
  near((functions[name] as Special)(a, b, c), expected, id, {
    abs: tolerance.abs ?? 0,
    rel: 1e-11,
  });
});
