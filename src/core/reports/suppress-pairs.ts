import { hideTogether, type Part, sumsOf } from './hide-together.ts';
import type { ResultPair } from './result.ts';
import { partName } from './suppress.ts';

/**
 * Takes away comparisons that could name people: those of a group of which any count of rows or of flips is from 1 to
 * under `least`, those of a group of which a model hides counts, and those of others that would give them away as the rest
 * of a sum.
 *
 * @param bare names of groups of which counts are hidden already
 * @param last names of groups that are hidden only where no others will do: those that a target protects
 */
export function suppressPairs(
  paired: readonly ResultPair[],
  least: number,
  bare: ReadonlySet<string> = new Set(),
  last: ReadonlySet<string> = new Set(),
): readonly ResultPair[] {
  const few = (count: number | null): boolean => count !== null && count > 0 && count < least;
  const groups = [...new Map(paired.map((pair) => [partName(pair.by), pair])).values()];
  const ofMetric = (metric: string): readonly (ResultPair | undefined)[] =>
    groups.map(({ by }) =>
      paired.find((pair) => pair.metric === metric && partName(pair.by) === partName(by)),
    );
  const rows = ofMetric('selection_rate');
  const all = rows.reduce((sum, pair) => sum + (pair?.n ?? 0), 0);
  const parts = groups.map(
    ({ by }, place): Part => ({
      by,
      slice: null,
      size: (rows[place]?.n ?? 0) + (last.has(partName(by)) ? all : 0),
      content: String(place),
    }),
  );
  const sums = sumsOf(parts);
  const counts = ['selection_rate', 'recall', 'fpr'].flatMap((metric) =>
    countsOf(ofMetric(metric)),
  );
  const hidden = new Set(
    groups.flatMap(({ by }, place) =>
      bare.has(partName(by)) || counts.some(({ of }) => few(of(place))) ? [place] : [],
    ),
  );
  for (const { of, spare } of counts) {
    for (const [place] of groups.entries()) {
      if (!few(of(place))) continue;
      for (const at of hideTogether(parts, sums, { place, hidden }, (other) => ({
        more: spare(other),
        less: of(other),
      })))
        hidden.add(at);
    }
  }
  const names = new Set([...hidden].map((place) => partName(groups[place]?.by ?? {})));
  return paired.map((pair) =>
    names.has(partName(pair.by))
      ? {
          ...pair,
          difference: null,
          low: null,
          high: null,
          p: null,
          n: null,
          flips: { '0→1': null, '1→0': null },
          suppressed: true,
        }
      : pair,
  );
}

type Count = {
  readonly of: (place: number) => number;
  /** How many more there could be. */
  readonly spare: (place: number) => number;
};

function countsOf(pairs: readonly (ResultPair | undefined)[]): readonly Count[] {
  const [n, up, down] = [
    (place: number) => pairs[place]?.n ?? 0,
    (place: number) => pairs[place]?.flips['0→1'] ?? 0,
    (place: number) => pairs[place]?.flips['1→0'] ?? 0,
  ];
  const still = (place: number): number => n(place) - up(place) - down(place);
  return [
    { of: n, spare: () => Number.POSITIVE_INFINITY },
    { of: up, spare: still },
    { of: down, spare: still },
  ];
}
