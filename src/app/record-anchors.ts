import type { CodeAnchor } from '../core/records/code-anchor.ts';
import type { ParsedRecord } from '../core/records/parse-record.ts';

/** The code anchors of a record, in its order. */
export function anchorsOf(record: ParsedRecord | undefined): readonly CodeAnchor[] {
  if (record?.kind !== 'decision' && record?.kind !== 'feedback') return [];
  return record.value.trail?.code ?? [];
}
