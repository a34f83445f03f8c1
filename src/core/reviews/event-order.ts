import { compareText } from '../finding/finding.ts';
import { recordName } from '../records/kind-of-path.ts';
import type { ParsedRecord } from '../records/parse-record.ts';

/** An event of a review as its file says it. */
export type ReviewRecord = Extract<ParsedRecord, { readonly kind: 'review' }>;

/** The id of an event: the name of its file. */
export function eventId({ path }: Pick<ReviewRecord, 'path'>): string {
  return recordName(path);
}

/**
 * The order of events: by time, then by id, then by path. It is total and looks at nothing but the events themselves, so
 * that whoever merged which branch first changes nothing.
 */
export function compareEvents(a: ReviewRecord, b: ReviewRecord): number {
  return (
    compareTimes(a.value.at, b.value.at) ||
    compareText(eventId(a), eventId(b)) ||
    compareText(a.path, b.path)
  );
}

/** Compares two times of RFC 3339 as instants, to the nanosecond, whatever their offsets. */
export function compareTimes(a: string, b: string): number {
  const [first, second] = [instant(a), instant(b)];
  return first.seconds - second.seconds || compareText(first.fraction, second.fraction);
}

/** Whole milliseconds are the finest that dates hold, and records may say nine digits. */
function instant(time: string): { readonly seconds: number; readonly fraction: string } {
  const [, whole = '', fraction = '', offset = ''] =
    /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(time) ?? [];
  return { seconds: Date.parse(`${whole}${offset}`), fraction: fraction.padEnd(9, '0') };
}
