import type { RecordIndex } from '../workspace/record-index.ts';

/** One record that stands behind a file, and what says so. */
export type Behind = { readonly id: string; readonly lines: readonly [number, number] | null; readonly source: 'anchor' | 'governs' };

/** The decisions and feedback with an anchor in a file, in the order of their lines. */
export function behindFile(index: RecordIndex, path: string): readonly Behind[] {
  const records = [...index.decisions, ...index.feedback];
  const anchored = records.flatMap(({ id, value }) => (value.trail?.code ?? []).filter((anchor) => anchor.path === path).map(({ lines }): Behind => ({ id, lines: [lines[0] ?? 1, lines[1] ?? 1], source: 'anchor' })));
  return anchored.sort((a, b) => (a.lines?.[0] ?? 0) - (b.lines?.[0] ?? 0));
}
