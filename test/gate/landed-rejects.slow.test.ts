import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import { type Beginning, type ModelRepo, raisedText } from './kit/model-repo.ts';
import { people, policyValue, policyWithRule } from './kit/policy.ts';
import {
  later,
  rejected,
  rejectLands,
  renamed,
  repolicy,
  signersPath,
  tryAgain,
  withoutKeyOf,
} from './kit/landed-words.ts';

const newKeyOfBen = async (): Promise<string> =>
  (await signerLines(['ada', 'cy', 'dee', 'eve', 'fay'])) +
  (await signerLines(['ben2'])).replace('ben2@', 'ben@');

/** Ben's key expires after everything landed, and before it is looked at. */
async function expiringKeyOfBen(): Promise<Beginning> {
  return {
    signers: `${await signerLines(['ada', 'cy', 'dee', 'eve', 'fay'])}${await signerLines(['ben'], 'namespaces="model-signoff",valid-before="20261201Z"')}`,
  };
}

/** Ben takes his reject back, and that lands without the change too. */
async function withdrawalLands(
  repo: ModelRepo,
  replaces: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  await repo.change();
  const { digest, manifest } = await repo.payload('ben', 'validator');
  await repo.git('switch', '-q', '-C', 'words', 'main');
  await repo.signoff('ben', 'validator', {
    payload: { decision: 'withdraw', replaces, digest, manifest, ...more },
  });
  await repo.land('replaced');
}

playCases('a reject that landed', [
  {
    name: 'binds the same content',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      await tryAgain(repo);
    },
  },
  {
    name: 'binds other content too, while its change is open',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
    },
  },
  {
    name: 'binds no other content once its change has landed all the same',
    want: 'pass',
    play: async (repo) => {
      await rejectLands(repo);
      await repo.change();
      await repo.land('more');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('cy', 'validator');
    },
  },
  {
    name: 'binds when the key that signed it is taken away',
    want: rejected,
    byCommand: true,
    play: async (repo) => {
      await rejectLands(repo);
      await withoutKeyOf(repo, 'ben');
      await tryAgain(repo);
    },
  },
  {
    name: 'binds when its signer has the role no more',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      await repolicy(
        repo,
        policyValue({
          roles: {
            'model-owner': ['ada'],
            validator: ['cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay'],
          },
        }),
      );
      await tryAgain(repo);
    },
  },
  {
    name: 'binds when its signer is nobody any more',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      const { ben, ...others } = people;
      repo.write(signersPath, await signerLines(['ada', 'cy', 'dee', 'eve', 'fay']));
      await repolicy(
        repo,
        policyValue({
          people: others,
          roles: {
            'model-owner': ['ada'],
            validator: ['cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay'],
          },
        }),
      );
      await tryAgain(repo);
    },
  },
  {
    name: 'binds when the repository is called otherwise',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      await repolicy(repo, policyValue({ repository: 'wages' }));
      await tryAgain(repo, { payload: { repository: 'wages' } });
    },
  },
  {
    name: 'binds when its rule is called otherwise',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      repo.scopes['model'] = (path) => path.startsWith('model/');
      await repolicy(repo, renamed);
      await tryAgain(repo, { rule: 'model' });
    },
  },
  {
    name: 'binds when its key is revoked',
    want: rejected,
    play: async (repo) => {
      await rejectLands(repo);
      repo.write(
        '.countersign/revoked_keys',
        (await signerLines(['ben'])).replace(/^\S+ \S+ /, ''),
      );
      await withoutKeyOf(repo, 'ben');
      await tryAgain(repo);
    },
  },
  {
    name: 'of a key that nobody knew binds nobody',
    want: 'pass',
    play: async (repo) => {
      await repo.git('switch', '-q', '-C', 'change', 'main');
      await repo.change();
      const path = await repo.signoff('ben', 'validator', {
        key: 'mallory',
        payload: { decision: 'reject' },
        commit: false,
      });
      const text = await repo.read(path);
      await repo.git('switch', '-q', '-f', '-C', 'words', 'main');
      repo.write(path, text);
      await repo.commit('reject', 'ada');
      await tryAgain(repo);
    },
  },
  {
    name: 'is replaced by its signer with a new key',
    want: 'pass',
    play: async (repo) => {
      const replaces = await rejectLands(repo);
      repo.write(signersPath, await newKeyOfBen());
      await repo.commit('keys', 'ada');
      await repo.admins();
      await repo.land('again');
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { key: 'ben2', payload: { replaces } });
    },
  },
  {
    name: 'was replaced before the key was taken away',
    want: 'pass',
    play: async (repo) => {
      await withdrawalLands(repo, await rejectLands(repo));
      await withoutKeyOf(repo, 'ben');
      await tryAgain(repo);
    },
  },
  {
    name: 'was replaced before the key expired',
    want: 'pass',
    begin: expiringKeyOfBen,
    play: async (repo) => {
      await withdrawalLands(repo, await rejectLands(repo));
      await tryAgain(repo);
      return { now: later };
    },
  },
  {
    name: 'was replaced longer ago than a sign-off may be old',
    want: 'pass',
    begin: { policy: policyWithRule({ max_age_days: 7 }) },
    play: async (repo) => {
      await withdrawalLands(repo, await rejectLands(repo), { signed_at: '2026-11-10T00:00:00Z' });
      await tryAgain(repo);
    },
  },
  {
    name: 'was replaced by a thief whose key was revoked and taken away since',
    want: rejected,
    play: async (repo) => {
      await withdrawalLands(repo, await rejectLands(repo));
      repo.write(
        '.countersign/revoked_keys',
        (await signerLines(['ben'])).replace(/^\S+ \S+ /, ''),
      );
      await withoutKeyOf(repo, 'ben');
      await tryAgain(repo);
    },
  },
  {
    name: 'replaced with the key that was taken away',
    want: rejected,
    play: async (repo) => {
      const replaces = await rejectLands(repo);
      await withoutKeyOf(repo, 'ben');
      await tryAgain(repo);
      await repo.signoff('ben', 'validator', { payload: { decision: 'withdraw', replaces } });
    },
  },
]);
