import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvidenceContext, ResultFacts } from '../../../src/core/gate/evidence-context.ts';
import { passedOver } from '../../../src/core/gate/result-evidence.ts';
import { ruleFindings } from '../../../src/core/gate/rule-findings.ts';
import { checkedRule, decisionOf, evidenceContext, hex } from './values.ts';

const result = (evaluation: string, verdict: 'pass' | 'fail' = 'pass'): ResultFacts => ({
  path: `.countersign/results/${evaluation}/r.json`,
  sha256: hex('5'),
  evaluation,
  verdict,
  why: 'recall',
  plan: [],
  inputs: [],
  governed: { 'model-change': hex('9') },
});
const names = (id: string, ...evaluations: readonly string[]) =>
  decisionOf(id, { evaluations: [...evaluations] });

const rows: readonly (readonly [
  name: string,
  context: Partial<EvidenceContext>,
  want: readonly (readonly [evaluation: string, decision: string])[],
])[] = [
  ['nothing is named', { decisions: [decisionOf('DR-1')] }, []],
  [
    'all that is named passes',
    { decisions: [names('DR-1', 'EV-1')], results: [result('EV-1')] },
    [],
  ],
  [
    'one of two has no result',
    { decisions: [names('DR-1', 'EV-1'), names('DR-2', 'EV-2')], results: [result('EV-1')] },
    [['EV-2', 'DR-2']],
  ],
  [
    'one of two fails',
    {
      decisions: [names('DR-1', 'EV-1', 'EV-2')],
      results: [result('EV-1'), result('EV-2', 'fail')],
    },
    [['EV-2', 'DR-1']],
  ],
  [
    'a decision of the target names it',
    {
      decisions: [names('DR-1', 'EV-1')],
      decisionsAtTip: [names('DR-0', 'EV-0')],
      results: [result('EV-1')],
    },
    [['EV-0', 'DR-0']],
  ],
  [
    'a decision over other files names it',
    { decisions: [decisionOf('DR-1', { evaluations: ['EV-1'], governs: ['docs/**'] })] },
    [],
  ],
];

for (const [name, more, want] of rows)
  test(`evaluations that the evidence left out: ${name}`, () =>
    assert.deepEqual(
      passedOver(
        { kind: 'result' },
        evidenceContext({ citing: null, landing: () => hex('5'), ...more }),
      ).map(({ evaluation, decision }) => [evaluation, decision]),
      want,
    ));

for (const [state, says] of [
  ['met', ['evidence/passed-over']],
  ['unmet', []],
  ['excepted', []],
] as const)
  test(`what was left out is ${says.length > 0 ? '' : 'not '}named where the evidence is ${state}`, () => {
    const codes = ruleFindings(
      {
        shown: checkedRule({ evidence: [{ kind: 'result', state, ref: null }] }),
        authorOpen: false,
        strangers: [],
        rejectedBy: [],
        unsigned: [],
        lonely: false,
        exceptedBy: [],
        passedOver: [{ evaluation: 'EV-2', decision: 'DR-2' }],
      },
      'all',
    )
      .filter(({ severity }) => severity === 'warning')
      .map(({ code }) => code);
    assert.deepEqual(codes, says);
  });
