import assert from 'node:assert/strict';
import { parseRecord } from '../../../src/core/records/parse-record.ts';
import { eventPath, eventText, type NewEvent } from '../../../src/core/reviews/new-event.ts';
import type { ReviewRecord } from '../../../src/core/reviews/event-order.ts';

/** An event as its file is read. @param name of its file @param folder in which it lies; that of its record where absent */
export function reviewEvent(name: string, said: Partial<NewEvent>, folder?: string): ReviewRecord {
  const event: NewEvent = {
    thread: 'T1',
    record: 'DR-0001',
    type: 'reply',
    by: 'Ada <ada@example.org>',
    at: '2026-11-18T09:30:00Z',
    ...said,
  };
  const { record, findings } = parseRecord(
    eventPath(folder ?? event.record, name),
    new TextEncoder().encode(eventText(event)),
  );
  assert.deepEqual(findings, []);
  assert.ok(record?.kind === 'review');
  return record;
}
