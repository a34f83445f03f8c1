import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildGraph } from '../../../src/core/graph/build-graph.ts';
import { parseRecord } from '../../../src/core/records/parse-record.ts';

const feedback = (path: string, id: string) => {
  const { record } = parseRecord(
    `.countersign/feedback/${path}.yaml`,
    new TextEncoder().encode(
      `schema: countersign/feedback@1\nid: ${id}\ntitle: Words\nchannel: issue\nobserved_at: unknown\nstatus: triaged\n`,
    ),
  );
  assert.ok(record);
  return record;
};

for (const [name, ids, found] of [
  ['two records of two ids', ['FB-AAAA', 'FB-BBBB'], []],
  [
    'two records of one id',
    ['FB-AAAA', 'FB-AAAA'],
    [['record/duplicate-id', 'error', '.countersign/feedback/f1/FB-AAAA.yaml', 2]],
  ],
  [
    'three records of one id',
    ['FB-AAAA', 'FB-AAAA', 'FB-AAAA'],
    [
      ['record/duplicate-id', 'error', '.countersign/feedback/f1/FB-AAAA.yaml', 2],
      ['record/duplicate-id', 'error', '.countersign/feedback/f2/FB-AAAA.yaml', 2],
    ],
  ],
] as const) {
  test(`ids of records: ${name}`, () => {
    const records = ids.map((id, index) => feedback(`f${index}/${id}`, id));
    const { findings, graph } = buildGraph({
      records,
      broken: [],
      results: [],
      signoffs: [],
      markers: [],
      exists: () => true,
    });
    assert.deepEqual(
      findings.map(({ code, severity, path, line }) => [code, severity, path, line]),
      found,
    );
    assert.equal(graph.node('FB-AAAA')?.path, '.countersign/feedback/f0/FB-AAAA.yaml');
  });
}
