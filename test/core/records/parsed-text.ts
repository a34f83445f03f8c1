import { type Parsed, parseRecord } from '../../../src/core/records/parse-record.ts';

export const encoder = new TextEncoder();
export const feedbackPath = '.countersign/feedback/FB-ABCD.yaml';
export const feedback =
  'schema: countersign/feedback@1\nid: FB-ABCD\ntitle: x\nchannel: survey\nreceived_at: 2026-03-01T09:12:00Z\nstatus: new\n';

export function parse(text: string | Uint8Array, path = feedbackPath): Parsed {
  return parseRecord(path, typeof text === 'string' ? encoder.encode(text) : text);
}

/** Findings in short: `line:column code`. */
export function short({ findings }: Parsed): string[] {
  return findings.map(({ line, column, code }) => `${line}:${column} ${code}`);
}
