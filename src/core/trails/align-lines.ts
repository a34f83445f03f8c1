import type { FileLines } from './anchored-lines.ts';

const known = new WeakMap<FileLines, WeakMap<FileLines, Int32Array>>();

/** As {@link alignLines}; kept as long as both files are, since many anchors stand in one file. */
export function alignedLines(then: FileLines, now: FileLines): Int32Array {
  const kept = known.get(then) ?? new WeakMap<FileLines, Int32Array>();
  const found = kept.get(now) ?? alignLines(then.texts, now.texts);
  kept.set(now, found);
  known.set(then, kept);
  return found;
}

/**
 * For each line of a text, the line of another version that it is today, or -1. Lines that stand once on both sides lead; between
 * them only what is equal from the one end or the other is taken for the same. Never more than reading both a few times over.
 */
export function alignLines(then: readonly string[], now: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  const number = (line: string): number => {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    numbers.set(line, numbers.size);
    return numbers.size - 1;
  };
  const task: Task = {
    past: Int32Array.from(then, number),
    now: Int32Array.from(now, number),
    found: new Int32Array(then.length).fill(-1),
  };
  const work: Span[] = [[0, then.length, 0, now.length]];
  for (let span = work.pop(); span; span = work.pop()) work.push(...alignSpan(task, span));
  return task.found;
}

type Task = {
  readonly past: Int32Array;
  readonly now: Int32Array;
  readonly found: Int32Array;
};

/** From and to (excluded) in the one text, then in the other. */
type Span = readonly [number, number, number, number];

/** Takes what is equal at both ends, and gives the spans between the lines that lead. */
function alignSpan({ past, now, found }: Task, span: Span): readonly Span[] {
  let [from, to, begin, end] = span;
  while (from < to && begin < end && past[from] === now[begin]) found[from++] = begin++;
  while (to > from && end > begin && past[to - 1] === now[end - 1]) found[--to] = --end;
  if (from === to || begin === end) return [];
  const spans: Span[] = [];
  let last: readonly [number, number] = [from - 1, begin - 1];
  const leading = increasing(uniquePairs({ past, now, found }, [from, to, begin, end]));
  if (leading.length === 0) return [];
  for (const pair of [...leading, [to, end] as const]) {
    if (pair[0] < to) found[pair[0]] = pair[1];
    spans.push([last[0] + 1, pair[0], last[1] + 1, pair[1]]);
    last = pair;
  }
  return spans;
}

/** Places of the lines that stand once on each side of a span, in the order of the first. */
function uniquePairs(
  { past, now }: Task,
  [from, to, begin, end]: Span,
): readonly (readonly [number, number])[] {
  const once = (lines: Int32Array, first: number, last: number): Map<number, number> => {
    const places = new Map<number, number>();
    for (let at = first; at < last; at++) {
      const line = lines[at] as number;
      places.set(line, places.has(line) ? -1 : at);
    }
    return places;
  };
  const there = once(now, begin, end);
  const pairs: (readonly [number, number])[] = [];
  for (const [line, at] of once(past, from, to)) {
    const other = there.get(line) ?? -1;
    if (at >= 0 && other >= 0) pairs.push([at, other]);
  }
  return pairs.sort((a, b) => a[0] - b[0]);
}

/** The longest run of pairs whose second numbers rise. */
function increasing(
  pairs: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [index, [, value]] of pairs.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] as number] as readonly [number, number])[1] < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (ends[low - 1] as number);
    ends[low] = index;
  }
  const run: (readonly [number, number])[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] as number)
    run.push(pairs[at] as readonly [number, number]);
  return run.reverse();
}
