import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Finding } from '../../../src/core/finding/finding.ts';
import type {
  CheckedCondition,
  CheckResult,
  Stage,
  Verdict,
} from '../../../src/core/gate/check-result.ts';
import type { JudgedException } from '../../../src/core/gate/exceptions.ts';
import type { RequirementState } from '../../../src/core/gate/requirements.ts';
import type { RuleVerdict } from '../../../src/core/gate/rule-verdict.ts';
import { judge, type ShownException, type VerdictInput } from '../../../src/core/gate/verdict.ts';
import { checkedRule, digest, hex, signoffOf } from './values.ts';
import type { FindingCode } from '../../../src/core/finding/finding-code.ts';

const examined = { entries: 1, commits: 2, records: 3, signoffs: 4, skipped: 0 };
const usual: VerdictInput = {
  stage: 'all',
  tip: hex('a'),
  head: hex('b'),
  lands: hex('c'),
  target: 'refs/heads/main',
  policy: { branch: 'refs/heads/main', tip: hex('d'), digest },
  authors: [{ person: 'ada', email: 'ada@example.org', agent: false }],
  ungoverned: 5,
  examined,
  rules: [],
  byHeadPolicy: [],
  signoffs: [],
  exceptions: [],
  conditions: [],
  blocking: new Set(),
  findings: [],
  named: '',
  onto: 'origin/main',
  now: new Date('2026-11-24T06:00:00Z'),
};
const judged = (more: Partial<VerdictInput> = {}): CheckResult => judge({ ...usual, ...more });

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
const finding = (
  code: FindingCode,
  severity: Finding['severity'],
  more: Partial<Finding> = {},
): Finding => ({ code, severity, message: code, fix: `mend ${code}`, ...more });
const error = finding('record/value', 'error');
const warning = finding('record/metric', 'warning');
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

test('sign-offs are shown that the change brings, and rejects that landed', () => {
  const via = { forge: 'github', login: 'ben-h', commit: 'a'.repeat(40) };
  const { signoffs } = judged({
    signoffs: [
      signoffOf('ben', { via }, { moved: ['a'] }),
      signoffOf('cy', {}, { landed: true }),
      signoffOf('dee', { decision: 'reject' }, { landed: true }),
      { ...signoffOf('eve', {}, { state: 'forged' }), payload: null },
      { ...signoffOf('fay', {}, { landed: true }), payload: null },
    ],
  });
  const [first, second, third] = signoffs;
  const file = (person: string): string => `.countersign/signoffs/model-change/${person}.yaml`;
  assert.equal(signoffs.length, 3);
  assert.deepEqual(first, {
    file: file('ben'),
    rule: 'model-change',
    person: 'ben',
    role: 'validator',
    decision: 'approve',
    signed_at: '2026-11-23T06:00:00Z',
    state: 'valid',
    via: 'github:ben-h',
    moved: ['a'],
  });
  assert.deepEqual([second?.file, second?.decision, second?.via], [file('dee'), 'reject', null]);
  assert.deepEqual(third, {
    file: file('eve'),
    rule: null,
    person: null,
    role: null,
    decision: null,
    signed_at: null,
    state: 'forged',
    via: null,
    moved: [],
  });
});

test('a sign-off that another took the place of, and one that follows up an exception, say so', () => {
  const first = signoffOf('ben', { decision: 'reject' });
  const second = {
    ...signoffOf('ben', { replaces: first.id }),
    file: 'second.yaml',
    id: `sha256:${hex('9')}` as const,
  };
  const follower = signoffOf('cy', {}, { state: 'stale', moved: ['a'] });
  const { signoffs } = judged({
    signoffs: [first, second, follower],
    followUps: new Set([follower.file]),
  });
  assert.deepEqual(
    signoffs.map(({ replaced_by, follows_up }) => [replaced_by, follows_up]),
    [
      ['second.yaml', undefined],
      [undefined, undefined],
      [undefined, true],
    ],
  );
  // A key that is good no more takes no reject back.
  const weak = judged({
    signoffs: [
      first,
      {
        ...second,
        state: 'revoked',
        proof: {
          kind: 'proven',
          state: 'revoked',
          principal: 'ben@example.org',
          key: 'k',
          touched: false,
          verified: false,
          why: '',
        },
      },
    ],
  });
  assert.equal(weak.signoffs[0]?.replaced_by, undefined);
});

