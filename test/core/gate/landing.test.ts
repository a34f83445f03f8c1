import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { CheckResult, Verdict } from '../../../src/core/gate/check-result.ts';
import type { JudgedException } from '../../../src/core/gate/exceptions.ts';
import type { JudgedSignoff } from '../../../src/core/gate/judged-signoff.ts';
import {
  isBad,
  type Landing,
  type LandingState,
  landedExceptions,
  landedRule,
  landingState,
  lateSignatures,
} from '../../../src/core/gate/landing.ts';
import { countStates } from '../../../src/core/gate/audit-result.ts';
import { checkedRule, checkResult, digest, hex, signoffOf } from './values.ts';

const digestOf = (file: string): string => `of ${file}`;
const requirement = (role: string, by: readonly string[]) => ({
  role,
  need: 1,
  have: 1,
  independent: false,
  by,
  state: 'met' as const,
  could: [],
});
const rule = checkedRule({
  requirements: [requirement('model-owner', ['ada']), requirement('validator', ['ben'])],
});

const under: readonly {
  readonly name: string;
  readonly signoff: JudgedSignoff;
  readonly want: readonly [person: string, counted: boolean] | null;
}[] = [
  { name: 'who fills a place', signoff: signoffOf('ben'), want: ['ben', true] },
  {
    name: 'who fills a place of another role',
    signoff: signoffOf('ada', { role: 'validator' }),
    want: ['ada', false],
  },
  { name: 'for whom no place was left', signoff: signoffOf('cy'), want: ['cy', false] },
  {
    name: 'who answered as author',
    signoff: signoffOf('ada', { role: 'author' }),
    want: ['ada', false],
  },
  { name: 'who rejected', signoff: signoffOf('ben', { decision: 'reject' }), want: null },
  { name: 'who signed another rule', signoff: signoffOf('ben', { rule: 'docs' }), want: null },
  {
    name: 'who signed other content',
    signoff: signoffOf('ben', { digest: `v1:${hex('e')}` }),
    want: null,
  },
  {
    name: 'who signed what had landed already',
    signoff: signoffOf('ben', {}, { landed: true }),
    want: null,
  },
  {
    name: 'whose key had expired',
    signoff: signoffOf('ben', {}, { state: 'expired' }),
    want: null,
  },
  {
    name: 'whose signature is none',
    signoff: signoffOf('ben', {}, { state: 'forged' }),
    want: null,
  },
  {
    name: 'of whose payload nothing is known',
    signoff: { ...signoffOf('ben'), payload: null },
    want: null,
  },
];

for (const { name, signoff, want } of under) {
  test(`the signatures under a landing: one ${name}`, () => {
    const { signatures, requirements, ...landed } = {
      requirements: null,
      ...landedRule(rule, [signoff], digestOf),
    };
    assert.equal(requirements, null);
    assert.deepEqual(
      signatures.map(({ person, counted }) => [person, counted]),
      want === null ? [] : [want],
    );
    assert.deepEqual(landed, {
      id: 'model-change',
      digest,
      files: ['model/score.py'],
      risk: 'critical',
      authors: ['ada'],
      state: 'met',
      evidence: [],
    });
  });
}

test('a signature says whose it is, by which key, over what and in which file', () => {
  const [signature] = landedRule(rule, [signoffOf('ben')], digestOf).signatures;
  const file = '.countersign/signoffs/model-change/ben.yaml';
  assert.deepEqual(signature, {
    person: 'ben',
    role: 'validator',
    file,
    sha256: `of ${file}`,
    payload: 'sha256:ben',
    key: 'SHA256:ben',
    via: null,
    signed_at: '2026-11-23T06:00:00Z',
    counted: true,
  });
  assert.equal(
    landedRule(rule, [signoffOf('ben', {}, { proof: null })], digestOf).signatures[0]?.key,
    null,
  );
  assert.equal(
    landedRule(
      rule,
      [signoffOf('ben', { via: { forge: 'github', login: 'Ben-H', commit: 'a'.repeat(40) } })],
      digestOf,
    ).signatures[0]?.via,
    'github:Ben-H',
  );
});

