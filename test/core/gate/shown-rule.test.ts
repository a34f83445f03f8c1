import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { PolicyRule, Requirement } from '../../../src/core/gate/gate-policy.ts';
import { reasonAnswers, rejectReason } from '../../../src/core/gate/reject-reason.ts';
import { decisionOf, digest, gatePolicy, signoffOf } from './values.ts';
import {
  ben,
  checklist,
  cy,
  decision,
  exceptionOf,
  type Given,
  judged,
  lists,
  owner,
  via,
  who,
} from './judged-rule.ts';

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
