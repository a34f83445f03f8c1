import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { JudgedException } from '../../../src/core/gate/exceptions.ts';
import { fits } from '../../../src/core/gate/fits.ts';
import type { PolicyRule, Requirement } from '../../../src/core/gate/gate-policy.ts';
import type { JudgedSignoff, ProvenSignature } from '../../../src/core/gate/judged-signoff.ts';
import { reasonAnswers, rejectReason } from '../../../src/core/gate/reject-reason.ts';
import type { RequirementState } from '../../../src/core/gate/requirements.ts';
import { ruleFindings } from '../../../src/core/gate/rule-findings.ts';
import {
  judgeRule,
  type RuleChange,
  type RuleContext,
  type RuleVerdict,
} from '../../../src/core/gate/rule-verdict.ts';
import type { Checklist } from '../../../src/core/records/checklist.ts';
import {
  decisionOf,
  digest,
  entryOf,
  evidenceContext,
  gatePolicy,
  hex,
  signoffOf,
} from './values.ts';

const rule: PolicyRule = {
  id: 'model-change',
  paths: ['model/**'],
  require: [{ role: 'model-owner' }, { role: 'validator', independent: true }],
};
const who = (
  persons: readonly string[],
  unknown: readonly string[] = [],
  agents: readonly string[] = [],
) => ({ persons: new Set(persons), agents: new Set(agents), unknown: new Set(unknown) });

type Given = {
  readonly change?: Partial<RuleChange>;
  readonly rule?: Partial<PolicyRule>;
  readonly context?: Partial<RuleContext>;
};

function judged(
  signoffs: readonly JudgedSignoff[],
  { change = {}, rule: more = {}, context = {} }: Given = {},
): RuleVerdict {
  const { rule: _, files: __, governed: ___, citing: ____, ...shared } = evidenceContext();
  return judgeRule(
    {
      rule: { ...rule, ...more },
      builtIn: false,
      digest,
      entries: [entryOf('model/b.py'), entryOf('model/a.py')],
      authors: who(['ada']),
      checklist: null,
      governed: hex('9'),
      ...change,
    },
    { ...shared, signoffs, exceptions: [], ...context },
  );
}

const owner = signoffOf('ada', { role: 'model-owner' });
const [ben, cy] = [signoffOf('ben'), signoffOf('cy')];
const exceptionOf = (
  person: string,
  more: Partial<JudgedException> = {},
  of: Partial<NonNullable<JudgedException['payload']>> = {},
): JudgedException => ({
  file: `EX-${person}`,
  id: `sha256:${person}`,
  payload: {
    repository: 'wage-model',
    target: 'refs/heads/main',
    rule: 'model-change',
    digest,
    person,
    role: 'policy-admin',
    reason: 'r',
    expires: '2026-11-25T00:00:00Z',
    follow_up_by: '2026-12-01',
    signed_at: '2026-11-23T06:00:00Z',
    nonce: '00ff',
    ...of,
  },
  proof: null,
  state: 'valid',
  landed: false,
  findings: [],
  ...more,
});
const except = (...exceptions: readonly JudgedException[]): Given => ({ context: { exceptions } });
const checklist: Checklist = {
  schema: 'countersign/checklist@1',
  name: 'c',
  items: [{ id: 'tests', ask: '?', must: true, by: 'author' }],
};
const answered = signoffOf('ada', { role: 'model-owner', answers: { tests: { answer: 'yes' } } });
const decision = decisionOf('DR-0001');
const lists = { evidence: [{ path: decision.path, sha256: decision.sha256 }] };
const demanding: Given = {
  rule: { evidence: [{ kind: 'decision' }] },
  context: { decisions: [decision] },
};
const two = { exceptions: { role: 'policy-admin', count: 2, max_days: 3, follow_up_days: 10 } };

