import type { ParsedRecord } from '../records/parse-record.ts';
import type { Trail } from '../records/trail.ts';
import type { YamlPath } from '../records/yaml/yaml-source.ts';

export type LinkKind =
  | 'feedback'
  | 'duplicate-of'
  | 'supersedes'
  | 'evaluation'
  | 'slice'
  | 'target-slice'
  | 'code'
  | 'governs'
  | 'artifact'
  | 'owner'
  | 'assignee'
  | 'contributor'
  | 'review'
  | 'result'
  | 'signoff'
  | 'marker';

/** Where a link is written: in a record's own field, as a code anchor, as a glob, in a comment of the code, or by a file's name. */
export type LinkSource = 'record' | 'anchor' | 'governs' | 'marker' | 'name';

/** A link as a record states it. `to` is a node's id; `at` says where in the record. */
export type RecordLink = {
  readonly to: string;
  readonly kind: LinkKind;
  readonly source: LinkSource;
  readonly at: YamlPath;
  readonly lines?: readonly [number, number];
};

export const fileNode = (path: string): string => `file:${path}`;
export const globNode = (glob: string): string => `glob:${glob}`;
export const personNode = (name: string): string => `person:${name}`;

/** Every link that a record states, in the order of its fields. */
export function recordLinks(record: ParsedRecord): readonly RecordLink[] {
  switch (record.kind) {
    case 'feedback':
      return [
        ...one(record.value.duplicate_of, 'duplicate-of', ['duplicate_of']),
        ...people(record.value.assignee, 'assignee', ['assignee']),
        ...(record.value.contributors ?? []).flatMap(({ name }, index) =>
          people(name, 'contributor', ['contributors', index, 'name']),
        ),
        ...targetSlices(record.value.targets, ['targets']),
        ...trailLinks(record.value.trail),
      ];
    case 'decision':
      return [
        ...people(record.value.owner, 'owner', ['owner']),
        ...many(record.value.supersedes, 'supersedes', ['supersedes']),
        ...many(record.value.feedback, 'feedback', ['feedback']),
        ...many(record.value.evaluations, 'evaluation', ['evaluations']),
        ...targetSlices(record.value.targets, ['targets']),
        ...(record.value.governs ?? []).map(
          (glob, index): RecordLink => ({
            to: globNode(glob),
            kind: 'governs',
            source: 'governs',
            at: ['governs', index],
          }),
        ),
        ...trailLinks(record.value.trail),
      ];
    case 'evaluation':
      return [
        ...many(record.value.slices, 'slice', ['slices']),
        ...targetSlices(record.value.targets, ['targets']),
      ];
    default:
      return [];
  }
}

function trailLinks(trail: Trail | undefined): readonly RecordLink[] {
  return [
    ...(trail?.code ?? []).map(
      (anchor, index): RecordLink => ({
        to: fileNode(anchor.path),
        kind: 'code',
        source: 'anchor',
        at: ['trail', 'code', index],
        lines: [anchor.lines[0] as number, anchor.lines[1] as number],
      }),
    ),
    ...many(trail?.slices, 'slice', ['trail', 'slices']),
    ...(trail?.artifacts ?? []).map(
      (artifact, index): RecordLink => ({
        to: `artifact:${artifact.kind}:${artifact.ref}`,
        kind: 'artifact',
        source: 'record',
        at: ['trail', 'artifacts', index],
      }),
    ),
  ];
}

function targetSlices(
  targets: readonly { readonly slice?: string | undefined }[] | undefined,
  at: YamlPath,
): readonly RecordLink[] {
  return (targets ?? []).flatMap(({ slice }, index) =>
    one(slice, 'target-slice', [...at, index, 'slice']),
  );
}

function one(to: string | undefined, kind: LinkKind, at: YamlPath): readonly RecordLink[] {
  return to === undefined ? [] : [{ to, kind, source: 'record', at }];
}

function many(
  ids: readonly string[] | undefined,
  kind: LinkKind,
  at: YamlPath,
): readonly RecordLink[] {
  return (ids ?? []).map((to, index) => ({ to, kind, source: 'record', at: [...at, index] }));
}

function people(name: string | undefined, kind: LinkKind, at: YamlPath): readonly RecordLink[] {
  return name === undefined ? [] : [{ to: personNode(name), kind, source: 'record', at }];
}