const payload = {
  repository: 'wage-model',
  target: 'refs/heads/main',
  rule: 'model-change',
  digest,
  person: 'eve',
  role: 'policy-admin',
  reason: 'wrong wages',
  expires: '2026-11-26T06:00:00Z',
  follow_up_by: '2026-11-23',
  signed_at: '2026-11-20T06:00:00Z',
  nonce: '00ff',
};
const exceptionOf = (more: Partial<JudgedException>, followUp = '2026-11-23'): JudgedException => ({
  file: 'EX.yaml',
  id: null,
  payload: { ...payload, follow_up_by: followUp },
  proof: null,
  state: 'stale',
  landed: true,
  findings: [],
  ...more,
});

test('the approvals that an exception promised are told which commits they sign', () => {
  const landing = { before: 'a'.repeat(40), after: 'b'.repeat(40) };
  const { exceptions, findings } = judged({ exceptions: [{ ...exceptionOf({}), landing }] });
  assert.deepEqual(exceptions[0]?.landing, landing);
  assert.equal(
    findings[0]?.fix,
    `the missing approvals sign what landed: countersign sign --range ${landing.before}...${landing.after} --rule model-change`,
  );
});

const promises: readonly (readonly [
  name: string,
  exception: ShownException,
  shown: string,
  verdict: Verdict,
])[] = [
  ['whose approvals are overdue', exceptionOf({}), 'overdue', 'fail'],
  ['whose approvals have a day left', exceptionOf({}, '2026-11-24'), 'follow-up-open', 'pass'],
  [
    'whose approvals are late, and of which the policy knows no more',
    { ...exceptionOf({}), forgotten: true },
    'overdue',
    'pass',
  ],
  ['of this change', exceptionOf({ landed: false, state: 'valid' }), 'valid', 'pass'],
  ['of this change, stale and late', exceptionOf({ landed: false }), 'stale', 'pass'],
  ['of which nothing is known', exceptionOf({ payload: null }), 'stale', 'pass'],
];

for (const [name, exception, shown, verdict] of promises) {
  test(`an exception ${name}`, () => {
    const found = judged({ exceptions: [exception] });
    assert.equal(found.verdict, verdict);
    const { file, payload: known } = exception;
    assert.deepEqual(found.exceptions, [
      {
        file,
        rule: known?.rule ?? '',
        person: known?.person ?? '',
        reason: known?.reason ?? '',
        expires: known?.expires ?? '',
        follow_up_by: known?.follow_up_by ?? '',
        state: shown,
      },
    ]);
    assert.deepEqual(
      found.findings.map(({ code, severity, path, line }) => [code, severity, path, line]),
      verdict === 'fail' ? [['exception/overdue', 'error', 'EX.yaml', 4]] : [],
    );
    if (verdict === 'fail')
      assert.match(
        found.findings[0]?.message ?? '',
        /^the approvals that eve promised by 2026-11-23 did not come$/,
      );
  });
}

const condition = (state: CheckedCondition['state'], rule = 'model-change'): CheckedCondition => ({
  text: 'watch recall',
  owner: 'ada',
  due: '2026-12-01',
  rule,
  by: 'ben',
  role: 'validator',
  state,
  payload: `sha256:${hex('2')}`,
  condition: 0,
});
const blocking = new Set(['model-change']);
const conditions: readonly (readonly [
  name: string,
  condition: CheckedCondition,
  blocking: ReadonlySet<string>,
  found: readonly (readonly [string, string])[],
  shown: number,
])[] = [
  ['that is open', condition('open'), blocking, [['condition/open', 'info']], 1],
  ['that is overdue', condition('overdue'), blocking, [['condition/overdue', 'error']], 1],
  ['that is overdue, in a change of words alone', condition('overdue'), new Set(), [], 1],
  ['that is overdue, of another rule', condition('overdue', 'docs'), blocking, [], 1],
  ['that is met', condition('met'), blocking, [], 1],
  ['that is met, of another rule', condition('met', 'docs'), blocking, [], 0],
];

