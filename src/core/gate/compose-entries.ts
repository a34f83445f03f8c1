import type { RawEntry } from './raw-diff.ts';

/**
 * The entries between the two ends of several steps, from the entries of each step, without asking git again: what a
 * step takes over from the one before, and nothing of what came and went between.
 */
export function composeEntries(steps: readonly (readonly RawEntry[])[]): readonly RawEntry[] {
  const byPath = new Map<string, RawEntry>();
  for (const entry of steps.flat()) {
    const before = byPath.get(entry.path.raw);
    byPath.set(
      entry.path.raw,
      before ? { ...entry, oldMode: before.oldMode, oldOid: before.oldOid } : entry,
    );
  }
  return [...byPath.values()].filter(
    ({ oldMode, oldOid, newMode, newOid }) => oldMode !== newMode || oldOid !== newOid,
  );
}
