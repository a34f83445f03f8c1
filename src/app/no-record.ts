import type { ParsedRecord } from '../core/records/parse-record.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import { CountersignError } from './errors.ts';

/** That no record has this id, with the one that has nearly this; else where to look. */
export function noRecord(
  id: string,
  records: readonly ParsedRecord[],
  look = 'countersign list feedback, or countersign list decisions',
): CountersignError {
  const near = nearestName(
    id,
    records.flatMap((record) => record.id ?? []),
  );
  return new CountersignError(
    'record/none',
    `there is no record ${id}`,
    near === null ? look : `did you mean ${near}? Else see ${look}`,
  );
}
