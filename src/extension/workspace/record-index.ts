import type { PlacedThread } from '../../app/reviews.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { Graph } from '../../core/graph/graph.ts';
import type { TrailStep } from '../../core/graph/trail-tree.ts';
import type { Decision } from '../../core/records/decision.ts';
import type { Feedback } from '../../core/records/feedback.ts';
import type { ParsedRecord } from '../../core/records/parse-record.ts';
import type { AnchorState } from '../../core/trails/followed-anchor.ts';

/** A record of one kind and where it lies. */
export type Placed<Value> = { readonly id: string; readonly path: string; readonly value: Value };

/** A record that stands behind a file, and what says so. Lines from 1, both included; null where it is the whole file. */
export type Behind = {
  readonly id: string;
  readonly source: 'anchor' | 'marker' | 'governs';
  readonly lines: readonly [number, number] | null;
  /** Of an anchor: its place in the record from 0, whether the lines are sure, and where they were. */
  readonly anchor: BehindAnchor | null;
};

export type BehindAnchor = {
  readonly index: number;
  readonly state: AnchorState;
  readonly why: string;
  readonly was: { readonly path: string; readonly lines: readonly [number, number] };
};

/** What the views ask of a folder's records, made once a reading. */
export type RecordIndex = {
  /** By id. */
  readonly feedback: readonly Placed<Feedback>[];
  /** By id. */
  readonly decisions: readonly Placed<Decision>[];
  /** Every record that could be read, by its path. */
  readonly byPath: ReadonlyMap<string, ParsedRecord>;
  /** Every record that has an id, by it. */
  readonly byId: ReadonlyMap<string, ParsedRecord>;
  /** Review threads, each at its place of today. */
  readonly reviews: readonly PlacedThread[];
  readonly findings: readonly Finding[];
  /** Paths of records that nobody could read: a row of their own, so that they are not merely missing. */
  readonly unreadable: readonly string[];
  readonly graph: Graph;
  /** What stands behind a file; anchors are followed to where their lines are in `text`, as the editor shows it. */
  readonly behind: (path: string, text: string | null) => readonly Behind[];
  /** What hangs on a record, both ways; null where the graph has no such node. */
  readonly trail: (id: string) => TrailStep | null;
};
