import type { RecordEdit } from '../../../src/core/records/edit-record.ts';

export type Row = { name: string; text: string; edits: RecordEdit[]; expected: string };
