import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Verdict } from '../../../src/core/gate/check-result.ts';
import type { RequirementState } from '../../../src/core/gate/requirements.ts';
import type { RuleVerdict } from '../../../src/core/gate/rule-verdict.ts';
import type { VerdictInput } from '../../../src/core/gate/verdict.ts';
import { checkedRule, hex } from './values.ts';
import { error, examined, judged, usual, warning } from './verdict-input.ts';

const ruleOf = (state: RequirementState, more: Partial<RuleVerdict> = {}): RuleVerdict => ({
  shown: checkedRule({ state }),
  authorOpen: false,
  strangers: [],
  rejectedBy: [],
  unsigned: [],
  lonely: false,
  exceptedBy: [],
  ...more,
});

const rejected = ruleOf('rejected', { rejectedBy: ['cy'] });

const rows: readonly {
  readonly name: string;
  readonly input: Partial<VerdictInput>;
  readonly verdict: Verdict;
  readonly codes?: readonly string[];
}[] = [
  { name: 'nothing to say', input: {}, verdict: 'pass' },
  { name: 'a rule that is met', input: { rules: [ruleOf('met')] }, verdict: 'pass' },
  { name: 'a warning', input: { findings: [warning] }, verdict: 'pass', codes: ['record/metric'] },
  {
    name: 'an error',
    input: { findings: [warning, error] },
    verdict: 'fail',
    codes: ['record/value', 'record/metric'],
  },
  {
    name: 'an error, where nothing is asked for',
    input: { stage: 'off', findings: [error] },
    verdict: 'pass',
    codes: [],
  },
  {
    name: 'a file that could not be looked at',
    input: { examined: { ...examined, skipped: 1 } },
    verdict: 'fail',
  },
  {
    name: 'a file that could not be looked at, where nothing is asked for',
    input: { stage: 'off', examined: { ...examined, skipped: 1 } },
    verdict: 'fail',
  },
  {
    name: 'a rule that is open and says nothing',
    input: { rules: [ruleOf('met'), ruleOf('unmet')] },
    verdict: 'fail',
  },
  {
    name: 'a rule that was rejected and says nothing',
    input: { rules: [ruleOf('rejected')] },
    verdict: 'fail',
  },
  {
    name: 'a rule that is open and says nothing, for the author',
    input: { stage: 'author', rules: [ruleOf('unmet')] },
    verdict: 'pass',
  },
  {
    name: 'a rule that is open by the head’s policy',
    input: { rules: [ruleOf('met')], byHeadPolicy: [ruleOf('unmet')] },
    verdict: 'fail',
  },
  {
    name: 'an exception',
    input: { rules: [ruleOf('met'), ruleOf('excepted')] },
    verdict: 'pass-with-exception',
  },
  {
    name: 'an exception and an error',
    input: { rules: [ruleOf('excepted')], findings: [error] },
    verdict: 'fail',
    codes: ['record/value'],
  },
  {
    name: 'an exception by the head’s policy alone',
    input: { rules: [ruleOf('met')], byHeadPolicy: [ruleOf('excepted')] },
    verdict: 'pass',
  },
  { name: 'a reject', input: { rules: [rejected] }, verdict: 'fail', codes: ['signoff/rejected'] },
  {
    name: 'a reject, where records alone are asked for',
    input: { stage: 'records', rules: [rejected] },
    verdict: 'pass',
    codes: ['signoff/rejected'],
  },
  {
    name: 'one reject by both policies is told once',
    input: { rules: [rejected], byHeadPolicy: [rejected] },
    verdict: 'fail',
    codes: ['signoff/rejected'],
  },
  {
    name: 'another reject by the head’s policy',
    input: { rules: [rejected], byHeadPolicy: [ruleOf('rejected', { rejectedBy: ['ben'] })] },
    verdict: 'fail',
    codes: ['signoff/rejected', 'signoff/rejected'],
  },
];

for (const { name, input, verdict, codes = [] } of rows) {
  test(`a verdict: ${name}`, () => {
    const found = judged(input);
    assert.deepEqual([found.verdict, found.exit], [verdict, verdict === 'fail' ? 1 : 0]);
    assert.deepEqual(
      found.findings.map(({ code }) => code),
      codes,
    );
  });
}

test('what the head’s policy wants is told as such', () => {
  const messages = judged({ byHeadPolicy: [rejected] }).findings.map(({ message }) => message);
  assert.deepEqual(messages, [
    'model-change: cy rejected this change (by the policy that this change would put in place)',
  ]);
});

test('where only the policy that the change brings has a rule, nobody is asked to sign for it here', () => {
  const asked = (input: Parameters<typeof judged>[0]): readonly boolean[] =>
    judged(input).findings.map(({ fix }) => /countersign sign/.test(fix ?? ''));
  assert.deepEqual(asked({ byHeadPolicy: [rejected] }), [false]);
  const again = ruleOf('rejected', { rejectedBy: ['ben'] });
  assert.deepEqual(asked({ rules: [rejected], byHeadPolicy: [again] }), [true, true]);
});

test('what was asked stands in the answer', () => {
  const {
    schema,
    stage,
    tip,
    head,
    lands,
    target,
    policy,
    authors,
    ungoverned,
    examined: looked,
    rules,
  } = judged({ stage: 'author', rules: [ruleOf('met')] });
  assert.deepEqual(
    { schema, stage, tip, head, lands, target, policy, authors, ungoverned, looked },
    {
      schema: 'countersign/check@1',
      stage: 'author',
      tip: hex('a'),
      head: hex('b'),
      lands: hex('c'),
      target: 'refs/heads/main',
      policy: usual.policy,
      authors: usual.authors,
      ungoverned: 5,
      looked: examined,
    },
  );
  assert.deepEqual(rules, [checkedRule()]);
});
