import { normalQuantile, twoSidedP } from '../../../src/core/statistics/normal.ts';
import {
  katzInterval,
  newcombeInterval,
  pooledZ,
  wilsonInterval,
} from '../../../src/core/statistics/proportion.ts';
import { near, nearInterval } from './near.ts';
import { oracleTests } from './oracle.ts';

oracleTests('statistics', 'proportion_ci', ({ id, inputs, expected, tolerance }) => {
  const { x, n, confidence } = inputs as { x: number; n: number; confidence: number };
  const { wilson } = expected as { wilson: [number, number] | [null, null] };
  const z = normalQuantile(1 - (1 - confidence) / 2);
  nearInterval(wilsonInterval(x, n, z), n === 0 ? [0, 1] : wilson, id, tolerance);
});

oracleTests('statistics', 'two_proportions', ({ id, inputs, expected, tolerance }) => {
  const { x1, n1, x2, n2 } = inputs as Record<string, number> as {
    x1: number;
    n1: number;
    x2: number;
    n2: number;
  };
  const want = expected as {
    newcombe95: [number, number];
    ratio_log95: [number, number];
    ztest: { z: number | null; p_value: number | null } | null;
  };
  const [a, b] = [
    { x: x1, n: n1 },
    { x: x2, n: n2 },
  ];
  const z = normalQuantile(0.975);
  if (n1 > 0 && n2 > 0)
    nearInterval(newcombeInterval(a, b, z), want.newcombe95, `${id} newcombe`, tolerance);
  nearInterval(katzInterval(a, b, z), want.ratio_log95, `${id} katz`, tolerance);
  const score = pooledZ(a, b);
  near(score, want.ztest?.z ?? null, `${id} z`, tolerance);
  near(score === null ? null : twoSidedP(score), want.ztest?.p_value ?? null, `${id} p`, {
    rel: tolerance.rel ?? 0,
  });
});
