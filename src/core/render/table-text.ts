import { escapeTerminal } from './terminal.ts';

/** A table for a terminal of so many columns: the last column is cut with an ellipsis, the others keep their width. */
export function tableText(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const cells = [header, ...rows].map((row) => row.map(escapeTerminal));
  const widths = header.map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  );
  return cells
    .map((row) =>
      cut(
        row
          .map((cell, column) =>
            column === row.length - 1 ? cell : cell.padEnd(widths[column] as number),
          )
          .join('  '),
        width,
      ).trimEnd(),
    )
    .join('\n');
}

function cut(line: string, width: number): string {
  return line.length > width ? `${line.slice(0, Math.max(1, width - 1))}…` : line;
}
