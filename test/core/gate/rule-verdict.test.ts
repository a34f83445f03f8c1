import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { JudgedSignoff } from '../../../src/core/gate/judged-signoff.ts';
import { ruleFindings } from '../../../src/core/gate/rule-findings.ts';
import type { RuleVerdict } from '../../../src/core/gate/rule-verdict.ts';
import { gatePolicy, hex, signoffOf } from './values.ts';
import {
  ben,
  checklist,
  except,
  exceptionOf,
  type Given,
  judged,
  owner,
  two,
  who,
} from './judged-rule.ts';
import { rows } from './approval-rows.ts';
import { checklistRows } from './checklist-rows.ts';
import { agentRows } from './agent-rows.ts';

for (const { name, signoffs, given = {}, state, places, more = {} } of [
  ...rows,
  ...checklistRows,
  ...agentRows,
]) {
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