for (const [name, one, rules, found, shown] of conditions) {
  test(`a condition ${name}`, () => {
    const result = judged({ conditions: [one], blocking: rules });
    assert.deepEqual(
      result.findings.map(({ code, severity }) => [code, severity]),
      found,
    );
    assert.equal(result.conditions.length, shown);
    assert.equal(result.verdict, found[0]?.[1] === 'error' ? 'fail' : 'pass');
    for (const { message } of result.findings)
      assert.equal(message, 'model-change: ada promised by 2026-12-01: watch recall');
  });
}

const order = [
  'change/conflict',
  'policy/glob',
  'record/time',
  'link/dangling',
  'signoff/stale',
  'author/unknown',
  'evidence/result',
  'checklist/no',
  'requirement/unmet',
] as const;

test('the next step is of the error that a person can act on first', () => {
  for (const [at, area] of order.entries()) {
    const later = [
      ...order.slice(at + 1).map((other) => finding(other, 'error')),
      finding('path/link', 'error'),
      finding('evidence/not-cited', 'error'),
    ];
    assert.equal(
      judged({ findings: [...later, finding(area, 'error')].reverse() }).next,
      `mend ${area}`,
    );
  }
  assert.equal(
    judged({
      findings: [finding('evidence/not-cited', 'error'), finding('requirement/unmet', 'error')],
    }).next,
    'mend requirement/unmet',
  );
  assert.equal(
    judged({ findings: [warning, finding('path/link', 'error')] }).next,
    'mend path/link',
  );
  const { fix: _, ...mute } = error;
  assert.equal(judged({ findings: [mute, finding('path/link', 'error')] }).next, 'mend path/link');
  assert.deepEqual(
    [judged({ findings: [warning] }).next, judged({ findings: [mute] }).next],
    [null, null],
  );
});

const fixes: readonly (readonly [fix: string, named: string, want: string])[] = [
  ['countersign sign --rule r', '--range a...b', 'countersign sign --range a...b --rule r'],
  [
    'a second person signs: countersign sign --vouch',
    '--range $&...b',
    'a second person signs: countersign sign --range $&...b --vouch',
  ],
  ['countersign sign --withdraw', '--range a...b', 'countersign sign --range a...b --withdraw'],
  ['countersign sign --ruled', '--range a...b', 'countersign sign --ruled'],
  ['countersign sign', '--range a...b', 'countersign sign'],
  [
    'countersign sign --range x...y --rule r',
    '--range a...b',
    'countersign sign --range x...y --rule r',
  ],
  ['countersign sign --rule r', '', 'countersign sign --rule r'],
];

test('a step that goes by the target names it', () =>
  assert.equal(
    judged({ findings: [finding('path/link', 'error', { fix: 'git rebase <target>' })] }).next,
    'git rebase origin/main',
  ));

for (const [fix, named, want] of fixes)
  test(`a fix names the change: ${fix}${named === '' ? ', which is staged' : ''}`, () =>
    assert.equal(judged({ findings: [finding('path/link', 'error', { fix })], named }).next, want));

for (const stage of ['off', 'records', 'author', 'all'] satisfies readonly Stage[]) {
  test(`at stage ${stage} an error of the change counts${stage === 'off' ? ' not' : ''}`, () =>
    assert.equal(judged({ stage, findings: [error] }).exit, stage === 'off' ? 0 : 1));
}

test('a finding that knows no fix stays as it is', () =>
  assert.equal(
    judged({
      findings: [{ code: 'path/link', severity: 'error', message: 'm' }],
      named: '--range a...b',
    }).findings.find(({ code }) => code === 'path/link')?.fix,
    undefined,
  ));

test('the command that closes a condition can be pasted, whatever its words', () => {
  const { findings } = judged({
    conditions: [{ ...condition('open'), text: "watch Ada's recall; then tell" }],
    blocking,
  });
  assert.match(
    findings[0]?.fix ?? '',
    /: countersign sign --rule model-change --meets 'watch Ada'\\''s recall; then tell'$/,
  );
});
