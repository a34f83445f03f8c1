import type { Finding } from '../finding/finding.ts';
import type { ParsedRecord } from '../records/parse-record.ts';

/** Items that name another as the one that they repeat, and whose status says that they repeat none. */
export function duplicateFindings(records: readonly ParsedRecord[]): readonly Finding[] {
  return records.flatMap((record): readonly Finding[] => {
    if (record.kind !== 'feedback') return [];
    const { status, duplicate_of: of } = record.value;
    if (of === undefined || status === 'duplicate') return [];
    return [
      {
        code: 'record/duplicate-status',
        severity: 'warning',
        message: `it is said to be a duplicate of ${of}, and its status is ${status}`,
        fix: 'take duplicate_of away, or write status: duplicate',
        ...record.locateKey(['duplicate_of']),
      },
    ];
  });
}
