import type { Cache, Files } from '../../app/ports.ts';
import type { Finding } from '../../core/finding.ts';
import { kindOfPath } from '../../core/records/kind-of-path.ts';
import { type ParsedRecord, parseRecord } from '../../core/records/parse-record.ts';
import type { RecordKind } from '../../core/records/record-kind.ts';
import type { RecordValues } from '../../core/records/schemas.ts';
import type { Placed, RecordIndex } from './record-index.ts';

/** Reads every record below `.countersign/` and arranges them for the views. */
export async function loadRecords(files: Files, _cache: Cache): Promise<RecordIndex> {
  const records: ParsedRecord[] = [];
  const findings: Finding[] = [];
  for (const { path } of await files.list('.countersign')) {
    const bytes = kindOfPath(path) === null ? null : await files.read(path);
    if (!bytes || !path.endsWith('.yaml') || ['signoff', 'exception'].includes(kindOfPath(path) ?? '')) continue;
    const parsed = parseRecord(path, bytes);
    findings.push(...parsed.findings);
    if (parsed.record) records.push(parsed.record);
  }
  return arrange(records, findings);
}

function arrange(records: readonly ParsedRecord[], findings: readonly Finding[]): RecordIndex {
  return {
    feedback: placed(records, 'feedback'),
    decisions: placed(records, 'decision'),
    byPath: new Map(records.map((record) => [record.path, record])),
    byId: new Map(records.flatMap((record) => (record.id === null ? [] : [[record.id, record] as const]))),
    findings,
  };
}

/** Records of one kind that carry an id, in the order of their paths. */
function placed<Kind extends RecordKind>(records: readonly ParsedRecord[], kind: Kind): readonly Placed<RecordValues[Kind]>[] {
  return records.flatMap((record) => (record.kind === kind && record.id !== null ? [{ id: record.id, path: record.path, value: record.value as RecordValues[Kind] }] : []));
}
