import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResultFacts } from '../../../src/core/gate/evidence-context.ts';
import { judgeEvidence } from '../../../src/core/gate/evidence.ts';
import { ruleFindings } from '../../../src/core/gate/rule-findings.ts';
import { sameInputsBefore } from '../../../src/core/gate/same-inputs.ts';
import { checkedRule, decisionOf, evidenceContext, hex } from './values.ts';

const input = (path: string, digit = '7'): ResultFacts['inputs'][number] => ({
  path,
  sha256: hex(digit),
  stands: hex(digit),
});
const facts = (path: string, more: Partial<ResultFacts> = {}): ResultFacts =>
  ({
    path,
    sha256: hex('5'),
    evaluation: 'EV-0001',
    verdict: 'pass',
    stated: 'pass',
    why: '',
    plan: [],
    inputs: [input('a.csv'), input('b.csv', '8')],
    governed: { model: hex('9') },
    ...more,
  }) as ResultFacts;
const now = facts('now.json');
const before = facts('before.json', { governed: { model: hex('6') } });

const rows: readonly (readonly [
  name: string,
  result: ResultFacts,
  others: readonly ResultFacts[],
  before: string | null,
])[] = [
  ['nothing before', now, [now], null],
  ['the same bytes on other code', now, [now, before], 'before.json'],
  [
    'the same bytes in another order',
    now,
    [
      facts('before.json', {
        governed: { model: hex('6') },
        inputs: [input('b.csv', '8'), input('a.csv')],
      }),
    ],
    'before.json',
  ],
  ['the same bytes on the same code', now, [facts('again.json')], null],
  ['the same bytes of another evaluation', now, [{ ...before, evaluation: 'EV-0002' }], null],
  [
    'the same bytes on code of another rule',
    now,
    [{ ...before, governed: { docs: hex('6') } }],
    null,
  ],
  [
    'other bytes under the same name',
    now,
    [{ ...before, inputs: [input('a.csv'), input('b.csv', '1')] }],
    null,
  ],
  [
    'the same bytes under another name',
    now,
    [{ ...before, inputs: [input('a.csv'), input('c.csv', '8')] }],
    null,
  ],
  ['one input of two', now, [{ ...before, inputs: [input('a.csv')] }], null],
  ['no inputs', { ...now, inputs: [] }, [{ ...before, inputs: [] }], null],
  ['a result that says no code', { ...now, governed: {} }, [before], null],
];

for (const [name, result, others, want] of rows)
  test(`what was measured before on other code: ${name}`, () =>
    assert.equal(sameInputsBefore(result, others, 'model'), want));

test('that a result was measured on the bytes of before is told beside it, and nothing where it was not', () => {
  const decision = decisionOf('DR-0001', { evaluations: ['EV-0001'] });
  const judged = (results: readonly ResultFacts[]) =>
    judgeEvidence(
      { kind: 'result' },
      evidenceContext(
        {
          rule: 'model',
          governed: hex('9'),
          decisions: [decision],
          results,
          landing: (path) => (path === 'now.json' ? hex('5') : hex('7')),
        },
        [now, decision],
      ),
    );
  const plain = (results: readonly ResultFacts[]) =>
    judged(results.map((one) => ({ ...one, inputs: [input('a.csv')] })));
  assert.deepEqual(plain([now, before]).same_inputs, [
    { evaluation: 'EV-0001', result: 'now.json', before: 'before.json' },
  ]);
  assert.equal('same_inputs' in plain([now]), false);
  const shown = checkedRule({ id: 'model', evidence: [plain([now, before])] });
  const found = ruleFindings(
    {
      shown,
      authorOpen: false,
      strangers: [],
      rejectedBy: [],
      unsigned: [],
      lonely: false,
      exceptedBy: [],
    },
    'all',
  );
  assert.deepEqual(
    found.map(({ code, severity }) => [code, severity]),
    [['evidence/same-inputs', 'warning']],
  );
});
