import type { RecordIndex } from '../workspace/record-index.ts';

/** Parts of the model that somebody owns, or that feedback is about. */
export function componentsOf(index: RecordIndex): readonly string[] {
  const triage = index.byPath.get('.countersign/triage.yaml');
  const owned = triage?.kind === 'triage' ? Object.keys(triage.value.owners ?? {}) : [];
  const ruled =
    triage?.kind === 'triage'
      ? (triage.value.rules ?? []).flatMap(({ then }) => then.component ?? [])
      : [];
  return [
    ...new Set([
      ...owned,
      ...ruled,
      ...index.feedback.flatMap(({ value }) => value.classification?.component ?? []),
    ]),
  ].sort();
}
