import type { Finding } from '../../core/finding.ts';
import type { Decision } from '../../core/records/decision.ts';
import type { Feedback } from '../../core/records/feedback.ts';
import type { ParsedRecord } from '../../core/records/parse-record.ts';

/** A record of one kind and where it lies. */
export type Placed<Value> = { readonly id: string; readonly path: string; readonly value: Value };

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
  readonly findings: readonly Finding[];
};