test('what signatures list is told once a file and content, by path, with everybody who lists it', () => {
  const [one, two, other, last] = [
    { path: 'b.json', sha256: hex('2') },
    { path: 'a.json', sha256: hex('3') },
    { path: 'b.json', sha256: hex('1') },
    { path: 'c.json', sha256: hex('1') },
  ];
  assert.deepEqual(
    landedRule(rule, [signoffOf('ben', { evidence: [other, one] })], digestOf).evidence.map(
      ({ sha256 }) => sha256,
    ),
    [hex('1'), hex('2')],
  );
  const { evidence } = landedRule(
    rule,
    [
      signoffOf('ben', { evidence: [one, last, two] }),
      signoffOf('ada', { role: 'model-owner', evidence: [other, one] }),
      signoffOf('cy', { evidence: [one], decision: 'reject' }),
    ],
    digestOf,
  );
  assert.deepEqual(evidence, [
    { ...two, by: ['ben'] },
    { ...other, by: ['ada'] },
    { ...one, by: ['ada', 'ben'] },
    { ...last, by: ['ben'] },
  ]);
});

const late: readonly {
  readonly name: string;
  readonly signoff: JudgedSignoff;
  readonly want: readonly [rule: string, counted: boolean] | null;
}[] = [
  {
    name: 'an approval of other content',
    signoff: signoffOf('ben', { digest: `v1:${hex('e')}` }, { state: 'stale' }),
    want: ['model-change', true],
  },
  {
    name: 'an approval of a rule that nothing of this landing touches',
    signoff: signoffOf('ben', { rule: 'docs' }),
    want: ['docs', true],
  },
  {
    name: 'answers of an author',
    signoff: signoffOf('ada', { role: 'author', rule: 'docs' }),
    want: ['docs', false],
  },
  { name: 'an approval of what landed with it', signoff: signoffOf('ben'), want: null },
  { name: 'a reject', signoff: signoffOf('ben', { rule: 'docs', decision: 'reject' }), want: null },
  {
    name: 'one that had landed',
    signoff: signoffOf('ben', { rule: 'docs' }, { landed: true }),
    want: null,
  },
  {
    name: 'one whose key was revoked',
    signoff: signoffOf('ben', { rule: 'docs' }, { state: 'revoked' }),
    want: null,
  },
  {
    name: 'one of which nothing is known',
    signoff: { ...signoffOf('ben', { rule: 'docs' }), payload: null },
    want: null,
  },
  {
    name: 'one by nobody',
    signoff: signoffOf('ben', { rule: 'docs' }, { state: 'unknown-signer' }),
    want: null,
  },
];

for (const { name, signoff, want } of late) {
  test(`a signature for what had landed before: ${name}`, () => {
    const found = lateSignatures([rule, checkedRule({ id: 'settings' })], [signoff], digestOf);
    assert.deepEqual(
      found.map(({ rule: id, signature }) => [id, signature.counted]),
      want === null ? [] : [want],
    );
    if (want !== null)
      assert.deepEqual(
        [found[0]?.digest, found[0]?.signature.person],
        [signoff.payload?.digest, signoff.payload?.person],
      );
  });
}

const file = '.countersign/exceptions/EX-WAGE01.yaml';
const payload = {
  repository: 'wage-model',
  target: 'refs/heads/main',
  rule: 'model-change',
  digest,
  person: 'eve',
  role: 'policy-admin',
  reason: 'wrong wages',
  expires: '2026-11-25T00:00:00Z',
  follow_up_by: '2026-12-01',
  signed_at: '2026-11-23T06:00:00Z',
  nonce: '00ff',
};
const exception: JudgedException = {
  file,
  id: `sha256:${hex('2')}`,
  payload,
  proof: null,
  state: 'valid',
  landed: false,
  findings: [],
};
const excepted = checkResult({
  rules: [checkedRule({ state: 'excepted' }), checkedRule({ id: 'docs' })],
});

