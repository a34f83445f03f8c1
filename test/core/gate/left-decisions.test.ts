import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DecisionFacts, leftBehind } from '../../../src/core/gate/decision-facts.ts';
import { judgeEvidence } from '../../../src/core/gate/evidence.ts';
import type { EvidenceContext, ResultFacts } from '../../../src/core/gate/evidence-context.ts';
import { decisionOf, evidenceContext, hex } from './values.ts';

const stands = decisionOf('DR-1');
const gone = decisionOf('DR-0', { status: 'superseded' });
const everywhere = decisionOf('DR-9', { status: 'superseded', governs: ['**'] });

const rows: readonly (readonly [
  name: string,
  files: readonly (string | null)[],
  decisions: readonly DecisionFacts[],
  atTip: readonly DecisionFacts[],
  want: readonly string[],
])[] = [
  ['one that only lands', ['model/a.py'], [stands], [], []],
  ['one that stood', ['model/a.py'], [], [stands], ['DR-1']],
  ['one that was superseded', ['model/a.py'], [gone], [], ['DR-0']],
  ['one over one of the files', ['docs/a.md', 'model/a.py'], [gone], [], ['DR-0']],
  ['one over other files', ['docs/a.md'], [gone], [gone], []],
  ['one over all files, of a path that is not UTF-8', [null], [everywhere], [], []],
];
for (const [name, files, decisions, atTip, want] of rows)
  test(`decisions that a change leaves behind: ${name}`, () =>
    assert.deepEqual(
      leftBehind(files, decisions, atTip).map(({ record }) => record.id),
      want,
    ));

test('an open thread about what was superseded is asked of reviews, and of nothing else', () => {
  const decision = decisionOf('DR-1', { rollback: { plan: 'back', owner: 'ada' } });
  const open = {
    id: 't1',
    record: 'DR-0',
    open: true,
    finding: false,
    due: null,
    closing: null,
  };
  const context = evidenceContext({ decisions: [decision, gone], threads: [open] }, [decision]);
  assert.equal(judgeEvidence({ kind: 'rollback' }, context).state, 'met');
  assert.equal(judgeEvidence({ kind: 'review' }, context).state, 'unmet');
});

test('a decision that is not staged is told over the first file that it stands over', () => {
  const unstaged = { decisions: [stands], results: [], governed: {}, stage: 'git add' };
  const { why } = judgeEvidence(
    { kind: 'decision', covers: 'changed-files' },
    evidenceContext({ files: [null, 'docs/a.md', 'model/a.py'], unstaged }),
  );
  assert.match(why ?? '', /over model\/a\.py and/);
});

const result = (evaluation: string, more: Partial<ResultFacts> = {}): ResultFacts => ({
  path: `.countersign/results/${evaluation}/r.json`,
  sha256: hex('5'),
  evaluation,
  verdict: 'pass',
  why: 'recall',
  plan: [],
  inputs: [],
  governed: { 'model-change': hex('9') },
  ...more,
});
const before = decisionOf('DR-1', { evaluations: ['EV-1'] });
const brought = decisionOf('DR-2', { evaluations: ['EV-2'] }, hex('b'));
const mine = result('EV-2');

/** A change that brings a decision and its result, and leaves behind what the target asks for. */
const beside = (...stood: readonly ResultFacts[]): EvidenceContext =>
  evidenceContext(
    {
      decisions: [before, brought],
      decisionsAtTip: [before],
      results: [mine, ...stood],
      landing: (path) => (path.endsWith('x.json') ? null : hex('5')),
    },
    [brought, mine],
  );
const failing = result('EV-1', { path: 'f.json', verdict: 'fail' });
const elsewhere = { governed: { 'model-change': hex('8') } };
for (const [name, stood, met] of [
  ['it passes on this code, and nobody listed it', [result('EV-1')], true],
  ['it passes on this code in one result, and fails in another', [failing, result('EV-1')], true],
  ['it fails on this code', [failing], false],
  ['it passed when it was last measured', [result('EV-1', { ...elsewhere, stood: 'pass' })], true],
  ['it failed when it was last measured', [result('EV-1', { ...elsewhere, stood: 'fail' })], false],
  [
    'it passed in a result that does not land',
    [result('EV-1', { path: 'x.json', stood: 'pass' })],
    false,
  ],
  ['nothing was measured', [], false],
] as const)
  test(`what a decision of the target asks for is ${met ? '' : 'not '}in good order beside a new one: ${name}`, () =>
    assert.equal(judgeEvidence({ kind: 'result' }, beside(...stood)).state, met ? 'met' : 'unmet'));

test('a measurement on other code than is staged names its evaluation', () => {
  const governed = { 'model-change': ['model/a.py'] };
  const unstaged = { decisions: [], results: [], governed, stage: 'git add' };
  const judged = judgeEvidence(
    { kind: 'result' },
    evidenceContext({ decisions: [before], unstaged }, [before]),
  );
  assert.deepEqual([judged.state, judged.ref], ['unmet', 'EV-1']);
});
