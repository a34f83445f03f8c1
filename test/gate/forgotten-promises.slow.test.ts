import { playCases } from './kit/cases.ts';
import { type ModelRepo, raisedText } from './kit/model-repo.ts';
import { modelRule, policyValue, policyWithRule } from './kit/policy.ts';
import {
  condition,
  conditional,
  excepted,
  followUp,
  later,
  narrowed,
  owner,
  removed,
  renamed,
  repolicy,
  stranded,
} from './kit/landed-words.ts';

/** An exception landed, and somebody forced a policy past the gate that calls its rule otherwise. */
async function forgotten(repo: ModelRepo, policy = renamed): Promise<void> {
  await excepted(repo);
  await repolicy(repo, policy);
  await repo.land('after');
}

/** The usual change once more, signed by both under the rule's new name. */
async function againUnderNewName(repo: ModelRepo): Promise<void> {
  repo.scopes['model'] = (path) => path.startsWith('model/');
  await repo.change('ada', `${raisedText}#\n`);
  await repo.both({ rule: 'model' });
}

playCases('a policy that was forced past the gate and forgot what an exception promised', [
  {
    name: 'is told of where other files are touched',
    want: ['pass', 'exception/forgotten'],
    begin: owner,
    play: async (repo) => {
      await forgotten(repo);
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { now: later };
    },
  },
  {
    name: 'lets nothing land on the files that it was about, whoever signs',
    want: ['fail', 'exception/forgotten'],
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await forgotten(repo);
      await againUnderNewName(repo);
      return { now: later };
    },
  },
  {
    name: 'nor where the rule lost its globs',
    want: ['fail', 'exception/forgotten'],
    begin: owner,
    play: async (repo) => {
      await forgotten(repo, policyWithRule({ paths: ['params.yaml'] }));
      await repo.change('ada', `${raisedText}#\n`);
      return { now: later };
    },
  },
  {
    name: 'while there is time, lets them land',
    want: ['pass', 'exception/forgotten'],
    begin: owner,
    play: async (repo) => {
      await forgotten(repo);
      await againUnderNewName(repo);
    },
  },
  {
    name: 'can be put right, though it is late',
    want: ['pass', 'exception/forgotten'],
    begin: owner,
    play: async (repo) => {
      await forgotten(repo);
      await repolicy(repo, policyValue(), { signed_at: '2026-11-25T00:00:00Z' });
      return { now: later };
    },
  },
  {
    name: 'and the promise is owed then as before',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await forgotten(repo);
      await repolicy(repo, policyValue(), { signed_at: '2026-11-25T00:00:00Z' });
      await repo.land('right');
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { now: later };
    },
  },
]);

playCases('approvals that follow what no person wrote', [
  {
    name: 'by one',
    want: ['fail', 'exception/overdue'],
    begin: { policy: policyWithRule({ require: [modelRule.require[0]] }) },
    play: async (repo) => {
      await repo.change('agent');
      await repo.signoff('ada', 'model-owner');
      await excepted(repo);
      return { now: later };
    },
  },
  {
    name: 'by two',
    want: 'pass',
    begin: {
      policy: policyWithRule(
        { require: [modelRule.require[0]] },
        {
          roles: {
            'model-owner': ['ada', 'ben'],
            validator: ['cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay'],
          },
        },
      ),
    },
    play: async (repo) => {
      await repo.change('agent');
      await repo.signoff('ada', 'model-owner');
      await excepted(repo);
      await followUp(repo, 'ben', 'model-owner');
      return { now: later };
    },
  },
]);

playCases('a policy that would forget a condition', [
  {
    name: 'the rule renamed',
    want: stranded,
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await conditional(repo);
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'the rule removed, once it is overdue',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      await repolicy(repo, removed);
      return { now: later };
    },
  },
  {
    name: 'its globs narrowed to other files',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      await repolicy(repo, narrowed);
    },
  },
  {
    name: 'in the landing of the condition itself',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', { payload: { conditions: [condition] } });
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'its globs narrowed to what was approved',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      await repolicy(repo, policyWithRule({ paths: ['model/*.py'] }));
    },
  },
  {
    name: 'the rule renamed once it is met',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.signoff('ben', 'validator', {
        payload: { meets: [{ payload, condition: 0 }], decision: 'withdraw' },
      });
      await repo.land('after');
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'the rule renamed in the change that meets it',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.signoff('ben', 'validator', {
        payload: { meets: [{ payload, condition: 0 }], decision: 'withdraw' },
      });
      await repolicy(repo, renamed);
    },
  },
]);
