import { type NamedKind, type RecordKind, recordFolders } from './record-kind.ts';

/** What a path under `.countersign/` says its file is. */
export type PathKind = RecordKind | 'signoff' | 'exception' | 'result';

const patterns: readonly (readonly [RegExp, PathKind])[] = [
  [/^feedback\/[^/]+\.yaml$/, 'feedback'],
  [/^decisions\/[^/]+\.yaml$/, 'decision'],
  [/^slices\/[^/]+\.yaml$/, 'slice'],
  [/^evaluations\/[^/]+\.yaml$/, 'evaluation'],
  [/^reviews\/[^/]+\/[^/]+\.yaml$/, 'review'],
  [/^checklists\/[^/]+\.yaml$/, 'checklist'],
  [/^imports\/[^/]+\.yaml$/, 'import'],
  [/^triage\.yaml$/, 'triage'],
  [/^policy\.yaml$/, 'policy'],
  [/^signoffs\/[^/]+\/[^/]+\.[0-9a-f]{12}\.[0-9a-f]{4}\.yaml$/, 'signoff'],
  [/^exceptions\/EX-[0-9A-Z]{4,16}\.yaml$/, 'exception'],
  [/^results\/EV-[0-9A-Z]{4,16}\/[0-9a-f]{12}\.json$/, 'result'],
];

const top = '.countersign/';

/** The kind of file that a path names, or null where no record can lie there. The path alone decides, never the content. */
export function kindOfPath(path: string): PathKind | null {
  if (!path.startsWith(top)) return null;
  const rest = path.slice(top.length);
  return patterns.find(([pattern]) => pattern.test(rest))?.[1] ?? null;
}

/** Where the record of this kind and id lies. */
export function recordPath(kind: NamedKind, id: string): string {
  return `${recordFolders[kind]}/${id}.yaml`;
}

/** The name of a file without its folder and its ending: the id of a record, the name of a checklist. */
export function recordName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.yaml$/, '');
}
