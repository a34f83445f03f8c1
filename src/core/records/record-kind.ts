/** What a YAML file under `.countersign/` can be. Sign-offs, exceptions and results have strict readers of their own. */
export type RecordKind =
  | 'feedback'
  | 'decision'
  | 'slice'
  | 'evaluation'
  | 'review'
  | 'checklist'
  | 'triage'
  | 'import'
  | 'policy';

/** Every kind, in the order in which people meet them. */
export const recordKinds: readonly RecordKind[] = [
  'feedback',
  'decision',
  'slice',
  'evaluation',
  'review',
  'checklist',
  'triage',
  'import',
  'policy',
];

/** Kinds whose records carry an `id` that equals the name of their file. */
export type NamedKind = 'feedback' | 'decision' | 'slice' | 'evaluation';

/** First part of an id, by kind. */
export const idPrefixes: Readonly<Record<NamedKind, 'FB' | 'DR' | 'SL' | 'EV'>> = {
  feedback: 'FB',
  decision: 'DR',
  slice: 'SL',
  evaluation: 'EV',
};

/** Folder of each named kind, below the repository's top. */
export const recordFolders: Readonly<Record<NamedKind, string>> = {
  feedback: '.countersign/feedback',
  decision: '.countersign/decisions',
  slice: '.countersign/slices',
  evaluation: '.countersign/evaluations',
};

export function isNamedKind(kind: RecordKind | null): kind is NamedKind {
  return kind !== null && kind in idPrefixes;
}

/** The value of the key `schema` in a record of this kind. */
export function schemaName(kind: RecordKind): string {
  return `countersign/${kind}@1`;
}
