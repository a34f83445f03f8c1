/** What a trail follows, and which way each of its links is read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildGraph } from '../../../src/core/graph/build-graph.ts';
import { trailOfLines, trailOfRecord } from '../../../src/core/graph/trail-tree.ts';
import { parseRecord } from '../../../src/core/records/parse-record.ts';
import { trailText } from '../../../src/core/render/trail-text.ts';

function feedback(id: string, more = ''): readonly [string, string] {
  return [
    `.countersign/feedback/${id}.yaml`,
    `schema: countersign/feedback@1\nid: ${id}\ntitle: Words of ${id}\nchannel: issue\nobserved_at: unknown\nstatus: triaged\n${more}`,
  ];
}

function decision(id: string, more: string): readonly [string, string] {
  return [
    `.countersign/decisions/${id}.yaml`,
    `schema: countersign/decision@1\nid: ${id}\ntitle: Way of ${id}\nstatus: accepted\nowner: ada\nrisk: low\n${more}`,
  ];
}

const files: readonly (readonly [string, string])[] = [
  feedback('FB-AAAA'),
  feedback('FB-BBBB', 'duplicate_of: FB-AAAA\n'),
  decision(
    'DR-HERE',
    'feedback: [FB-AAAA]\nevaluations: [EV-AAAA]\ntrail:\n  code: [{path: score.py, lines: [1, 3]}]\n  slices: [SL-AAAA]\n',
  ),
  decision(
    'DR-ELSE',
    'feedback: [FB-BBBB]\ntrail:\n  code: [{path: score.py, lines: [8, 9]}]\n  slices: [SL-AAAA]\n',
  ),
  [
    '.countersign/slices/SL-AAAA.yaml',
    'schema: countersign/slice@1\nid: SL-AAAA\ntitle: Some\ntable: t\nwhere: "a = 1"\n',
  ],
  [
    '.countersign/evaluations/EV-AAAA.yaml',
    'schema: countersign/evaluation@1\nid: EV-AAAA\ntitle: Better?\nkind: offline\ndata: {candidate: {path: a.csv}}\ncolumns: {label: y, prediction: p}\n',
  ],
];

const { graph } = buildGraph({
  records: files.flatMap(
    ([path, text]) => parseRecord(path, new TextEncoder().encode(text)).record ?? [],
  ),
  broken: [],
  results: [
    {
      path: '.countersign/results/EV-AAAA/aaaaaaaaaaaa.json',
      evaluation: 'EV-AAAA',
      verdict: 'fail',
      altered: false,
      looks: 2,
    },
    {
      path: '.countersign/results/EV-AAAA/bbbbbbbbbbbb.json',
      evaluation: 'EV-AAAA',
      verdict: 'pass',
      altered: false,
      looks: 1,
    },
  ],
  signoffs: [
    {
      path: '.countersign/signoffs/r/ben.aaaaaaaaaaaa.bbbb.yaml',
      person: 'ben',
      says: 'ben as validator',
      evidence: ['.countersign/decisions/DR-HERE.yaml'],
      rejects: [],
    },
  ],
  markers: [],
  exists: () => true,
});

test('lines lead to what asked for them, what was measured in the order of looks, and who signed', () => {
  assert.equal(
    trailText(trailOfLines(graph, 'score.py', [2, 2])),
    `score.py:2
└─ because of DR-HERE Way of DR-HERE [accepted]
   ├─ asked for by FB-AAAA Words of FB-AAAA [triaged]
   │  └─ repeated by FB-BBBB Words of FB-BBBB [triaged]
   │     └─ answered by DR-ELSE Way of DR-ELSE [accepted]
   ├─ on SL-AAAA Some
   │  └─ named by DR-ELSE Way of DR-ELSE [accepted]
   ├─ measured by EV-AAAA Better?
   │  ├─ result pass, look 1 (bbbbbbbbbbbb.json)
   │  └─ result fail, look 2 (aaaaaaaaaaaa.json)
   └─ signed by ben as validator`,
  );
});

test('what else stands over other lines of the same file is no part of a trail', () => {
  const step = trailOfRecord(graph, 'DR-HERE')?.steps.find(({ node }) => node.kind === 'file');
  assert.deepEqual([step?.lines, step?.steps], [[1, 3], []]);
});

test('an item of feedback leads to what was done about it, read from the item', () => {
  const steps = trailOfRecord(graph, 'FB-AAAA')?.steps.map(({ node, link, end }) => [
    node.id,
    link,
    end,
  ]);
  assert.deepEqual(steps, [
    ['DR-HERE', 'feedback', 'in'],
    ['FB-BBBB', 'duplicate-of', 'in'],
  ]);
});

test('an id that nothing bears has no trail', () => {
  assert.equal(trailOfRecord(graph, 'FB-NONE'), null);
});

test('a reject that lists no evidence hangs on the living decisions over what it stops', () => {
  const reject = {
    path: '.countersign/signoffs/r/cy.aaaaaaaaaaaa.cccc.yaml',
    person: 'cy',
    says: 'cy as validator: reject',
    evidence: [],
    rejects: ['score.py'],
  };
  const { graph: stopped } = buildGraph({
    records: files.flatMap(
      ([path, text]) => parseRecord(path, new TextEncoder().encode(text)).record ?? [],
    ),
    broken: [],
    results: [],
    signoffs: [reject],
    markers: [],
    exists: () => true,
  });
  assert.deepEqual(
    stopped.edges
      .filter(({ kind, from }) => kind === 'signoff' && from.startsWith('DR-'))
      .map(({ from }) => from),
    ['DR-ELSE', 'DR-HERE'],
  );
});
