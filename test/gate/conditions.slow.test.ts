import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { type ModelRepo, type PayloadChanges, raisedText } from './kit/model-repo.ts';
import { modelRule, policyText, policyValue } from './kit/policy.ts';
import { later, owner } from './kit/excepted.ts';

const condition = { text: 'measure the rural slice', owner: 'ada', due: '2026-11-30' };

/** Lands the usual change, which Ben approved on a condition. */
async function conditional(repo: ModelRepo): Promise<string> {
  const path = await repo.signoff('ben', 'validator', { payload: { conditions: [condition] } });
  await repo.land();
  return repo.payloadId(path);
}

/** Ben says that what he asked for is done, and then something else in the place of that; Cy approves besides. */
async function closedAnd(repo: ModelRepo, then: PayloadChanges): Promise<{ now: string }> {
  const payload = await conditional(repo);
  await repo.change('ada', `${raisedText}#\n`);
  await repo.signoff('ada', 'model-owner');
  await repo.signoff('cy', 'validator');
  const closing = await repo.signoff('ben', 'validator', {
    payload: { meets: [{ payload, condition: 0 }] },
  });
  await repo.signoff('ben', 'validator', {
    payload: { replaces: await repo.payloadId(closing), ...then },
  });
  return { now: later };
}

playCases('conditions', [
  {
    name: 'an approval on a condition counts',
    want: 'pass',
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', { payload: { conditions: [condition] } });
    },
  },
  {
    name: 'an approval on a condition for somebody whom the policy does not know',
    want: ['pass', 'condition/unknown-owner'],
    begin: owner,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        payload: { conditions: [{ ...condition, owner: 'zoe' }] },
      });
    },
  },
  {
    name: 'a condition that is overdue at once',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        payload: { conditions: [{ ...condition, due: '2026-11-23' }] },
      });
    },
  },
  {
    name: 'still time',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both();
      return { now: '2026-11-30T23:00:00Z' };
    },
  },
  {
    name: 'overdue, for the rule',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await conditional(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both();
      return { now: later };
    },
  },
  {
    name: 'overdue, for what the rule does not govern',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await conditional(repo);
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return { now: later };
    },
  },
  {
    name: 'closed by its signer',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both({ payload: { meets: [{ payload, condition: 0 }] } });
      return { now: later };
    },
  },
  {
    name: 'closed by another of the role',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.change('ben', `${raisedText}#\n`);
      await repo.signoff('ben', 'author');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator', { payload: { meets: [{ payload, condition: 0 }] } });
      return { now: later };
    },
  },
  {
    name: 'closed and landed before',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.signoff('ben', 'validator', {
        payload: { meets: [{ payload, condition: 0 }], decision: 'withdraw' },
      });
      await repo.land('after');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both();
      return { now: later };
    },
  },
  {
    name: 'closed by its signer, who takes that back',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    byCommand: true,
    play: (repo) => closedAnd(repo, { decision: 'withdraw' }),
  },
  {
    name: 'closed by its signer, who then rejects',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: (repo) => closedAnd(repo, { decision: 'reject' }),
  },
  {
    name: 'closed by its signer, who signs once more',
    want: 'pass',
    begin: owner,
    play: (repo) => closedAnd(repo, {}),
  },
  {
    name: 'closed by somebody of another role',
    want: ['fail', 'condition/overdue'],
    begin: {
      ...owner,
      policy: policyValue({
        roles: {
          'model-owner': ['ada'],
          validator: ['ben', 'cy'],
          ethics: ['dee'],
          'policy-admin': ['eve', 'fay'],
        },
      }),
    },
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.change('cy', `${raisedText}#\n`);
      await repo.signoff('cy', 'author');
      await repo.signoff('ada', 'model-owner', { payload: { meets: [{ payload, condition: 0 }] } });
      await repo.signoff('ben', 'validator');
      return { now: later };
    },
  },
  {
    name: 'another condition closed',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.both({ payload: { meets: [{ payload, condition: 1 }] } });
      return { now: later };
    },
  },
  {
    name: 'closed with a revoked key',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.git('switch', '-q', 'main');
      repo.write(
        '.countersign/revoked_keys',
        (await signerLines(['ben'])).replace(/^\S+ \S+ /, ''),
      );
      await repo.commit('stolen', 'eve');
      await repo.git('switch', '-q', '-C', 'next');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
      await repo.signoff('ben', 'validator', { payload: { meets: [{ payload, condition: 0 }] } });
      return { now: later };
    },
  },
  {
    name: 'the approval replaced by one without it, before it landed',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator', {
        payload: { conditions: [{ ...condition, due: '2026-11-23' }] },
      });
      await repo.signoff('ben', 'validator', { payload: { replaces: await repo.payloadId(path) } });
    },
  },
  {
    name: 'the approval replaced after it landed',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { payload: { replaces: payload } });
      return { now: later };
    },
  },
  {
    name: 'overdue, for a change of the policy alone',
    want: 'pass',
    begin: {
      ...owner,
      policy: policyValue({
        rules: [{ ...modelRule, paths: ['model/**', '.countersign/reviews/**'] }],
      }),
    },
    play: async (repo) => {
      await conditional(repo);
      repo.write(
        '.countersign/policy.yaml',
        policyText(policyValue({ rules: [{ ...modelRule, paths: ['model/**'] }] })),
      );
      await repo.commit('policy', 'ada');
      await repo.admins();
      return { now: later };
    },
  },
]);