const rows: readonly {
  readonly name: string;
  readonly signoffs: readonly JudgedSignoff[];
  readonly given?: Given;
  readonly state: RequirementState;
  readonly places?: readonly string[];
  readonly more?: Partial<
    Pick<RuleVerdict, 'strangers' | 'rejectedBy' | 'unsigned' | 'lonely' | 'authorOpen'>
  >;
}[] = [
  {
    name: 'both signed',
    signoffs: [owner, ben],
    state: 'met',
    places: ['model-owner ada met', 'validator ben met'],
  },
  {
    name: 'nobody signed',
    signoffs: [],
    state: 'unmet',
    places: ['model-owner  unmet; ada', 'validator  unmet; ben,cy'],
  },
  {
    name: 'one signed',
    signoffs: [owner],
    state: 'unmet',
    places: ['model-owner ada met', 'validator  unmet; ben,cy'],
  },
  {
    name: 'one person in two roles fills one place',
    signoffs: [owner, signoffOf('ada', { role: 'validator' }, { id: 'sha256:ada2' })],
    given: {
      context: {
        policy: gatePolicy({ roles: { 'model-owner': ['ada'], validator: ['ada', 'ben'] } }),
      },
      rule: { require: [{ role: 'model-owner' }, { role: 'validator' }] },
    },
    state: 'unmet',
    places: ['model-owner ada met', 'validator  unmet; ben'],
  },
  {
    name: 'an author is not independent',
    signoffs: [owner, ben],
    given: { change: { authors: who(['ada', 'ben']) } },
    state: 'unmet',
    places: ['model-owner ada met', 'validator  unmet; cy'],
  },
  {
    name: 'an author fills a place that asks for no independence',
    signoffs: [owner, ben],
    given: {
      change: { authors: who(['ben']) },
      rule: { require: [{ role: 'model-owner' }, { role: 'validator', independent: false }] },
    },
    state: 'met',
    places: ['model-owner ada met', 'validator ben met'],
  },
  {
    name: 'two are asked for, and one came',
    signoffs: [ben],
    given: { rule: { require: [{ role: 'validator', count: 2 }] } },
    state: 'unmet',
    places: ['validator ben unmet; cy'],
  },
  {
    name: 'two are asked for, and two came',
    signoffs: [cy, ben],
    given: { rule: { require: [{ role: 'validator', count: 2 }] } },
    state: 'met',
    places: ['validator ben,cy met'],
  },
  {
    name: 'a rule that asks nobody',
    signoffs: [],
    given: { rule: { require: [] } },
    state: 'met',
    places: [],
  },
  {
    name: 'a reject beside approvals',
    signoffs: [owner, ben, signoffOf('cy', { decision: 'reject' })],
    state: 'rejected',
    places: ['model-owner ada rejected', 'validator ben rejected'],
    more: { rejectedBy: ['cy'] },
  },
  {
    name: 'a reject before an exception',
    signoffs: [signoffOf('cy', { decision: 'reject' })],
    given: except(exceptionOf('eve')),
    state: 'rejected',
    places: ['model-owner  rejected; ada', 'validator  rejected; ben,cy'],
    more: { rejectedBy: ['cy'] },
  },
  {
    name: 'an exception',
    signoffs: [],
    given: except(exceptionOf('eve')),
    state: 'excepted',
    places: ['model-owner  excepted; ada', 'validator  excepted; ben,cy'],
  },
  {
    name: 'an exception that is not needed',
    signoffs: [owner, ben],
    given: except(exceptionOf('eve')),
    state: 'met',
    places: ['model-owner ada met', 'validator ben met'],
  },
  {
    name: 'an exception that is stale',
    signoffs: [],
    given: except(exceptionOf('eve', { state: 'stale' })),
    state: 'unmet',
  },
  {
    name: 'an exception that landed before',
    signoffs: [],
    given: except(exceptionOf('eve', { landed: true })),
    state: 'unmet',
  },
  {
    name: 'an exception for another rule',
    signoffs: [],
    given: except(exceptionOf('eve', {}, { rule: 'docs' })),
    state: 'unmet',
  },
  {
    name: 'an exception of an author',
    signoffs: [],
    given: { ...except(exceptionOf('eve')), change: { authors: who(['eve']) } },
    state: 'unmet',
  },
  {
    name: 'an exception for a built-in rule',
    signoffs: [],
    given: { ...except(exceptionOf('eve')), change: { builtIn: true } },
    state: 'unmet',
  },
  {
    name: 'one exception of two',
    signoffs: [],
    given: { context: { exceptions: [exceptionOf('eve')], policy: gatePolicy(two) } },
    state: 'unmet',
  },
  {
    name: 'two exceptions of one person',
    signoffs: [],
    given: {
      context: {
        exceptions: [exceptionOf('eve'), exceptionOf('eve', { file: 'EX-2' })],
        policy: gatePolicy(two),
      },
    },
    state: 'unmet',
  },
  {
    name: 'two exceptions',
    signoffs: [],
    given: {
      context: { exceptions: [exceptionOf('eve'), exceptionOf('fay')], policy: gatePolicy(two) },
    },
    state: 'excepted',
  },
  {
    name: 'a checklist that nobody answered',
    signoffs: [owner, ben],
    given: { change: { checklist } },
    state: 'unmet',
    more: { authorOpen: true },
  },
  {
    name: 'a checklist that the author answered',
    signoffs: [answered, ben],
    given: { change: { checklist } },
    state: 'met',
  },
  {
    name: 'a checklist that a signer left open',
    signoffs: [owner, ben],
    given: {
      change: {
        checklist: { ...checklist, items: [{ id: 'tests', ask: '?', must: true, by: 'signer' }] },
      },
    },
    state: 'unmet',
    more: { authorOpen: false },
  },
  {
    name: 'a checklist that a signer answered with no',
    signoffs: [
      signoffOf('ada', { role: 'author' }, { id: 'sha256:a' }),
      owner,
      signoffOf('ben', { answers: { tests: { answer: 'no' } } }),
    ],
    given: {
      change: {
        checklist: { ...checklist, items: [{ id: 'tests', ask: '?', must: true, by: 'signer' }] },
      },
    },
    state: 'unmet',
    more: { authorOpen: true },
  },
  {
    name: 'a checklist that nobody answered, and an exception',
    signoffs: [],
    given: { ...except(exceptionOf('eve')), change: { checklist } },
    state: 'unmet',
    more: { authorOpen: true },
  },
  {
    name: 'an author whom nobody knows',
    signoffs: [owner, ben],
    given: { change: { authors: who(['ada'], ['m@example.org']) } },
    state: 'unmet',
    more: { strangers: ['m@example.org'] },
  },
  {
    name: 'an author for whom the independent signer vouches',
    signoffs: [owner, signoffOf('ben', { vouches: ['M@example.org'] })],
    given: { change: { authors: who(['ada'], ['m@example.org']) } },
    state: 'met',
  },
  {
    name: 'an author for whom somebody vouches whose role is not asked for',
    signoffs: [owner, ben, signoffOf('dee', { role: 'ethics', vouches: ['m@example.org'] })],
    given: { change: { authors: who(['ada'], ['m@example.org']) } },
    state: 'unmet',
    more: { strangers: ['m@example.org'] },
  },
  {
    name: 'an author for whom an author vouches',
    signoffs: [signoffOf('ada', { role: 'model-owner', vouches: ['m@example.org'] }), ben],
    given: { change: { authors: who(['ada'], ['m@example.org']) } },
    state: 'unmet',
    more: { strangers: ['m@example.org'] },
  },
  {
    name: 'an author for whom a forge vouches',
    signoffs: [
      owner,
      signoffOf('ben', {
        via: { forge: 'github', login: 'ben-h', commit: 'a'.repeat(40) },
        vouches: ['m@example.org'],
      }),
    ],
    given: {
      change: { authors: who(['ada'], ['m@example.org']) },
      rule: { require: [{ role: 'model-owner' }, { role: 'validator', accept: ['forge'] }] },
    },
    state: 'unmet',
    more: { strangers: ['m@example.org'] },
  },
  {
    name: 'two whom nobody knows, of whom one is vouched for',
    signoffs: [owner, signoffOf('ben', { vouches: ['m@example.org'] })],
    given: {
      change: { authors: who(['ada'], ['z@example.org', 'm@example.org', 'n@example.org']) },
    },
    state: 'unmet',
    more: { strangers: ['n@example.org', 'z@example.org'] },
  },
  {
    name: 'an author whom nobody knows, and an exception',
    signoffs: [],
    given: { ...except(exceptionOf('eve')), change: { authors: who(['ada'], ['m@example.org']) } },
    state: 'unmet',
    more: { strangers: ['m@example.org'] },
  },
  {
    name: 'a commit that nobody signed',
    signoffs: [owner, ben],
    given: { change: { unsigned: ['x'] } },
    state: 'unmet',
    more: { unsigned: ['x'] },
  },
  {
    name: 'a commit that nobody signed, and an exception',
    signoffs: [],
    given: { ...except(exceptionOf('eve')), change: { unsigned: ['x'] } },
    state: 'unmet',
    more: { unsigned: ['x'] },
  },
  {
    name: 'an agent wrote it, and two persons looked',
    signoffs: [owner, ben],
    given: { change: { authors: who([], [], ['a[bot]@x']) } },
    state: 'met',
  },
  {
    name: 'an agent wrote it, and one person looked',
    signoffs: [ben],
    given: {
      change: { authors: who([], [], ['a[bot]@x']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'unmet',
    more: { lonely: true },
  },
  {
    name: 'an agent wrote it, one person was asked for, and two looked',
    signoffs: [ben, cy],
    given: {
      change: { authors: who([], [], ['a[bot]@x']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'met',
  },
  {
    name: 'an agent wrote it, one person looked, and another in a role that is not asked for',
    signoffs: [ben, signoffOf('dee', { role: 'ethics' })],
    given: {
      change: { authors: who([], [], ['a[bot]@x']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'unmet',
    more: { lonely: true },
  },
  {
    name: 'an agent wrote it, and nobody looked',
    signoffs: [],
    given: {
      change: { authors: who([], [], ['a[bot]@x']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'unmet',
    more: { lonely: false },
  },
  {
    name: 'an agent wrote it, one person looked, and an exception',
    signoffs: [ben],
    given: {
      change: { authors: who([], [], ['a[bot]@x']) },
      rule: { require: [{ role: 'validator' }] },
      ...except(exceptionOf('eve')),
    },
    state: 'excepted',
    more: { lonely: true },
  },
  {
    name: 'somebody who is vouched for wrote it: that is a person',
    signoffs: [signoffOf('ben', { vouches: ['m@example.org'] })],
    given: {
      change: { authors: who([], ['m@example.org']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'met',
  },
  {
    name: 'somebody whom nobody knows wrote it',
    signoffs: [ben],
    given: {
      change: { authors: who([], ['m@example.org']) },
      rule: { require: [{ role: 'validator' }] },
    },
    state: 'unmet',
    more: { lonely: true, strangers: ['m@example.org'] },
  },
  {
    name: 'evidence that is not there',
    signoffs: [owner, ben],
    given: { rule: { evidence: [{ kind: 'decision' }] } },
    state: 'unmet',
    more: { authorOpen: true },
  },
  {
    name: 'evidence that is not there, and an exception',
    signoffs: [owner, ben],
    given: { rule: { evidence: [{ kind: 'decision' }] }, ...except(exceptionOf('eve')) },
    state: 'excepted',
    more: { authorOpen: true },
  },
  {
    name: 'evidence that nobody listed',
    signoffs: [owner, ben],
    given: demanding,
    state: 'unmet',
    more: { authorOpen: false },
  },
  {
    name: 'evidence that the independent signer listed',
    signoffs: [owner, signoffOf('ben', lists)],
    given: demanding,
    state: 'met',
  },
  {
    name: 'evidence that the author alone listed',
    signoffs: [signoffOf('ada', { role: 'model-owner', ...lists }), ben],
    given: demanding,
    state: 'unmet',
    more: { authorOpen: false },
  },
  {
    name: 'evidence that one of two independent signers listed',
    signoffs: [signoffOf('ben', lists), cy],
    given: {
      ...demanding,
      rule: { ...demanding.rule, require: [{ role: 'validator', count: 2 }] },
    },
    state: 'unmet',
  },
  {
    name: 'evidence of a rule that asks for no independence, listed by who is independent and not by its author',
    signoffs: [owner, signoffOf('ben', lists)],
    given: {
      ...demanding,
      rule: { ...demanding.rule, require: [{ role: 'model-owner' }, { role: 'validator' }] },
    },
    state: 'met',
  },
  {
    name: 'evidence of a rule that asks for no independence, listed by its author',
    signoffs: [signoffOf('ada', { role: 'model-owner', ...lists })],
    given: { ...demanding, rule: { ...demanding.rule, require: [{ role: 'model-owner' }] } },
    state: 'met',
  },
];

for (const { name, signoffs, given = {}, state, places, more = {} } of rows) {
  test(`a rule: ${name}`, () => {
    const found = judged(signoffs, given);
    assert.equal(found.shown.state, state);
    if (places !== undefined)
      assert.deepEqual(
        found.shown.requirements.map(
          ({ role, by, state: of, could }) =>
            `${role} ${by.join()} ${of}${could.length > 0 ? `; ${could.join()}` : ''}`,
        ),
        places,
      );
    for (const [key, value] of Object.entries({
      strangers: [],
      rejectedBy: [],
      unsigned: [],
      lonely: false,
      ...more,
    }))
      assert.deepEqual(found[key as keyof RuleVerdict], value, key);
  });
}

const short: readonly (readonly [
  name: string,
  given: Given,
  signoffs: readonly JudgedSignoff[],
  why: readonly RegExp[],
])[] = [
  ['that is not there', {}, [], []],
  ['that opens the rule', except(exceptionOf('eve')), [], []],
  ['that nothing needs', except(exceptionOf('eve')), [owner, ben], []],
  ['that is stale', except(exceptionOf('eve', { state: 'stale' })), [], []],
  [
    'of an author',
    { ...except(exceptionOf('eve')), change: { authors: who(['eve']) } },
    [],
    [/eve wrote part of this change/],
  ],
  [
    'for a built-in rule',
    { ...except(exceptionOf('eve')), change: { builtIn: true } },
    [],
    [/no exception excuses a built-in rule/],
  ],
  [
    'of two that are asked for',
    { context: { exceptions: [exceptionOf('eve')], policy: gatePolicy(two) } },
    [],
    [/asks for 2 persons who except, and this is one/],
  ],
  [
    'beside a reject',
    except(exceptionOf('eve')),
    [signoffOf('cy', { decision: 'reject' })],
    [/and not the reject$/],
  ],
  [
    'beside a checklist and a stranger',
    {
      ...except(exceptionOf('eve')),
      change: { checklist, authors: who(['ada'], ['m@example.org']) },
    },
    [],
    [/and not what the checklist leaves open, nor an author whom nobody knows$/],
  ],
  [
    'beside commits without a signature',
    { ...except(exceptionOf('eve')), change: { unsigned: [hex('a')] } },
    [],
    [/and not a commit without a signature$/],
  ],
];

for (const [name, given, signoffs, why] of short) {
  test(`what is said of an exception ${name}`, () => {
    const verdict = judged(signoffs, given);
    const found = ruleFindings(verdict, 'all').filter(
      ({ code }) => code === 'exception/not-enough',
    );
    assert.deepEqual(
      found.map(({ severity, path }) => [severity, path]),
      why.map(() => ['warning', 'EX-eve']),
    );
    for (const [index, pattern] of why.entries())
      assert.match(found[index]?.message ?? '', pattern);
  });
}

test('a rule is shown with its files in order, its authors, what it needs and what it has', () => {
  const { shown, exceptedBy } = judged([owner, ben], {
    change: { authors: who(['cy', 'ada']), checklist },
    rule: { require: [{ role: 'validator', count: 2, independent: true }] },
    context: { exceptions: [exceptionOf('eve'), exceptionOf('fay', { state: 'expired' })] },
  });
  assert.deepEqual(shown.files, ['model/a.py', 'model/b.py']);
  assert.equal(
    judged([], { rule: { require: [{ role: 'validator' }] } }).shown.requirements[0]?.independent,
    false,
  );
  assert.deepEqual(judged([], { change: { entries: [] } }).shown.files, []);
  assert.deepEqual(
    [shown.id, shown.digest, shown.authors, shown.risk],
    ['model-change', digest, ['ada', 'cy'], 'critical'],
  );
  assert.deepEqual(shown.requirements, [
    {
      role: 'validator',
      need: 2,
      have: 1,
      independent: true,
      by: ['ben'],
      state: 'excepted',
      could: [],
    },
  ]);
  assert.deepEqual(shown.checklist, {
    name: 'c',
    unanswered: [{ id: 'tests', by: 'author', answer: 'none' }],
  });
  assert.deepEqual(
    exceptedBy.map(({ file }) => file),
    ['EX-eve'],
  );
  assert.deepEqual(
    [judged([]).shown.checklist, judged([], { change: { builtIn: true } }).shown.risk],
    [null, null],
  );
});

const grown: Given = {
  rule: {
    require: [
      { role: 'validator', independent: true },
      { role: 'ethics', from_risk: 'high' },
    ],
  },
  context: { decisions: [decision] },
};
const asked = (signoffs: readonly JudgedSignoff[], given: Given): readonly string[] =>
  judged(signoffs, given).shown.requirements.map(({ role }) => role);
const both = ['validator', 'ethics'];
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

test('rejects are shown with who, why and what moved since', () => {
  const { shown } = judged([
    signoffOf(
      'cy',
      {
        decision: 'reject',
        answers: {
          reason: { answer: 'no', note: ' too\n soon ' },
          fair: { answer: 'no' },
          told: { answer: 'yes', note: 'x' },
          more: { answer: 'no', note: 'unfair' },
        },
      },
      { moved: ['a'] },
    ),
  ]);
  assert.deepEqual(shown.rejects, [
    {
      file: '.countersign/signoffs/model-change/cy.yaml',
      person: 'cy',
      role: 'validator',
      reason: 'too soon; unfair',
      signed_at: '2026-11-23T06:00:00Z',
      moved: ['a'],
    },
  ]);
  assert.equal(judged([signoffOf('cy', { decision: 'reject' })]).shown.rejects?.[0]?.reason, null);
  assert.equal('rejects' in judged([owner, ben]).shown, false);
  assert.equal(
    rejectReason(
      signoffOf('cy', { decision: 'reject', answers: reasonAnswers('too soon') }).payload,
    ),
    'too soon',
  );
  assert.equal(rejectReason(signoffOf('cy', { answers: reasonAnswers('too soon') }).payload), null);
  assert.equal(
    rejectReason(signoffOf('cy', { decision: 'reject', answers: reasonAnswers(' \n') }).payload),
    null,
  );
});

test('evidence is asked for as its risk has it', () => {
  const graded: Given = {
    rule: {
      require: [{ role: 'validator' }],
      evidence: [{ kind: 'decision' }, { kind: 'escalation', from_risk: 'high' }],
    },
    context: { decisions: [decision] },
  };
  assert.deepEqual(
    judged([signoffOf('ben', lists)], graded).shown.evidence.map(({ kind }) => kind),
    ['decision'],
  );
  assert.deepEqual(
    judged([ben], graded).shown.evidence.map(({ kind }) => kind),
    ['decision', 'escalation'],
  );
});

test('people are seated so that as many places as possible are taken', () => {
  const policy = gatePolicy({
    roles: { validator: ['ben', 'cy', 'dee'], ethics: ['ben'], owner: ['cy'] },
  });
  const require: readonly Requirement[] = [
    { role: 'validator' },
    { role: 'ethics' },
    { role: 'owner' },
  ];
  const all = [
    ...['ben', 'cy', 'dee'].map((person) => signoffOf(person)),
    signoffOf('ben', { role: 'ethics' }, { id: 'e' }),
    signoffOf('cy', { role: 'owner' }, { id: 'o' }),
  ];
  const { shown } = judged(all, { rule: { require }, context: { policy } });
  assert.deepEqual(
    shown.requirements.map(({ by }) => by),
    [['dee'], ['ben'], ['cy']],
  );
});

const proof = ben.proof as ProvenSignature;
const via = { forge: 'github', login: 'ben-h', commit: 'a'.repeat(40) };
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

test('who fills a place does not depend on the order of files, nor what is told', () => {
  const given: Given = {
    rule: { require: [{ role: 'validator' }], evidence: [{ kind: 'escalation' }] },
  };
  for (const signoffs of [
    [ben, cy],
    [cy, ben],
  ])
    assert.deepEqual(judged(signoffs, given).shown.requirements[0]?.by, ['ben']);
  assert.match(judged([], given).shown.evidence[0]?.why ?? '', /model\/a\.py, model\/b\.py$/);
});

test('authors whom nobody knows are shown, and nothing of them where there are none', () => {
  assert.deepEqual(
    judged([], { change: { authors: who(['ada'], ['m@example.org']) } }).shown.strangers,
    ['m@example.org'],
  );
  assert.equal('strangers' in judged([]).shown, false);
});

test('who approved on a forge alone is shown so', () => {
  const rule: Partial<PolicyRule> = {
    require: [{ role: 'validator', count: 2, accept: ['key', 'forge'] }],
  };
  assert.deepEqual(
    judged([ben, signoffOf('cy', { via })], { rule }).shown.requirements[0]?.by_forge,
    [{ person: 'cy', via: 'github:ben-h' }],
  );
  assert.equal('by_forge' in (judged([ben, cy], { rule }).shown.requirements[0] ?? {}), false);
});

test('evaluations that the evidence left out are told with the verdict, and only where there are some', () => {
  const decisions = [decisionOf('DR-0001', { evaluations: ['EV-0001'] })];
  const asking = { rule: { evidence: [{ kind: 'result' as const }] }, context: { decisions } };
  assert.deepEqual(judged([owner, ben], asking).passedOver, [
    { evaluation: 'EV-0001', decision: 'DR-0001' },
  ]);
  assert.equal('passedOver' in judged([owner, ben], { context: { decisions } }), false);
});
