import type { Finding } from '../../../src/core/finding/finding.ts';
import { parseRecord } from '../../../src/core/records/parse-record.ts';

const heads = {
  FB: ['feedback', 'feedback', 'channel: issue\nobserved_at: unknown\nstatus: new\n'],
  DR: ['decision', 'decisions', 'status: proposed\nowner: ada\nrisk: low\n'],
  EV: [
    'evaluation',
    'evaluations',
    'kind: offline\ndata: {candidate: {path: a.csv}}\ncolumns: {label: y, prediction: p}\n',
  ],
} as const;

export type Prefix = keyof typeof heads;

export function read(prefix: Prefix, text: string): readonly Finding[] {
  const path = `.countersign/${heads[prefix][1]}/${prefix}-HAND.yaml`;
  return parseRecord(path, new TextEncoder().encode(text)).findings;
}

export function recordOf(prefix: Prefix, typed: string): string {
  const [kind, , rest] = heads[prefix];
  const titled = typed.startsWith('title: ');
  const lines = titled ? rest : `title: x\n${rest}`;
  return `schema: countersign/${kind}@1\nid: ${prefix}-HAND\n${titled ? `${typed}\n` : ''}${lines}${titled ? '' : `${typed}\n`}`;
}
