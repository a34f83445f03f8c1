import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DecisionFacts } from '../../../src/core/gate/decision-facts.ts';
import type { EvidenceContext, ResultFacts } from '../../../src/core/gate/evidence-context.ts';
import { judgeResult } from '../../../src/core/gate/result-evidence.ts';
import { decisionOf, evidenceContext, hex } from './values.ts';

const resultOf = (evaluation: string): ResultFacts => ({
  path: `.countersign/results/${evaluation}/r.json`,
  sha256: hex('5'),
  evaluation,
  verdict: 'pass',
  why: 'recall',
  plan: [],
  inputs: [],
  governed: { 'model-change': hex('9') },
});
const names = (id: string, evaluations: readonly string[], governs = ['**']): DecisionFacts =>
  decisionOf(id, { evaluations: [...evaluations], governs });

const d1 = names('DR-1', ['EV-1']);
const d2 = names('DR-2', ['EV-1']);
const wide = names('DR-3', ['EV-2']);
const docs = names('DR-4', ['EV-1'], ['docs/**']);
const silent = names('DR-5', []);
const files = ['model/score.py'];

/** What the approvals list beside the results, and what is missing then. */
const rows: readonly (readonly [
  name: string,
  context: Partial<EvidenceContext>,
  listed: readonly DecisionFacts[],
  want: string | null,
])[] = [
  ['the one decision is listed', { decisions: [d1] }, [d1], null],
  ['the one decision is not listed', { decisions: [d1] }, [], 'DR-1'],
  ['it was listed as it was before', { decisions: [d1] }, [{ ...d1, sha256: hex('8') }], 'DR-1'],
  [
    'it stood on the target and is not listed',
    { decisions: [d1], decisionsAtTip: [d1] },
    [],
    'DR-1',
  ],
  ['of two that name it one is listed', { decisions: [d1, d2] }, [d2], null],
  ['of two evaluations that count one decision is listed', { decisions: [d1, wide] }, [wide], null],
  ['one that names nothing is listed', { decisions: [d1, silent] }, [silent], 'DR-1'],
  ['the one that is listed stands over other files', { decisions: [d1, docs] }, [docs], 'DR-1'],
  [
    'each file has one that is listed',
    {
      files: ['model/score.py', 'docs/x.md'],
      decisions: [names('DR-6', ['EV-2'], ['model/**']), docs],
    },
    [names('DR-6', ['EV-2'], ['model/**']), docs],
    null,
  ],
  [
    'the second file has none that is listed',
    {
      files: ['model/score.py', 'docs/x.md'],
      decisions: [names('DR-6', ['EV-2'], ['model/**']), docs],
    },
    [names('DR-6', ['EV-2'], ['model/**'])],
    'DR-4',
  ],
  [
    'the one that the change brings is named first',
    { decisions: [d1, d2], decisionsAtTip: [d1] },
    [],
    'DR-2',
  ],
  ['nobody is asked yet', { decisions: [d1], citing: null }, [], null],
];

for (const [name, context, listed, want] of rows)
  test(`a decision that says what is measured: ${name}`, () => {
    const results = [resultOf('EV-1'), resultOf('EV-2')];
    const judged = judgeResult(
      { kind: 'result' },
      evidenceContext({ files, results, landing: () => hex('5'), ...context }, [
        ...results,
        ...listed,
      ]),
    );
    assert.deepEqual(
      [judged.state, judged.state === 'met' ? null : judged.ref, judged.lacks],
      want === null ? ['met', null, undefined] : ['unmet', want, 'citation'],
    );
  });
