import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type {
  CheckedEvidence,
  CheckedRequirement,
  CheckedRule,
} from '../../src/core/gate/check-result.ts';
import {
  type Action,
  contextOf,
  evidenceActions,
  type EvidenceSubject,
  findingActions,
  namedIn,
  questionActions,
  requirementActions,
  signoffActions,
  strangerActions,
} from '../../src/extension/change/open-actions.ts';

const requirement = (more: Partial<CheckedRequirement>): CheckedRequirement => ({
  role: 'validator',
  need: 1,
  have: 0,
  independent: true,
  by: [],
  state: 'unmet',
  could: ['ben', 'cy'],
  ...more,
});
const rule: CheckedRule = {
  id: 'model-change',
  digest: 'v1:0',
  files: ['model/score.py'],
  risk: null,
  authors: ['ada'],
  requirements: [
    requirement({ role: 'model-owner', independent: false, could: ['ada'] }),
    requirement({}),
  ],
  checklist: null,
  evidence: [],
  state: 'unmet',
};
const nobody: CheckedRule = { ...rule, authors: [] };

const rows: readonly (readonly [
  name: string,
  found: readonly Action[],
  wanted: readonly Action[],
])[] = [
  ['a place that is mine', requirementActions(requirement({}), 'ben'), ['sign']],
  ['a place that others fill', requirementActions(requirement({}), 'ada'), ['ask']],
  ['a place of which nobody knows whose it is', requirementActions(requirement({}), null), ['ask']],
  ['a place that nobody can fill', requirementActions(requirement({ could: [] }), 'ada'), ['mend']],
  [
    'a place that is filled',
    requirementActions(requirement({ state: 'met', could: [] }), 'ben'),
    [],
  ],
  [
    'the author’s question, for the author',
    questionActions({ id: 'a', by: 'author', answer: 'none' }, rule, 'ada'),
    ['sign'],
  ],
  [
    'the author’s question, for another',
    questionActions({ id: 'a', by: 'author', answer: 'none' }, rule, 'ben'),
    ['ask'],
  ],
  [
    'the author’s question where no person wrote it',
    questionActions({ id: 'a', by: 'author', answer: 'none' }, nobody, 'ada'),
    ['sign'],
  ],
  ['my own question', questionActions({ id: 'a', by: 'ben', answer: 'no' }, rule, 'ben'), ['sign']],
  [
    'another’s question',
    questionActions({ id: 'a', by: 'ben', answer: 'no' }, rule, 'cy'),
    ['ask'],
  ],
  [
    'the question of whoever signs',
    questionActions({ id: 'a', by: 'signer', answer: 'none' }, rule, 'cy'),
    ['sign'],
  ],
  ['an unknown author, for a signer', strangerActions(rule, 'ben'), ['sign', 'mend']],
  ['an unknown author, for an author', strangerActions(rule, 'ada'), ['ask', 'mend']],
  [
    'an unknown author, for whom the rule asks nothing',
    strangerActions(rule, 'dee'),
    ['ask', 'mend'],
  ],
  ['my stale sign-off', signoffActions({ person: 'ben', state: 'stale' }, 'ben'), ['sign']],
  ['another’s stale sign-off', signoffActions({ person: 'ben', state: 'stale' }, 'ada'), ['ask']],
  ['my expired key', signoffActions({ person: 'ben', state: 'expired' }, 'ben'), ['sign']],
  ['my revoked key', signoffActions({ person: 'ben', state: 'revoked' }, 'ben'), ['sign', 'copy']],
  ['a forgery', signoffActions({ person: null, state: 'forged' }, null), ['copy']],
  [
    'a key that is nobody’s',
    signoffActions({ person: null, state: 'unknown-signer' }, 'ben'),
    ['copy'],
  ],
  ['one that stands', signoffActions({ person: 'ben', state: 'valid' }, 'ben'), []],
  [
    'a finding that a signature mends',
    findingActions('a second person signs: countersign sign --rule model-change'),
    ['sign', 'copy'],
  ],
  [
    'a finding about what landed',
    findingActions('countersign sign --range a...b --rule model-change'),
    ['copy'],
  ],
  [
    'a finding that a measurement mends',
    findingActions('measure again: countersign evaluate EV-1111'),
    ['evaluate', 'copy'],
  ],
  ['a finding with words alone', findingActions('put the data into git'), ['copy']],
  ['a finding without a next step', findingActions(undefined), []],
];

