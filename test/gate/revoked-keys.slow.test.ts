import { playCases } from './kit/cases.ts';
import { publicKey, signerLines } from './kit/keys.ts';
import { honest } from './kit/honest.ts';

const keysOf = async (...people: string[]): Promise<string> =>
  (await Promise.all(people.map(async (who) => `${await publicKey(who)}\n`))).join('');

const revoke = async (...people: string[]) => ({
  files: { '.countersign/revoked_keys': await keysOf(...people) },
});

playCases('revoked keys', [
  {
    name: 'revoked on the target',
    want: ['fail', 'requirement/unmet'],
    begin: () => revoke('ben'),
    byCommand: true,
    play: honest,
  },
  { name: 'somebody else’s', want: 'pass', begin: () => revoke('cy'), play: honest },
  {
    name: 'revoked by the change itself',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repo.change();
      await repo.both();
      repo.write('.countersign/revoked_keys', await keysOf('ben'));
      await repo.commit('stolen', 'eve');
      await repo.admins();
    },
  },
  {
    name: 'its revocation taken back by the change itself',
    want: ['fail', 'requirement/unmet'],
    begin: () => revoke('ben'),
    play: async (repo) => {
      repo.write('.countersign/revoked_keys', '# nobody\n');
      await repo.commit('back', 'eve');
      await repo.admins();
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'the list deleted by the change itself',
    want: ['fail', 'requirement/unmet'],
    begin: () => revoke('ben'),
    play: async (repo) => {
      await repo.git('rm', '-q', '.countersign/revoked_keys');
      await repo.commit('back', 'eve');
      await repo.admins();
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a list that cannot be read',
    want: ['undecidable', 'policy/unreadable'],
    begin: { files: { '.countersign/revoked_keys': 'SSHKRL\n\u0000\u0000' } },
    play: honest,
  },
  {
    name: 'a list with a line that is no key',
    want: ['undecidable', 'policy/unreadable'],
    begin: { files: { '.countersign/revoked_keys': 'ben\n' } },
    play: honest,
  },
  {
    name: 'a reject whose key was revoked since',
    want: ['fail', 'signoff/rejected'],
    begin: () => revoke('cy'),
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
    },
  },
  {
    name: 'a reject replaced with a revoked key',
    want: ['fail', 'signoff/rejected'],
    begin: () => revoke('cy'),
    play: async (repo) => {
      await repo.change();
      await repo.both();
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await repo.signoff('cy', 'validator', {
        payload: { decision: 'withdraw', replaces: await repo.payloadId(path) },
      });
    },
  },
  {
    name: 'a reject whose key expired since',
    want: ['fail', 'signoff/rejected'],
    begin: async () => ({
      signers:
        (await signerLines(['ada', 'ben', 'dee', 'eve', 'fay'])) +
        (await signerLines(['cy'], 'valid-before="20261101Z"')),
    }),
    play: async (repo) => {
      await repo.change();
      await repo.both();
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
    },
  },
]);
