export type Correction = 'none' | 'bonferroni' | 'holm' | 'hochberg' | 'bh' | 'by';

/** Factor of the p-value of rank 0…m−1 in rising order, and from which end the running extreme is taken. */
type Step = {
  readonly factor: (rank: number, m: number) => number;
  readonly from: 'smallest' | 'largest' | null;
};

const steps: Readonly<Record<Exclude<Correction, 'none'>, Step>> = {
  bonferroni: { factor: (_, m) => m, from: null },
  holm: { factor: (rank, m) => m - rank, from: 'smallest' },
  hochberg: { factor: (rank, m) => m - rank, from: 'largest' },
  bh: { factor: (rank, m) => m / (rank + 1), from: 'largest' },
  by: { factor: (rank, m) => (harmonic(m) * m) / (rank + 1), from: 'largest' },
};

/**
 * p-values adjusted for a family of tests, in the order given.
 *
 * Bonferroni, Holm and Hochberg hold the chance of any false alarm (Hochberg for independent tests); bh and by hold the
 * expected share of false alarms, bh for independent or positively dependent tests, by for any. An empty family gives none.
 *
 * @param p each in [0, 1]
 * @see Holm (1979), Scandinavian Journal of Statistics 6, 65–70; Hochberg (1988), Biometrika 75, 800–802;
 *   Benjamini and Hochberg (1995), JRSS B 57, 289–300; Benjamini and Yekutieli (2001), Annals of Statistics 29, 1165–1188
 * @example adjustPValues([0.01, 0.04], 'holm') // [0.02, 0.04]
 */
export function adjustPValues(p: readonly number[], correction: Correction): readonly number[] {
  if (correction === 'none') return p;
  const { factor, from } = steps[correction];
  const rising = p.map((_, index) => index).sort((a, b) => (p[a] as number) - (p[b] as number));
  const raised = rising.map((index, rank) =>
    Math.min(1, (p[index] as number) * factor(rank, p.length)),
  );
  const ordered = monotone(raised, from);
  const adjusted = new Array<number>(p.length);
  for (const [rank, index] of rising.entries()) adjusted[index] = ordered[rank] as number;
  return adjusted;
}

/** What makes the raised values rise with the rank: a running extreme from the end that the correction names. */
function monotone(raised: readonly number[], from: Step['from']): readonly number[] {
  if (from === null) return raised;
  if (from === 'smallest') return running(raised, Math.max);
  return running(raised.toReversed(), Math.min).toReversed();
}

function running(values: readonly number[], choose: (a: number, b: number) => number): number[] {
  let extreme = values[0] ?? 0;
  return values.map((value) => {
    extreme = choose(extreme, value);
    return extreme;
  });
}

function harmonic(m: number): number {
  let sum = 0;
  for (let k = 1; k <= m; k++) sum += 1 / k;
  return sum;
}
