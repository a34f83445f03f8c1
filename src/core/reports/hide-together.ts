import type { GroupKey } from './answer-rows.ts';

/** Some rows that a result counts by themselves: the values of their columns, on a slice or on everything. */
export type Part = {
  readonly by: GroupKey;
  readonly slice: string | null;
  readonly size: number;
  /** Parts of the same content are the same rows, whatever they are called. */
  readonly content: string;
};

/** A whole and the parts that it is the sum of, by their places. */
type Sum = { readonly whole: number; readonly parts: readonly number[] };

/** By how much a count of a part could be more or less than it is, by all that is stored of the part itself. */
type Room = (place: number) => { readonly more: number; readonly less: number };

type Shift = { readonly by: ReadonlyMap<number, 1 | -1>; readonly cost: number };

const mostSteps = 4000;

/**
 * Which parts have to be hidden beside those that are, so that the count of one of them cannot be worked out: another
 * value of it has to agree with every sum of parts that the result makes. That is shown by a shift: one more here, one less
 * there, so that each sum holds and nothing moves that is published. Of several the one that hides the fewest rows.
 *
 * @returns places; all of them where no shift was found
 */
export function hideTogether(
  parts: readonly Part[],
  sums: readonly Sum[],
  from: { readonly place: number; readonly hidden: ReadonlySet<number> },
  room: Room,
): readonly number[] {
  const about = parts.map((_, place) =>
    sums.filter(({ whole, parts: own }) => whole === place || own.includes(place)),
  );
  const waiting: Shift[] = [];
  const seen = new Set<string>();
  const add = (shift: Shift, place: number, step: 1 | -1): void => {
    const { more, less } = room(place);
    if ((step === 1 ? more : less) < 1) return;
    const by = new Map([...shift.by, [place, step]]);
    const name = [...by].sort(([a], [b]) => a - b).join(';');
    if (seen.has(name)) return;
    seen.add(name);
    insert(waiting, {
      by,
      cost: shift.cost + (from.hidden.has(place) ? 0 : (parts[place]?.size ?? 0) + 1),
    });
  };
  for (const step of [1, -1] as const) add({ by: new Map(), cost: 0 }, from.place, step);
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const shift = waiting.shift();
    if (!shift) break;
    const open = [...shift.by.keys()]
      .flatMap((place) => about[place] ?? [])
      .find((sum) => excess(sum, shift) !== 0);
    if (!open) return [...shift.by.keys()];
    const sign = excess(open, shift) > 0 ? 1 : -1;
    if (!shift.by.has(open.whole)) add(shift, open.whole, -sign as 1 | -1);
    for (const place of open.parts) if (!shift.by.has(place)) add(shift, place, sign);
  }
  return parts.map((_, place) => place);
}

function excess({ whole, parts }: Sum, { by }: Shift): number {
  return parts.reduce((sum, place) => sum - (by.get(place) ?? 0), by.get(whole) ?? 0);
}

/** In the order of cost, then of length, then of coming. */
function insert(waiting: Shift[], shift: Shift): void {
  let [low, high] = [0, waiting.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = waiting[middle] as Shift;
    if (other.cost < shift.cost || (other.cost === shift.cost && other.by.size <= shift.by.size))
      low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, shift);
}

/** The sums that the groups of a result make: everyone of groups, a group of its groups by more columns, also on a slice; and what is counted twice. */
export function sumsOf(parts: readonly Part[]): readonly Sum[] {
  const cuts = [
    ...groupBy(parts, ({ by, slice }) => JSON.stringify([slice, Object.keys(by)])).values(),
  ];
  const columns = (cut: readonly number[]): readonly string[] =>
    Object.keys(parts[cut[0] ?? 0]?.by ?? {});
  const sums = cuts.flatMap((cut) =>
    cuts
      .filter(
        (other) =>
          other !== cut &&
          parts[other[0] ?? 0]?.slice === parts[cut[0] ?? 0]?.slice &&
          columns(cut).every((name) => columns(other).includes(name)),
      )
      .flatMap((other) => {
        const named = (place: number): string =>
          JSON.stringify(columns(cut).map((name) => parts[place]?.by[name] ?? null));
        return cut.map(
          (whole): Sum => ({
            whole,
            parts: other.filter((place) => named(place) === named(whole)),
          }),
        );
      }),
  );
  const twice = [...groupBy(parts, ({ content }) => content).values()].flatMap((same) =>
    same
      .slice(1)
      .flatMap((place, index): readonly Sum[] =>
        parts[place]?.slice === parts[same[index] as number]?.slice
          ? []
          : [{ whole: same[index] as number, parts: [place] }],
      ),
  );
  return [...sums, ...twice].filter(({ parts: own }) => own.length > 0);
}

function groupBy(
  parts: readonly Part[],
  nameOf: (part: Part) => string,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [place, part] of parts.entries())
    found.set(nameOf(part), [...(found.get(nameOf(part)) ?? []), place]);
  return found;
}
