import { type ChangeEntry, manifestOf, type ManifestRow } from './change-digest.ts';
import type { SignoffPayload } from './payload.ts';
import type { ShownPath } from './raw-path.ts';

/** Paths whose rows differ between what was signed and what is there now. */
export function movedSince(
  signed: readonly (readonly unknown[])[],
  now: readonly ManifestRow[],
): readonly ShownPath[] {
  const before = new Map(signed.map((row) => [JSON.stringify(row[0]), JSON.stringify(row)]));
  const after = new Map(now.map((row) => [JSON.stringify(row[0]), JSON.stringify(row)]));
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all]
    .filter((path) => before.get(path) !== after.get(path))
    .sort()
    .map((path) => JSON.parse(path) as ShownPath);
}

/** A manifest is left out of a payload above this many entries. */
export const longestManifest = 1000;

/** Whether the files that were signed are those of a change. */
export function manifestAgrees(
  manifest: SignoffPayload['manifest'],
  entries: readonly ChangeEntry[],
): boolean {
  if (manifest === null) return entries.length > longestManifest;
  return JSON.stringify(manifest) === JSON.stringify(manifestOf(entries));
}
