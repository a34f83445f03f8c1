import { nice, ticks } from 'd3-array';

/** A horizontal axis: where a value is drawn, and where the grid stands. */
export type PlotScale = {
  readonly x: (value: number) => number;
  /** Whether a value has its own place, or is past the left (−1) or right (1) end. */
  readonly past: (value: number) => -1 | 0 | 1;
  readonly ticks: readonly number[];
};

/** An axis is cut to its data only where they lie closer together than this: otherwise small differences would look large. */
const closest = 0.4;

/**
 * A scale for rates. It is all of 0 to 1 unless the values lie close together; then it is cut to round numbers around them.
 *
 * @param values points, ends of intervals and bounds, each 0 to 1
 * @param from left end in the plot's units; `width` from there to the right end
 */
export function rateScale(values: readonly number[], from: number, width: number): PlotScale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [start, end] =
    values.length > 0 && high - low < closest
      ? nice(Math.max(0, low), Math.min(1, Math.max(high, low + 0.01)), 5)
      : [0, 1];
  const x = (value: number): number =>
    Number(
      (from + ((Math.min(end, Math.max(start, value)) - start) / (end - start)) * width).toFixed(1),
    );
  const past = (value: number): -1 | 0 | 1 => {
    if (value < start) return -1;
    return value > end ? 1 : 0;
  };
  return { x, past, ticks: ticks(start, end, 5) };
}
