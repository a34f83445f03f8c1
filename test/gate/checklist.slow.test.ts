import { playCases } from './kit/cases.ts';
import { policyWithRule } from './kit/policy.ts';

playCases('the checklist', [
  {
    name: 'unanswered by a signer',
    want: ['fail', 'checklist/unanswered'],
    begin: { upTo: 'owner' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', { payload: { answers: {} } });
    },
  },
  {
    name: 'unanswered by the author',
    want: ['fail', 'checklist/unanswered'],
    begin: { upTo: 'change' },
    play: async (repo) => {
      await repo.signoff('ada', 'model-owner', { payload: { answers: {} } });
      await repo.signoff('ben', 'validator');
    },
  },
  {
    name: 'answered no',
    want: ['fail', 'checklist/no'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        payload: { answers: { 'tests-pass': { answer: 'no', note: 'two fail' } } },
      });
    },
  },
  {
    name: 'left out without a reason',
    want: ['fail', 'checklist/unanswered'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        payload: { answers: { 'tests-pass': { answer: 'not-applicable', note: ' ' } } },
      });
    },
  },
  {
    name: 'left out with a reason',
    want: 'pass',
    begin: { upTo: 'owner' },
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        payload: { answers: { 'tests-pass': { answer: 'not-applicable', note: 'no tests here' } } },
      });
    },
  },
  {
    name: 'a key that every object has is no answer',
    want: ['fail', 'checklist/unanswered'],
    begin: {
      checklist:
        'schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: constructor, ask: "Passed?", must: true, by: both}\n',
    },
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'an author’s own answers, apart from approvals',
    want: 'pass',
    play: async (repo) => {
      await repo.change('cy');
      await repo.signoff('cy', 'author');
      await repo.both();
    },
  },
  {
    name: 'an author’s item answered by somebody else',
    want: ['fail', 'checklist/unanswered'],
    play: async (repo) => {
      await repo.change('cy');
      await repo.both();
    },
  },
  {
    name: 'an item that nobody was there to answer',
    want: ['fail', 'checklist/unanswered'],
    begin: {
      policy: policyWithRule({ require: [] }),
      checklist:
        'schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: tests-pass, ask: "Passed?", must: true, by: signer}\n',
    },
    play: async (repo) => {
      await repo.change();
    },
  },
  {
    name: 'an item for a role that did not sign',
    want: 'pass',
    begin: {
      checklist:
        'schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: fair, ask: "Fair?", must: true, by: signer, roles: [ethics]}\n',
    },
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'an item that need not be answered',
    want: 'pass',
    begin: {
      checklist:
        'schema: countersign/checklist@1\nname: model-change\nitems:\n  - {id: fair, ask: "Fair?", must: false, by: both}\n',
    },
    play: async (repo) => {
      await repo.change();
      await repo.both({ payload: { answers: {} } });
    },
  },
]);
