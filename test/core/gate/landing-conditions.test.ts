import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckResult } from '../../../src/core/gate/check-result.ts';
import type { LandedCondition } from '../../../src/core/gate/landed-conditions.ts';
import { isBad, type Landing, landedConditions } from '../../../src/core/gate/landing.ts';
import { landingsInTurn } from '../../../src/core/gate/landings-in-turn.ts';
import { checkedRule, checkResult, digest, hex, signoffOf } from './values.ts';

const given = (text: string) => ({ text, owner: 'ada', due: '2026-12-01' });
const rules = [checkedRule()];
const late = { digest: `v1:${hex('e')}`, conditions: [given('late')] };

for (const [name, signoffs, want] of [
  ['an approval of what landed', [signoffOf('ben', { conditions: [given('now')] })], ['now']],
  ['an approval of what had landed before', [signoffOf('ben', late, { state: 'stale' })], ['late']],
  [
    'both, those of what landed first',
    [
      signoffOf('cy', late, { state: 'stale' }),
      signoffOf('ben', { conditions: [given('now'), given('then')] }),
    ],
    ['now', 'then', 'late'],
  ],
  ['an approval that landed before', [signoffOf('ben', late, { landed: true })], []],
  ['a signature that is none', [signoffOf('ben', late, { state: 'forged' })], []],
] as const)
  test(`what a landing was approved on: ${name}`, () =>
    assert.deepEqual(
      landedConditions(rules, signoffs).map(({ text, state }) => [text, state]),
      want.map((text) => [text, 'open']),
    ));

const stands = (state: LandedCondition['state']) => ({ state }) as LandedCondition;
for (const [states, bad] of [
  [[], false],
  [['open'], false],
  [['met'], false],
  [['overdue'], true],
  [['met', 'overdue', 'open'], true],
] as const)
  test(`a landing whose conditions are ${states.join() || 'none'} is ${bad ? 'bad' : 'good'}`, () => {
    const landing = { state: 'signed', exceptions: [], conditions: states.map(stands) };
    assert.equal(isBad(landing as unknown as Landing), bad);
  });

const policy = { branch: 'refs/heads/main', tip: hex('1'), digest };
const part = (more: Partial<CheckResult>): CheckResult =>
  checkResult({ policy, rules: [checkedRule()], ...more });
const requirement = {
  role: 'validator',
  need: 1,
  have: 1,
  independent: true,
  by: ['cy'],
  state: 'met',
  could: [],
} as const;

test('of landings in turn the conditions are those of the last', () => {
  const named = (text: string): Partial<CheckResult> => ({
    conditions: [{ text } as CheckResult['conditions'][number]],
  });
  const found = landingsInTurn(checkResult(), ['a', 'b', 'c'].map(named).map(part));
  assert.deepEqual(
    found?.conditions.map(({ text }) => text),
    ['c'],
  );
});

test('of landings in turn the findings are in the order of all findings', () => {
  const finding = (path: string, severity: 'info' | 'warning') =>
    ({ code: 'policy/weak-stage', severity, message: 'm', path }) as const;
  const found = landingsInTurn(checkResult(), [
    part({ findings: [finding('b', 'warning'), finding('a', 'info')] }),
    part({ findings: [finding('a', 'warning')] }),
  ]);
  assert.deepEqual(
    found?.findings.map(({ path, severity }) => [path, severity]),
    [
      [undefined, 'info'],
      ['a', 'warning'],
      ['a', 'info'],
      ['b', 'warning'],
    ],
  );
});

test('of landings in turn a place that an earlier one did not have is held by those who fill it later', () => {
  const found = landingsInTurn(checkResult(), [
    part({ rules: [checkedRule({ requirements: [] })] }),
    part({ rules: [checkedRule({ requirements: [requirement] })] }),
  ]);
  assert.deepEqual(
    found?.rules[0]?.requirements.map(({ by }) => by),
    [['cy']],
  );
});