for (const [name, one, counts] of [
  ['one that stood in', exception, true],
  ['one for a rule that was met', { ...exception, payload: { ...payload, rule: 'docs' } }, false],
  ['one that had landed', { ...exception, landed: true }, false],
  ['one that had expired', { ...exception, state: 'expired' }, false],
  ['one of which nothing is known', { ...exception, payload: null }, false],
] as const) {
  test(`the exceptions under a landing: ${name}`, () => {
    const want = {
      file,
      sha256: `of ${file}`,
      rule: 'model-change',
      person: 'eve',
      reason: 'wrong wages',
      expires: '2026-11-25T00:00:00Z',
      follow_up_by: '2026-12-01',
      followed_by: [],
      follow_up: 'open',
    };
    assert.deepEqual(landedExceptions(excepted, [one], digestOf), counts ? [want] : []);
  });
}

const [met, unmet, rejected] = [
  checkedRule(),
  checkedRule({ state: 'unmet' }),
  checkedRule({ state: 'rejected' }),
];
const words: readonly (readonly [
  verdict: Verdict,
  rules: CheckResult['rules'],
  facts: { readonly trusted: boolean; readonly brought: number },
  want: LandingState,
])[] = [
  ['pass', [met], { trusted: false, brought: 2 }, 'signed'],
  ['pass', [], { trusted: false, brought: 0 }, 'ungoverned'],
  ['pass', [met], { trusted: true, brought: 0 }, 'trusted'],
  ['pass-with-exception', [met], { trusted: false, brought: 1 }, 'excepted'],
  ['pass-with-exception', [met], { trusted: true, brought: 1 }, 'excepted'],
  ['unprotected', [], { trusted: false, brought: 0 }, 'unprotected'],
  ['undecidable', [], { trusted: false, brought: 0 }, 'undecidable'],
  ['fail', [met, unmet], { trusted: false, brought: 0 }, 'unsigned'],
  ['fail', [unmet], { trusted: true, brought: 0 }, 'unsigned'],
  ['fail', [met, unmet], { trusted: false, brought: 1 }, 'failed'],
  ['fail', [rejected], { trusted: false, brought: 0 }, 'failed'],
  ['fail', [], { trusted: false, brought: 0 }, 'failed'],
];

for (const [verdict, rules, facts, want] of words) {
  test(`a landing that came to ${verdict}, with rules ${rules.map(({ state }) => state).join()}${facts.trusted ? ', by a trusted digest' : ''} and ${facts.brought} signed files, is ${want}`, () => {
    assert.equal(landingState(checkResult({ verdict, rules }), facts), want);
  });
}

const landing: Landing = {
  from: null,
  to: hex('f'),
  steps: 1,
  how: 'merge',
  time: '2026-01-07T00:00:00Z',
  stamp: null,
  subject: '',
  verdict: 'pass',
  state: 'signed',
  policy: null,
  rules: [],
  exceptions: [],
  conditions: [],
  findings: [],
};
const owed = landedExceptions(excepted, [exception], digestOf);

for (const [state, bad] of [
  ['signed', false],
  ['ungoverned', false],
  ['excepted', false],
  ['trusted', false],
  ['unprotected', false],
  ['unsigned', true],
  ['failed', true],
  ['undecidable', true],
] as const) {
  test(`a landing that is ${state} is ${bad ? 'bad' : 'good'}, and is counted`, () => {
    assert.equal(isBad({ ...landing, state }), bad);
    assert.deepEqual(countStates([landing, { ...landing, state }]), {
      signed: 1,
      ungoverned: 0,
      excepted: 0,
      trusted: 0,
      unprotected: 0,
      unsigned: 0,
      failed: 0,
      undecidable: 0,
      [state]: state === 'signed' ? 2 : 1,
    });
  });
}

for (const [follow_up, bad] of [
  ['open', false],
  ['done', false],
  ['overdue', true],
] as const) {
  test(`a landing under an exception whose approvals are ${follow_up} is ${bad ? 'bad' : 'good'}`, () => {
    assert.equal(
      isBad({
        ...landing,
        state: 'excepted',
        exceptions: owed.flatMap((one) => [
          { ...one, follow_up: 'open' },
          { ...one, follow_up },
        ]),
      }),
      bad,
    );
  });
}
