import { type ChangeEntry, changeDigest } from './change-digest.ts';
import type { SignoffPayload } from './payload.ts';
import { type RawPath, pathFromText, rawPathOf } from './raw-path.ts';

/** The entries that a sign-off lists, where they are those of its digest; null where it lists none or others. */
export function signedEntries({
  manifest,
  digest,
}: Pick<SignoffPayload, 'manifest' | 'digest'>): readonly ChangeEntry[] | null {
  const entries = manifest?.map(
    ([path, oldMode, old, newMode, content]): ChangeEntry => ({
      path: pathOf(path),
      oldMode,
      old,
      newMode,
      new: content,
    }),
  );
  return entries !== undefined && changeDigest(entries) === digest ? entries : null;
}

function pathOf(path: string | { readonly b64: string }): RawPath {
  if (typeof path === 'string') return pathFromText(path);
  try {
    return rawPathOf(atob(path.b64));
  } catch {
    return { raw: '', text: null };
  }
}

/**
 * After which steps of a target's history a change stands there: all its files are as it makes them, and before that all
 * were as it found them. Whether it came by one step or by several makes no difference to what lies there.
 *
 * @param entries of the change; at least one, or it never stands
 * @param steps what each step did to any of its files, oldest first
 */
export function standsAfter(
  entries: readonly ChangeEntry[],
  steps: readonly (readonly ChangeEntry[])[],
): readonly boolean[] {
  const there = beginning(steps);
  const isAt = (side: 'old' | 'new'): boolean =>
    entries.length > 0 &&
    entries.every((entry) => there.get(entry.path.raw) === stateOf(entry, side));
  let found = isAt('old');
  return steps.map((step) => {
    for (const entry of step) there.set(entry.path.raw, stateOf(entry, 'new'));
    const stands = found && isAt('new');
    found ||= isAt('old');
    return stands;
  });
}

/** What each file is before the first step that touches it. */
function beginning(steps: readonly (readonly ChangeEntry[])[]): Map<string, string> {
  return new Map(
    steps
      .toReversed()
      .flatMap((step) => step.map((entry) => [entry.path.raw, stateOf(entry, 'old')] as const)),
  );
}

function stateOf(entry: ChangeEntry, side: 'old' | 'new'): string {
  return side === 'old' ? `${entry.oldMode} ${entry.old}` : `${entry.newMode} ${entry.new}`;
}
