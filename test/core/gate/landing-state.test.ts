import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { CheckResult, Verdict } from '../../../src/core/gate/check-result.ts';
import type { JudgedException } from '../../../src/core/gate/exceptions.ts';
import type { JudgedSignoff } from '../../../src/core/gate/judged-signoff.ts';
import {
  isBad,
  landedExceptions,
  landedRule,
  type LandingState,
  landingState,
} from '../../../src/core/gate/landing.ts';
import { countStates } from '../../../src/core/gate/audit-result.ts';
import { checkedRule, checkResult, digest, hex, signoffOf } from './values.ts';
import { digestOf, file, landing, met, payload, rejected, rule, unmet } from './landed-values.ts';

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
