export type Correction = 'none' | 'holm' | 'bh' | 'by';

/**
 * p-values adjusted for a family of tests, in the order given.
 *
 * Holm holds the chance of any false alarm (Holm 1979); bh and by the expected share of false alarms, bh for independent
 * or positively dependent tests (Benjamini and Hochberg 1995), by for any (Benjamini and Yekutieli 2001).
 */
export function adjustPValues(p: readonly number[], correction: Correction): readonly number[] {
  if (correction === 'none') return p;
  const order = p.map((_, index) => index).sort((a, b) => (p[a] as number) - (p[b] as number));
  const m = p.length;
  const harmonic = correction === 'by' ? order.reduce((sum, _, index) => sum + 1 / (index + 1), 0) : 1;
  const adjusted = new Array<number>(m);
  let running = correction === 'holm' ? 0 : 1;
  for (let step = 0; step < m; step++) {
    const rank = correction === 'holm' ? step : m - 1 - step;
    const index = order[rank] as number;
    const factor = correction === 'holm' ? m - rank : (harmonic * m) / (rank + 1);
    const raised = Math.min(1, (p[index] as number) * factor);
    running = correction === 'holm' ? Math.max(running, raised) : Math.min(running, raised);
    adjusted[index] = running;
  }
  return adjusted;
}
