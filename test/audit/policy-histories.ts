import { landExcepted, landPolicy } from './landings.ts';
import { policy } from './model-repository.ts';
import { signers } from './people-keys.ts';
import { type Histories, rootDigest } from './signed-again.ts';

export const policyHistories: Histories = {
  'a policy that was taken away and brought back': {
    make: async (repository) => {
      await repository.git('rm', '--quiet', '-r', '.countersign');
      await repository.commit('Tidy', 'ada');
      await repository.write('model/score.py', 'bar = 1\n');
      await repository.commit('Quietly', 'ada');
      await repository.git('checkout', '--quiet', 'HEAD~2', '--', '.countersign');
      await repository.commit('Put back', 'ada');
    },
    landed: [
      { state: 'unsigned', code: 'policy/deleted' },
      { state: 'unsigned', code: 'policy/gone' },
      { state: 'unsigned', code: 'policy/gone' },
    ],
    exit: 1,
  },
  'a policy that cannot be read, and what landed on it': {
    make: async (repository) => {
      await repository.write('.countersign/policy.yaml', 'rules: [\n');
      await repository.commit('Break it', 'eve');
      await repository.write('model/score.py', 'bar = 1\n');
      await repository.commit('Quietly', 'ada');
    },
    landed: [{ state: 'unsigned' }, { state: 'undecidable', code: 'policy/unreadable' }],
    exit: 1,
  },
  'the first policy, named by its digest': {
    make: async (repository) => ({ trustRoots: [await rootDigest(repository, 'HEAD')] }),
    landed: [],
    exit: 0,
  },
  'a first policy that is not the one that was named': {
    make: async () => ({ trustRoots: [`v1:${'0'.repeat(64)}`] }),
    landed: [],
    exit: 1,
  },
  'a lock-out, ended by a policy that was named by its digest': {
    make: async (repository) => {
      const first = await rootDigest(repository, 'HEAD');
      await repository.write('.countersign/allowed_signers', await signers({ eve: 'new' }));
      await repository.commit('Every admin lost their key', 'eve');
      return { trustRoots: [first, await rootDigest(repository, 'HEAD')] };
    },
    landed: [{ state: 'trusted' }],
    exit: 0,
  },
  'the first policy, quietly brought back while its digest is named for ever': {
    make: async (repository) => {
      const first = await rootDigest(repository, 'HEAD');
      await landPolicy(repository, 'cy', async () =>
        repository.write('.countersign/policy.yaml', policy.replace('[ben, cy]', '[cy]')),
      );
      await repository.write('.countersign/policy.yaml', policy);
      await repository.commit('As it was', 'ada');
      return { trustRoots: [first] };
    },
    landed: [{ state: 'signed' }, { state: 'unsigned' }],
    exit: 1,
  },
  'the first policy, brought back with signatures while its digest is named for ever': {
    make: async (repository) => {
      const first = await rootDigest(repository, 'HEAD');
      await landPolicy(repository, 'cy', async () =>
        repository.write('.countersign/policy.yaml', policy.replace('[ben, cy]', '[cy]')),
      );
      await landPolicy(repository, 'back', async () =>
        repository.write('.countersign/policy.yaml', policy),
      );
      return { trustRoots: [first] };
    },
    landed: [{ state: 'signed' }, { state: 'signed' }],
    exit: 0,
  },
  'the same lock-out, and nobody named the policy': {
    make: async (repository) => {
      await repository.write('.countersign/allowed_signers', await signers({ eve: 'new' }));
      await repository.commit('Every admin lost their key', 'eve');
    },
    landed: [{ state: 'unsigned' }],
    exit: 1,
  },
  'an exception that is still owed its approvals': {
    make: async (repository) => {
      await landExcepted(repository);
      return { now: new Date(repository.now + 86_400_000) };
    },
    landed: [{ state: 'excepted' }],
    exit: 0,
  },
  'an exception whose approvals are overdue': {
    make: async (repository) => {
      await landExcepted(repository);
      return { now: new Date(repository.now + 20 * 86_400_000) };
    },
    landed: [{ state: 'excepted' }],
    exit: 1,
  },
  'an exception whose approvals followed, by one who left since': {
    make: async (repository) => {
      const before = await repository.git('rev-parse', 'main');
      await landExcepted(repository);
      const landed = { range: `${before}...${await repository.git('rev-parse', 'main')}` };
      await repository.branch('follow-up');
      await repository.sign('ada', 'model-owner', landed);
      await repository.sign('ben', 'validator', landed);
      await repository.merge('follow-up');
      await landPolicy(repository, 'leave', async () => {
        await repository.write('.countersign/policy.yaml', policy.replace('[ben, cy]', '[cy]'));
        await repository.write('.countersign/allowed_signers', await signers({}, {}, ['ben']));
      });
      return { now: new Date(repository.now + 20 * 86_400_000) };
    },
    landed: [
      { state: 'excepted', followed: 'ada model-owner, ben validator' },
      { state: 'ungoverned' },
      { state: 'signed' },
    ],
    exit: 0,
  },
  'an exception that only one of two followed up': {
    make: async (repository) => {
      const before = await repository.git('rev-parse', 'main');
      await landExcepted(repository);
      const landed = { range: `${before}...${await repository.git('rev-parse', 'main')}` };
      await repository.branch('follow-up');
      await repository.sign('ada', 'model-owner', landed);
      await repository.merge('follow-up');
      return { now: new Date(repository.now + 20 * 86_400_000) };
    },
    landed: [{ state: 'excepted', followed: 'ada model-owner' }, { state: 'ungoverned' }],
    exit: 1,
  },
  'a sign-off that was deleted later': {
    make: async (repository) => {
      await repository.landSigned('raise', 13);
      await repository.git('rm', '--quiet', '-r', '.countersign/signoffs');
      await repository.commit('Tidy', 'ada');
    },
    landed: [{ state: 'signed' }, { state: 'failed', code: 'signoff/deleted' }],
    exit: 1,
  },
};