for (const [name, found, wanted] of rows) {
  test(`the actions of ${name}`, () => assert.deepEqual(found, wanted));
}

const kinds = ['decision', 'result', 'feedback', 'rollback', 'rollout', 'review', 'escalation'];
const nothing: EvidenceSubject = { evaluation: null, decision: null };
const decided: EvidenceSubject = { evaluation: null, decision: 'DR-1111' };
const measured: EvidenceSubject = { evaluation: 'EV-1111', decision: 'DR-1111' };

for (const kind of kinds) {
  test(`evidence of kind ${kind} has an action for whatever it lacks, for everybody`, () => {
    const actions = (
      more: Partial<CheckedEvidence>,
      subject: EvidenceSubject,
      me: string | null,
    ): readonly Action[] =>
      evidenceActions({ kind, state: 'unmet', ref: null, ...more }, subject, rule, me);
    for (const me of ['ada', 'ben', 'dee', null]) {
      assert.equal(actions({ lacks: 'citation' }, decided, me)[0], me === 'ben' ? 'sign' : 'ask');
      assert.equal(actions({ lacks: 'substance' }, nothing, me)[0], 'decide');
      assert.equal(actions({ lacks: 'substance' }, decided, me)[0], 'mend');
    }
    assert.deepEqual(actions({ state: 'met' }, nothing, 'ben'), []);
  });
}

test('a result that does not do is measured again, and one that does has its report', () => {
  const result = (more: Partial<CheckedEvidence>): readonly Action[] =>
    evidenceActions({ kind: 'result', state: 'unmet', ref: null, ...more }, measured, rule, 'ada');
  assert.deepEqual(result({ lacks: 'substance' }), ['evaluate', 'report']);
  assert.deepEqual(result({ lacks: 'citation' }), ['ask', 'report']);
  assert.deepEqual(result({ state: 'met' }), ['report']);
});

test('where no independence is asked for, an author’s own signature lists the evidence', () => {
  const alone: CheckedRule = {
    ...rule,
    requirements: [requirement({ independent: false, could: ['ada'] })],
  };
  assert.deepEqual(
    evidenceActions(
      { kind: 'rollback', state: 'unmet', ref: null, lacks: 'citation' },
      decided,
      alone,
      'ada',
    ),
    ['sign'],
  );
});

test('ids are found in what the gate says', () => {
  assert.deepEqual(
    namedIn('.countersign/results/EV-RECALL01/5fe435d72a0f.json EV-RECALL01: fpr is 0.6'),
    { evaluation: 'EV-RECALL01', decision: null },
  );
  assert.deepEqual(namedIn('DR-2222 stands over model/score.py and is proposed, not accepted'), {
    evaluation: null,
    decision: 'DR-2222',
  });
});

type Menu = { readonly command: string; readonly when: string; readonly group: string };

test('each action has a button on its rows, and no row a button that it does not ask for', () => {
  const manifest = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as {
    readonly contributes: { readonly menus: { readonly 'view/item/context': readonly Menu[] } };
  };
  const inline = manifest.contributes.menus['view/item/context'].filter(
    ({ group, when }) => group.startsWith('inline') && when.includes('change'),
  );
  const shown = (context: string): readonly string[] =>
    inline
      .filter(({ when }) => {
        const pattern = /viewItem =~ \/(.*)\/$/.exec(when)?.[1];
        return pattern === undefined
          ? when.endsWith(`viewItem == ${context}`)
          : new RegExp(pattern).test(context);
      })
      .map(({ command }) => command.slice('countersign.'.length));
  const buttons: Readonly<Record<Action, string>> = {
    sign: 'sign',
    ask: 'requestReview',
    evaluate: 'evaluate',
    report: 'showReport',
    decide: 'newDecision',
    mend: 'mendRow',
    close: 'closePromise',
    follow: 'signLanded',
    copy: 'copyNextStep',
  };
  for (const [action, command] of Object.entries(buttons))
    assert.deepEqual(shown(contextOf('evidence.decision', [action as Action])), [command]);
  assert.deepEqual(shown(contextOf('evidence.decision', ['mend', 'ask', 'copy'])), [
    'mendRow',
    'requestReview',
    'copyNextStep',
  ]);
  assert.deepEqual(shown(contextOf('signoff', [])), []);
});
