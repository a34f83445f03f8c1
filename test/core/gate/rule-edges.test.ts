import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conditionProblem } from '../../../src/core/gate/condition-problem.ts';
import type { EvidenceDemand } from '../../../src/core/gate/gate-policy.ts';
import { ruleFindings } from '../../../src/core/gate/rule-findings.ts';
import { judgeRule, type RuleVerdict } from '../../../src/core/gate/rule-verdict.ts';
import { checkedRule, decisionOf, digest, entryOf, evidenceContext, gatePolicy } from './values.ts';

const decision = decisionOf('DR-1', { evaluations: ['EV-1'] });

function judged(demand: EvidenceDemand): RuleVerdict {
  const { rule: _, files: __, governed, citing: ___, ...shared } = evidenceContext();
  return judgeRule(
    {
      rule: { id: 'model-change', paths: ['model/**'], require: [], evidence: [demand] },
      builtIn: false,
      digest,
      entries: [entryOf('model/a.py')],
      authors: { persons: new Set(['ada']), agents: new Set(), unknown: new Set() },
      checklist: null,
      governed,
    },
    { ...shared, decisions: [decision], signoffs: [], exceptions: [] },
  );
}

for (const [kind, left] of [
  ['decision', undefined],
  ['result', [{ evaluation: 'EV-1', decision: 'DR-1' }]],
] as const)
  test(`a rule that asks for a ${kind} ${left ? 'tells' : 'does not tell'} which evaluations it left out`, () =>
    assert.deepEqual(judged({ kind }).passedOver, left));

test('a rule without exceptions tells of none that is short', () => {
  assert.equal('shortExceptions' in judged({ kind: 'decision' }), false);
});

for (const [result, other, told] of [
  ['met', 'met', true],
  ['met', 'unmet', true],
  ['unmet', 'met', false],
] as const)
  test(`what was left out is ${told ? '' : 'not '}named where results are ${result} and decisions are ${other}`, () => {
    const evidence = [
      { kind: 'result', state: result, ref: null },
      { kind: 'decision', state: other, ref: null },
    ] as const;
    const found = ruleFindings(
      {
        ...judged({ kind: 'decision' }),
        shown: checkedRule({ evidence }),
        passedOver: [{ evaluation: 'EV-1', decision: 'DR-1' }],
      },
      'all',
    );
    assert.equal(
      found.some(({ code }) => code === 'evidence/passed-over'),
      told,
    );
  });

for (const [owner, near] of [
  ['add', 'ada'],
  ['somebody', null],
] as const)
  test(`who could keep a condition for ${owner}: ${near ?? 'nobody is near'}, and all are named`, () => {
    const { fix = '' } =
      conditionProblem(
        { text: 't', owner, due: '2026-12-01' },
        gatePolicy(),
        new Date('2026-11-24T06:00:00Z'),
      ) ?? {};
    assert.equal(/^did you mean (\w+)\?/.exec(fix)?.[1] ?? null, near);
    assert.match(fix, near === null ? /^the policy knows ada, ben/ : /knows ada, ben/);
  });
