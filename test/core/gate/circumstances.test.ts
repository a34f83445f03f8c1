import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { applies, circumstancesOf, isGraded } from '../../../src/core/gate/decision-facts.ts';
import type { EvidenceContext } from '../../../src/core/gate/evidence-context.ts';
import { decisionOf } from './values.ts';
import { one, two } from './evidence-values.ts';

const risky = decisionOf('DR-0001', { risk: 'high' });
const circumstances: readonly (readonly [
  name: string,
  files: readonly (string | null)[],
  decisions: EvidenceContext['decisions'],
  atTip: EvidenceContext['decisions'],
  risk: string,
  phases: readonly string[] | null,
])[] = [
  ['no decision', ['model/a.py'], [], [], 'critical', null],
  ['no file', [], [one], [], 'critical', null],
  ['a file without a decision', ['model/a.py', 'x'], [one], [], 'critical', null],
  ['one decision without a phase', ['model/a.py'], [one], [], 'low', null],
  [
    'one with a phase',
    ['model/a.py'],
    [decisionOf('DR-0001', { phase: 'explore' })],
    [],
    'low',
    ['explore'],
  ],
  [
    'two phases',
    ['model/a.py'],
    [decisionOf('DR-0001', { phase: 'explore' }), decisionOf('DR-0002', { phase: 'exploit' })],
    [],
    'low',
    ['explore', 'exploit'],
  ],
  [
    'a phase and none',
    ['model/a.py'],
    [decisionOf('DR-0001', { phase: 'explore' }), two],
    [],
    'low',
    null,
  ],
  ['the highest risk of several', ['model/a.py'], [one, risky, two], [], 'high', null],
  ['a risk that was lowered in this change', ['model/a.py'], [one], [risky], 'high', null],
  ['a decision of the tip alone covers nothing', ['model/a.py'], [], [one], 'critical', null],
  [
    'one over other files says nothing',
    ['model/a.py'],
    [one, decisionOf('DR-0002', { risk: 'critical', governs: ['docs/**'] })],
    [],
    'low',
    null,
  ],
];

for (const [name, files, decisions, atTip, risk, phases] of circumstances) {
  test(`the circumstances of a change: ${name}`, () => {
    const found = circumstancesOf(files, decisions, atTip);
    assert.deepEqual([found.risk, found.phases && [...found.phases]], [risk, phases]);
  });
}

const demands: readonly (readonly [
  demand: Parameters<typeof applies>[0],
  risk: 'low' | 'medium' | 'high' | 'critical',
  phases: readonly string[] | null,
  holds: boolean,
])[] = [
  [{}, 'low', ['explore'], true],
  [{ from_risk: 'high' }, 'low', null, false],
  [{ from_risk: 'high' }, 'high', null, true],
  [{ from_risk: 'high' }, 'critical', null, true],
  [{ from_risk: 'low' }, 'medium', null, true],
  [{ from_risk: 'medium' }, 'low', null, false],
  [{ from_risk: 'high' }, 'medium', null, false],
  [{ phase: 'exploit' }, 'low', ['explore'], false],
  [{ phase: 'exploit' }, 'low', ['explore', 'exploit'], true],
  [{ phase: 'exploit' }, 'low', null, true],
  [{ from_risk: 'high', phase: 'exploit' }, 'low', null, false],
];

for (const [demand, risk, phases, holds] of demands) {
  test(`a demand ${JSON.stringify(demand)} ${holds ? 'holds' : 'does not hold'} at risk ${risk} and in ${phases?.join() ?? 'any phase'}`, () => {
    assert.equal(applies(demand, { risk, phases: phases && new Set(phases) }), holds);
    assert.equal(isGraded([{}, demand]), Object.keys(demand).length > 0);
  });
}
