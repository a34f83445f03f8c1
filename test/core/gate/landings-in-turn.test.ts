/** One result for landings that pass each by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckedRule, CheckResult } from '../../../src/core/gate/check-result.ts';
import { landingsInTurn } from '../../../src/core/gate/landings-in-turn.ts';
import { nothingJudged } from '../../../src/core/gate/results-without-change.ts';
import { checkedRule, digest, hex } from './values.ts';

const policy = { branch: 'refs/heads/main', tip: hex('1'), digest };
const target = 'refs/heads/main';

function resultOf(more: Partial<CheckResult> = {}): CheckResult {
  return {
    ...nothingJudged,
    verdict: 'pass',
    exit: 0,
    stage: 'all',
    target,
    policy,
    rules: [],
    examined: { entries: 1, commits: 1, records: 0, signoffs: 0, skipped: 0 },
    findings: [],
    next: null,
    ...more,
  };
}

const ruleBy = (person: string, more: Partial<CheckedRule> = {}): CheckedRule =>
  checkedRule({
    state: 'met',
    digest: `v1:${person}`,
    requirements: [
      {
        role: 'validator',
        need: 1,
        have: 1,
        independent: true,
        by: [person],
        state: 'met',
        could: [],
      },
    ],
    evidence: [{ kind: 'decision', state: 'met', ref: person }],
    ...more,
  });

const whole = resultOf({
  verdict: 'fail',
  exit: 1,
  rules: [
    checkedRule({
      state: 'unmet',
      digest: 'v1:whole',
      files: ['model/a.py', 'model/b.py'],
      authors: ['ada', 'cy'],
    }),
  ],
  findings: [{ code: 'requirement/unmet', severity: 'error', message: 'x' }],
  next: 'sign',
});
const a = resultOf({ tip: 'one', head: 'two', rules: [ruleBy('ben')] });
const b = resultOf({ tip: 'two', head: 'three', rules: [ruleBy('cy')] });

test('two governed landings that pass make a pass', () => {
  const found = landingsInTurn(whole, [a, b]);
  assert.ok(found);
  assert.deepEqual([found.verdict, found.exit, found.next], ['pass', 0, null]);
  const [rule, ...others] = found.rules;
  assert.equal(others.length, 0);
  assert.deepEqual(
    [rule?.state, rule?.digest, rule?.files, rule?.authors],
    ['met', 'v1:whole', ['model/a.py', 'model/b.py'], ['ada', 'cy']],
  );
  assert.deepEqual(
    rule?.requirements.map(({ by }) => by),
    [['ben', 'cy']],
  );
  assert.deepEqual(
    rule?.evidence.map(({ ref }) => ref),
    ['ben', 'cy'],
  );
  assert.deepEqual(
    found.findings.map(({ code, severity }) => [code, severity]),
    [['change/in-turn', 'info']],
  );
  assert.deepEqual(
    found.landings?.map(({ from, to, verdict, rules }) => [from, to, verdict, rules[0]?.digest]),
    [
      ['one', 'two', 'pass', 'v1:ben'],
      ['two', 'three', 'pass', 'v1:cy'],
    ],
  );
});

test('what is no several landings, or does not pass, is judged as one', () => {
  const rows: readonly (readonly CheckResult[])[] = [
    [],
    [a],
    [a, resultOf()],
    [a, b, resultOf({ exit: 1 })],
    [a, b, resultOf({ exit: 2 })],
    [a, b, resultOf({ policy: null })],
    [a, b, resultOf({ target: 'refs/heads/trunk' })],
  ];
  for (const landings of rows) assert.equal(landingsInTurn(whole, landings), null);
  assert.notEqual(landingsInTurn(whole, [a, resultOf(), b]), null);
});

test('an exception in one of them is one of the whole, and each file and finding is told once', () => {
  const exception = {
    file: 'EX',
    rule: 'r',
    person: 'eve',
    reason: 'x',
    expires: '',
    follow_up_by: '',
  };
  const warning = { code: 'policy/weak-stage', severity: 'warning', message: 'w' } as const;
  const condition = {
    text: 't',
    owner: 'ada',
    due: '2027-01-01',
    rule: 'r',
    by: 'ben',
    role: 'validator',
    state: 'open',
    payload: 'p',
    condition: 0,
  } as const;
  const found = landingsInTurn(whole, [
    resultOf({
      verdict: 'pass-with-exception',
      rules: [ruleBy('ben', { state: 'excepted' })],
      exceptions: [{ ...exception, state: 'valid' }],
      findings: [warning],
    }),
    {
      ...b,
      exceptions: [{ ...exception, state: 'follow-up-open' }],
      findings: [warning],
      conditions: [condition],
    },
  ]);
  assert.equal(found?.verdict, 'pass-with-exception');
  assert.equal(found?.rules[0]?.state, 'excepted');
  assert.deepEqual(
    found?.exceptions.map(({ state }) => state),
    ['follow-up-open'],
  );
  assert.deepEqual(found?.conditions, [condition]);
  assert.deepEqual(
    found?.findings.map(({ code }) => code),
    ['policy/weak-stage', 'change/in-turn'],
  );
});

test('a rule that the whole does not touch any more is told as its last landing has it', () => {
  const other = ruleBy('ben', { id: 'other', digest: 'v1:last' });
  const found = landingsInTurn(whole, [
    { ...a, rules: [ruleBy('ben'), { ...other, digest: 'v1:first' }] },
    { ...b, rules: [other] },
  ]);
  assert.deepEqual(
    found?.rules.map(({ id, digest: named }) => [id, named]),
    [
      [ruleBy('ben').id, 'v1:whole'],
      ['other', 'v1:last'],
    ],
  );
});
