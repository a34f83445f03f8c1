import { landPolicy } from './landings.ts';
import { policy } from './model-repository.ts';
import { publicKey, signers } from './people-keys.ts';
import { docs, type Histories } from './signed-again.ts';

export const peopleHistories: Histories = {
  'an agent that wrote, and two who approved': {
    make: async (repository) => {
      await repository.branch('raise');
      await repository.write('model/score.py', 'bar = 13\n');
      await repository.commit('Raise', 'helper[bot]@example.org');
      await repository.signBoth();
      await repository.merge('raise');
    },
    landed: [{ state: 'signed', who: 'ada model-owner, ben validator' }],
    exit: 0,
  },
  'one signature of two': {
    make: async (repository) => {
      await repository.branch('raise');
      await repository.write('model/score.py', 'bar = 13\n');
      await repository.commit('Raise', 'ada');
      await repository.sign('ada', 'model-owner');
      await repository.merge('raise');
    },
    landed: [{ state: 'failed', code: 'requirement/unmet', who: 'ada model-owner' }],
    exit: 1,
  },
  'a revert that was signed, and the old signatures tried again': {
    make: async (repository) => {
      const landed = await repository.landSigned('raise', 13);
      await repository.branch('back');
      await repository.git('revert', '--no-edit', '-m', '1', landed);
      // Sign-offs are only ever added: the revert takes back the model alone.
      await repository.git('checkout', '--quiet', 'main', '--', '.countersign/signoffs');
      await repository.gitAs('ada', 'commit', '--quiet', '--amend', '--no-edit', '--reset-author');
      await repository.signBoth();
      await repository.merge('back');
      await repository.write('model/score.py', 'bar = 13\n');
      await repository.commit('Again, on the old signatures', 'ada');
    },
    landed: [{ state: 'signed' }, { state: 'signed' }, { state: 'unsigned' }],
    exit: 1,
  },
  'a key that was rotated': {
    make: async (repository) => {
      await repository.landSigned('raise', 13);
      await landPolicy(repository, 'rotate', async () =>
        repository.write('.countersign/allowed_signers', await signers({ ben: 'new' })),
      );
      await repository.branch('old-key');
      await repository.write('model/score.py', 'bar = 14\n');
      await repository.commit('Raise', 'ada');
      await repository.sign('ada', 'model-owner');
      await repository.sign('ben', 'validator');
      await repository.merge('old-key');
      await repository.branch('new-key');
      await repository.write('model/score.py', 'bar = 15\n');
      await repository.commit('Raise', 'ada');
      await repository.sign('ada', 'model-owner');
      await repository.sign('ben', 'validator', { key: 'new' });
      await repository.merge('new-key');
    },
    landed: [
      { state: 'signed' },
      { state: 'signed', who: 'eve policy-admin, fay policy-admin' },
      { state: 'failed' },
      { state: 'signed' },
    ],
    exit: 1,
  },
  'a key that was revoked after its landing': {
    make: async (repository) => {
      await repository.landSigned('raise', 13);
      await landPolicy(repository, 'revoke', async () =>
        repository.write('.countersign/revoked_keys', `${await publicKey('ben')}\n`),
      );
    },
    landed: [{ state: 'signed' }, { state: 'signed' }],
    exit: 0,
  },
  'a person who left': {
    make: async (repository) => {
      await repository.landSigned('raise', 13);
      await landPolicy(repository, 'leave', async () => {
        await repository.write(
          '.countersign/policy.yaml',
          policy.replace(/ {2}ben: .*\n/, '').replace('[ben, cy]', '[cy]'),
        );
        await repository.write('.countersign/allowed_signers', await signers({}, {}, ['ben']));
      });
      await repository.landSigned('after', 14);
    },
    landed: [
      { state: 'signed', who: 'ada model-owner, ben validator' },
      { state: 'signed' },
      { state: 'failed', who: 'ada model-owner' },
    ],
    exit: 1,
  },
  'a key that expired between two landings': {
    make: async (repository) => {
      await landPolicy(repository, 'expiry', async () =>
        repository.write(
          '.countersign/allowed_signers',
          await signers({}, { ben: ',valid-before="20260110000000Z"' }),
        ),
      );
      await repository.landSigned('before', 13);
      repository.now = Date.UTC(2026, 0, 12);
      await repository.landSigned('after', 14);
    },
    landed: [{ state: 'signed' }, { state: 'signed' }, { state: 'failed' }],
    exit: 1,
  },
  'a commit dated back into the life of an expired key': {
    make: async (repository) => {
      await landPolicy(repository, 'expiry', async () =>
        repository.write(
          '.countersign/allowed_signers',
          await signers({}, { ben: ',valid-before="20260110000000Z"' }),
        ),
      );
      repository.now = Date.UTC(2026, 0, 12);
      await docs(repository);
      repository.now = Date.UTC(2026, 0, 8);
      await repository.landSigned('after', 14);
    },
    landed: [{ state: 'signed' }, { state: 'ungoverned' }, { state: 'failed' }],
    exit: 1,
  },
};
