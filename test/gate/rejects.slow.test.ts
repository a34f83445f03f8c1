import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { policyWithRule } from './kit/policy.ts';
import { type Beginning, type ModelRepo, raisedText } from './kit/model-repo.ts';

const aWeek = policyWithRule({ max_age_days: 7 });

/** Cy's old key has expired by now, and there is a new one, which is called ben2 here. */
async function twoKeysOfCy(): Promise<Beginning> {
  const old = await signerLines(['cy'], 'namespaces="model-signoff",valid-before="20261120Z"');
  return {
    signers: `${await signerLines(['ada', 'ben', 'dee', 'eve', 'fay'])}${old}${(await signerLines(['ben2'])).replace('ben2@', 'cy@')}`,
  };
}

/** Somebody rejects, and withdraws it two weeks ago; what the withdrawal's payload is called. */
async function takenBack(repo: ModelRepo, who: string): Promise<string> {
  const path = await repo.signoff(who, 'validator', {
    payload: { decision: 'reject', signed_at: '2026-11-01T00:00:00Z' },
  });
  return repo.payloadId(
    await repo.signoff(who, 'validator', {
      payload: {
        decision: 'withdraw',
        replaces: await repo.payloadId(path),
        signed_at: '2026-11-10T00:00:00Z',
      },
    }),
  );
}

playCases('rejects and what replaces them', [
  {
    name: 'a reject stands',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
    },
  },
  {
    name: 'a reject by a clock that runs ahead',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('cy', 'validator', {
        payload: { decision: 'reject', signed_at: '2026-11-24T06:15:00Z' },
      });
    },
  },
  {
    name: 'a reject stands whatever its digest',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'change' },
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.change('ada', `${raisedText}# more\n`);
      await repo.both();
    },
  },
  {
    name: 'replaced by its signer',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', { payload: { replaces: await repo.payloadId(path) } });
    },
  },
  {
    name: 'withdrawn by its signer',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', {
        payload: { decision: 'withdraw', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'replaced by its signer, longer ago than a sign-off may be old',
    want: 'pass',
    begin: { upTo: 'both', policy: aWeek },
    byCommand: true,
    play: async (repo) => {
      await takenBack(repo, 'cy');
    },
  },
  {
    name: 'replaced by its signer with a key that has expired since',
    want: ['fail', 'signoff/rejected'],
    begin: twoKeysOfCy,
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await takenBack(repo, 'cy');
    },
  },
  {
    name: 'replaced with a key that has expired since, and again with a new one',
    want: 'pass',
    begin: twoKeysOfCy,
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await repo.both();
      const replaces = await takenBack(repo, 'cy');
      await repo.signoff('cy', 'validator', { key: 'ben2', payload: { replaces } });
    },
  },
  {
    name: 'replaced with a key that has expired since, and again by somebody else',
    want: ['fail', 'signoff/rejected'],
    begin: twoKeysOfCy,
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      const replaces = await takenBack(repo, 'cy');
      await repo.signoff('ben', 'validator', { payload: { replaces } });
    },
  },
  {
    name: 'replaced with a key that has expired since, and then by a reject with a new one',
    want: ['fail', 'signoff/rejected'],
    begin: twoKeysOfCy,
    play: async (repo) => {
      await repo.change();
      await repo.both();
      const replaces = await takenBack(repo, 'cy');
      await repo.signoff('cy', 'validator', {
        key: 'ben2',
        payload: { replaces, decision: 'reject' },
      });
    },
  },
  {
    name: 'replaced by somebody else',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('ben', 'validator', { payload: { replaces: await repo.payloadId(path) } });
    },
  },
  {
    name: 'replaced for another rule',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', {
        payload: { rule: 'policy-change', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'replaced for another branch',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', {
        payload: { target: 'refs/heads/release/1', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'a later clock replaces nothing',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', { payload: { signed_at: '2026-11-24T05:00:00Z' } });
    },
  },
  {
    name: 'an approval that its signer withdrew',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.signoff('ben', 'validator', {
        payload: { decision: 'withdraw', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'an approval with a twin, of which its signer withdrew one',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'owner' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ben', 'validator');
      const path = await repo.signoff('ben', 'validator');
      await repo.signoff('ben', 'validator', {
        payload: { decision: 'withdraw', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'an approval given again after a withdrawal, with a twin of the first',
    want: 'pass',
    begin: { upTo: 'owner' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ben', 'validator');
      const path = await repo.signoff('ben', 'validator');
      const gone = await repo.signoff('ben', 'validator', {
        payload: { decision: 'withdraw', replaces: await repo.payloadId(path) },
      });
      await repo.signoff('ben', 'validator', { payload: { replaces: await repo.payloadId(gone) } });
    },
  },
  {
    name: 'an approval that its signer rejects now',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.signoff('ben', 'validator', {
        payload: { decision: 'reject', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'a reject by somebody outside the policy',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('mallory', 'validator', { payload: { decision: 'reject' } });
    },
  },
  {
    name: 'a reject as author',
    want: ['fail', 'signoff/rejected'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('dee', 'author', { payload: { decision: 'reject' } });
    },
  },
  {
    name: 'a landed reject of another digest',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('checkout', '-q', 'main', '--', 'model');
      await repo.commit('back', 'ada');
      await repo.land();
      await repo.change('ada', `${raisedText}# another\n`);
      await repo.both();
    },
  },
  {
    name: 'a landed reject of this digest',
    want: ['fail', 'signoff/rejected'],
    play: async (repo) => {
      await repo.change();
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('checkout', '-q', 'main', '--', 'model');
      await repo.commit('back', 'ada');
      await repo.land();
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a landed reject of this digest, replaced now',
    want: 'pass',
    play: async (repo) => {
      await repo.change();
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.git('checkout', '-q', 'main', '--', 'model');
      await repo.commit('back', 'ada');
      await repo.land();
      await repo.change();
      const payload = { signed_at: '2026-11-24T05:00:00Z' };
      await repo.signoff('ada', 'model-owner', { payload });
      await repo.signoff('ben', 'validator', { payload });
      await repo.signoff('cy', 'validator', {
        payload: { ...payload, replaces: await repo.payloadId(path) },
      });
    },
  },
]);
