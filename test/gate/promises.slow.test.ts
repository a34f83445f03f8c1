import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { people, policyValue } from './kit/policy.ts';
import { owner } from './kit/excepted.ts';

playCases('exceptions', [
  {
    name: 'by an admin who wrote nothing',
    want: 'pass-with-exception',
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await repo.exception('eve');
    },
  },
  {
    name: 'for no approval at all but the author’s answers',
    want: 'pass-with-exception',
    begin: { upTo: 'change' },
    play: async (repo) => {
      await repo.signoff('ada', 'author');
      await repo.exception('eve');
    },
  },
  {
    name: 'expired',
    want: ['fail', 'requirement/unmet'],
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await repo.exception('eve', { expires: '2026-11-24T06:00:00Z' });
    },
  },
  {
    name: 'longer than the policy allows',
    want: ['fail', 'exception/too-long'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { expires: '2026-11-26T06:00:01Z' });
    },
  },
  {
    name: 'signed ahead of the clock, to run longer',
    want: ['fail', 'exception/too-long'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', {
        signed_at: '2026-11-24T06:04:00Z',
        expires: '2026-11-27T06:03:00Z',
      });
    },
  },
  {
    name: 'signed in the future',
    want: ['fail', 'exception/future'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', {
        signed_at: '2026-11-25T00:00:00Z',
        expires: '2026-11-25T06:00:00Z',
      });
    },
  },
  {
    name: 'approvals promised later than the policy allows',
    want: ['fail', 'exception/too-long'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', { follow_up_by: '2026-12-04' });
    },
  },
  {
    name: 'by its author',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change('eve');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('eve', 'author');
      await repo.exception('eve');
    },
  },
  {
    name: 'by its author’s second e-mail',
    want: ['fail', 'requirement/unmet'],
    begin: {
      policy: policyValue({
        people: {
          ...people,
          eve: { ...people.eve, emails: ['eve@example.org', 'eve@home.example'] },
        },
      }),
    },
    play: async (repo) => {
      await repo.change('eve@home.example');
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('eve', 'author');
      await repo.exception('eve');
    },
  },
  {
    name: 'by one who is no admin',
    want: ['fail', 'exception/not-allowed'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('ben');
    },
  },
  {
    name: 'in a role that excepts nothing',
    want: ['fail', 'exception/not-allowed'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('ben', { role: 'validator' });
    },
  },
  {
    name: 'with another’s key',
    want: ['fail', 'exception/not-allowed'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', {}, { key: 'ben' });
    },
  },
  {
    name: 'with a key that nobody knows',
    want: ['fail', 'exception/unknown-signer'],
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve', {}, { key: 'mallory' });
    },
  },
  {
    name: 'with an expired key',
    want: ['fail', 'requirement/unmet'],
    begin: async () => ({
      ...owner,
      signers:
        (await signerLines(['ada', 'ben', 'cy', 'dee', 'fay'])) +
        (await signerLines(['eve'], 'valid-before="20261101Z"')) +
        (await signerLines(['ben2'])).replace('ben2@', 'eve@'),
    }),
    play: async (repo) => {
      await repo.exception('eve');
    },
  },
  {
    name: 'edited after it was signed',
    want: ['fail', 'exception/forged'],
    begin: owner,
    play: async (repo) => {
      await repo.exception(
        'eve',
        { expires: '2026-11-23T07:00:00Z' },
        { edit: (text) => text.replace('2026-11-23T07', '2026-11-25T07') },
      );
    },
  },
]);
