import type { Position } from '../../finding/finding.ts';

/** Turns offsets in one text into places for people. Lines end at a line feed; the offsets count UTF-16 code units from 0. */
export type LinePositions = {
  /** The place from one offset to another, the end not included. */
  readonly between: (start: number, end: number) => Position;
};

/** Reads where lines start on the first question, not before: most texts are never asked about. */
export function linePositions(path: string, text: string): LinePositions {
  let starts: readonly number[] | undefined;
  const at = (offset: number): { line: number; column: number } => {
    starts ??= lineStarts(text);
    const line = lineOf(starts, Math.min(Math.max(offset, 0), text.length));
    return { line: line + 1, column: Math.min(offset, text.length) - (starts[line] ?? 0) + 1 };
  };
  const between = (start: number, end: number): Position => {
    const first = at(start);
    const last = at(Math.max(start, end));
    return {
      path,
      line: first.line,
      column: first.column,
      end_line: last.line,
      end_column: last.column,
    };
  };
  return { between };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last line that starts at or before the offset, by halving. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
