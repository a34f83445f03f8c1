import type { ResultPair } from './result.ts';

/**
 * Takes away comparisons that could name people: those of a group of which any count of rows or of flips is from 1 to
 * under `least`, and, where one group of a grouping is hidden, those of the smallest other, since the total less the rest
 * would give it away.
 */
export function suppressPairs(paired: readonly ResultPair[], least: number): readonly ResultPair[] {
  const few = (count: number | null): boolean => count !== null && count > 0 && count < least;
  const hidden = new Set(paired.filter(({ n, flips }) => [n, flips['0→1'], flips['1→0']].some(few)).map(nameOf));
  const groups = paired.filter(({ metric }) => metric === 'selection_rate');
  for (const cut of new Set(groups.map(cutOf))) {
    const own = groups.filter((pair) => cutOf(pair) === cut);
    if (own.filter((pair) => hidden.has(nameOf(pair))).length !== 1) continue;
    const [next] = own.filter((pair) => !hidden.has(nameOf(pair))).sort((a, b) => (a.n ?? 0) - (b.n ?? 0));
    if (next) hidden.add(nameOf(next));
  }
  return paired.map((pair) => (hidden.has(nameOf(pair)) ? { ...pair, difference: null, low: null, high: null, p: null, n: null, flips: { '0→1': null, '1→0': null }, suppressed: true } : pair));
}

function nameOf({ by }: ResultPair): string {
  return JSON.stringify(by);
}

function cutOf({ by }: ResultPair): string {
  return JSON.stringify(Object.keys(by));
}
