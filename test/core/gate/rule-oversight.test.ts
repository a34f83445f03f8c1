import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { fits } from '../../../src/core/gate/fits.ts';
import type { Requirement } from '../../../src/core/gate/gate-policy.ts';
import type { JudgedSignoff } from '../../../src/core/gate/judged-signoff.ts';
import type { Checklist } from '../../../src/core/records/checklist.ts';
import { decisionOf, entryOf, gatePolicy, hex, signoffOf } from './values.ts';
import {
  asked,
  ben,
  both,
  checklist,
  cy,
  decision,
  demanding,
  exceptionOf,
  type Given,
  judged,
  lists,
  owner,
  proof,
  via,
} from './judged-rule.ts';

const grown: Given = {
  rule: {
    require: [
      { role: 'validator', independent: true },
      { role: 'ethics', from_risk: 'high' },
    ],
  },
  context: { decisions: [decision] },
};

const risky: Given = {
  ...grown,
  context: { decisions: [decisionOf('DR-0001', { risk: 'high' })] },
};

const oversight: readonly (readonly [
  name: string,
  signoffs: readonly JudgedSignoff[],
  given: Given,
  roles: readonly string[],
  risk: string | null,
])[] = [
  ['a low risk that the signer saw', [signoffOf('ben', lists)], grown, ['validator'], 'low'],
  ['a low risk that nobody signed for yet', [], grown, ['validator'], 'low'],
  ['a low risk that the signer did not see', [ben], grown, both, 'critical'],
  ['no decision', [ben], { ...grown, context: {} }, both, 'critical'],
  [
    'two decisions over one file, of which the signer saw one',
    [signoffOf('ben', lists)],
    { ...grown, context: { decisions: [decision, decisionOf('DR-0002', {}, hex('b'))] } },
    ['validator'],
    'low',
  ],
  [
    'two files, and the signer saw the decision over one of them',
    [signoffOf('ben', lists)],
    {
      ...grown,
      rule: { ...grown.rule, paths: ['model/**', 'docs/**'] },
      change: { entries: [entryOf('model/a.py'), entryOf('docs/x')] },
      context: { decisions: [decision, decisionOf('DR-0002', { governs: ['docs/**'] }, hex('b'))] },
    },
    both,
    'critical',
  ],
  [
    'two files under one decision that the signer saw',
    [signoffOf('ben', lists)],
    { ...grown, change: { entries: [entryOf('model/a.py'), entryOf('model/b.py')] } },
    ['validator'],
    'low',
  ],
  [
    'a low risk that the owner saw and the independent signer did not',
    [signoffOf('ada', { role: 'model-owner', ...lists }), ben],
    {
      ...grown,
      rule: {
        require: [
          { role: 'model-owner' },
          { role: 'validator', independent: true },
          { role: 'ethics', from_risk: 'high' },
        ],
      },
    },
    ['model-owner', ...both],
    'critical',
  ],
  ['a high risk', [], risky, both, 'high'],
  [
    'a built-in rule, whose risk is not told',
    [signoffOf('ben', lists)],
    { ...grown, change: { builtIn: true } },
    both,
    null,
  ],
  [
    'a demand for evidence that is graded, and a decision that nobody saw',
    [ben],
    {
      ...grown,
      rule: {
        require: [{ role: 'validator', independent: true }],
        evidence: [{ kind: 'escalation', from_risk: 'high' }],
      },
    },
    ['validator'],
    'critical',
  ],
  [
    'nothing that is graded, and a decision that nobody saw',
    [ben],
    { ...grown, rule: { require: [{ role: 'validator', independent: true }] } },
    ['validator'],
    'low',
  ],
];

for (const [name, signoffs, given, roles, risk] of oversight) {
  test(`how much oversight a rule asks for: ${name}`, () => {
    assert.deepEqual(asked(signoffs, given), roles);
    assert.equal(judged(signoffs, given).shown.risk, risk);
  });
}

test('evidence that an exception excuses is shown so, and evidence that is there as it is', () => {
  const given: Given = {
    rule: { evidence: [{ kind: 'escalation' }, { kind: 'decision' }] },
    context: { decisions: [decision], exceptions: [exceptionOf('eve')] },
  };
  assert.deepEqual(
    judged([owner, signoffOf('ben', lists)], given).shown.evidence.map(({ kind, state }) => [
      kind,
      state,
    ]),
    [
      ['escalation', 'excepted'],
      ['decision', 'met'],
    ],
  );
});

test('evidence that the author alone listed is not there while the independent signer is awaited', () => {
  assert.deepEqual(
    judged([signoffOf('ada', { role: 'model-owner', ...lists })], demanding).shown.evidence.map(
      ({ state }) => state,
    ),
    ['unmet'],
  );
});

test('while a signer is awaited, what only signers answer is not open', () => {
  const forSigners: Checklist = {
    ...checklist,
    items: [{ id: 'tests', ask: '?', must: true, by: 'signer' }],
  };
  assert.deepEqual(
    judged([signoffOf('ada', { role: 'author' })], { change: { checklist: forSigners } }).shown
      .checklist?.unanswered,
    [],
  );
  // Where nobody is awaited, nobody would ever answer.
  const alone = judged([], { change: { checklist: forSigners }, rule: { require: [] } }).shown;
  assert.deepEqual(
    [alone.state, alone.checklist?.unanswered],
    ['unmet', [{ id: 'tests', by: 'signer', answer: 'none' }]],
  );
});

const fitting: readonly (readonly [
  requirement: Requirement,
  approval: Parameters<typeof fits>[1],
  fit: boolean,
])[] = [
  [{ role: 'validator' }, ben, true],
  [{ role: 'ethics' }, ben, false],
  [{ role: 'ethics' }, signoffOf('dee'), false],
  [{ role: 'validator' }, signoffOf('dee'), false],
  [{ role: 'validator', independent: true }, ben, true],
  [{ role: 'validator', independent: true }, cy, false],
  [{ role: 'validator', independent: false }, cy, true],
  [{ role: 'validator' }, signoffOf('ben', { via }), false],
  [{ role: 'validator', accept: ['forge'] }, signoffOf('ben', { via }), true],
  [{ role: 'validator', accept: ['key', 'forge'] }, signoffOf('ben', { via }), true],
  [{ role: 'validator', accept: ['forge'] }, ben, false],
  [{ role: 'validator', presence: 'touch' }, ben, false],
  [
    { role: 'validator', presence: 'touch' },
    signoffOf('ben', {}, { proof: { ...proof, touched: true } }),
    true,
  ],
  [
    { role: 'validator', presence: 'verify' },
    signoffOf('ben', {}, { proof: { ...proof, touched: true } }),
    false,
  ],
  [
    { role: 'validator', presence: 'verify' },
    signoffOf('ben', {}, { proof: { ...proof, touched: true, verified: true } }),
    true,
  ],
  [{ role: 'validator', presence: 'touch' }, signoffOf('ben', {}, { proof: null }), false],
  [
    { role: 'validator', presence: 'touch', accept: ['forge'] },
    signoffOf('ben', { via }, { proof: { ...proof, touched: true } }),
    false,
  ],
];

for (const [requirement, approval, fit] of fitting) {
  test(`${approval.payload.person} as ${approval.payload.role}${approval.payload.via ? ' by a forge' : ''} fits ${JSON.stringify(requirement)}: ${fit}`, () =>
    assert.equal(fits(requirement, approval, new Set(['cy']), gatePolicy()), fit));
}
