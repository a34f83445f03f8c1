import { landExcepted } from './landings.ts';
import { signedPayloadId } from './model-repository.ts';
import { docs, type Histories, signAgain, signedBranch, squashedBranch } from './signed-again.ts';

export const histories: Histories = {
  'a merge commit': {
    make: async (repository) => {
      await repository.landSigned('raise', 13);
    },
    landed: [{ state: 'signed', steps: 1, how: 'merge', who: 'ada model-owner, ben validator' }],
    exit: 0,
  },
  'a branch where a reviewer signed again in place of what they had signed': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      await signAgain(repository);
      await repository.merge('raise');
    },
    landed: [{ state: 'signed', who: 'ada model-owner, ben validator' }],
    exit: 0,
  },
  'a branch where one of two reviewers withdrew': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      const withdrawn = await repository.sign('cy', 'validator');
      await repository.sign('cy', 'validator', {
        over: { decision: 'withdraw', replaces: await signedPayloadId(repository, withdrawn) },
      });
      await repository.merge('raise');
    },
    landed: [{ state: 'signed', who: 'ada model-owner, ben validator' }],
    exit: 0,
  },
  'an exception that was followed up, by one of them twice': {
    make: async (repository) => {
      const range = await landExcepted(repository);
      await repository.branch('follow-up');
      await repository.signBoth({ range });
      await signAgain(repository, { range });
      await repository.merge('follow-up');
    },
    landed: [
      { state: 'excepted', followed: 'ada model-owner, ben validator' },
      { state: 'ungoverned' },
    ],
    exit: 0,
  },
  'a squash by a forge': {
    make: async (repository) => {
      await squashedBranch(repository, 'noreply@github.com');
    },
    landed: [{ state: 'signed', steps: 1, how: 'commit', who: 'ada model-owner, ben validator' }],
    exit: 0,
  },
  'a squash by the reviewer, who becomes an author of what landed': {
    make: async (repository) => {
      await squashedBranch(repository, 'ben');
    },
    landed: [{ state: 'failed', steps: 1, how: 'commit', code: 'requirement/unmet' }],
    exit: 1,
  },
  'a rebase over what landed meanwhile': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      await docs(repository);
      await repository.git('rebase', '--quiet', 'main', 'raise');
      await repository.git('switch', '--quiet', 'main');
      await repository.git('merge', '--quiet', '--ff-only', 'raise');
    },
    landed: [
      { state: 'ungoverned' },
      { state: 'signed', steps: 3, how: 'commits', who: 'ada model-owner, ben validator' },
    ],
    exit: 0,
  },
  'a fast-forward to a branch of several commits': {
    make: async (repository) => {
      await repository.branch('raise');
      for (const bar of [13, 14, 15]) {
        await repository.write('model/score.py', `bar = ${bar}\n`);
        await repository.commit(`Try ${bar}`, 'ada');
      }
      await repository.signBoth();
      await repository.git('switch', '--quiet', 'main');
      await repository.git('merge', '--quiet', '--ff-only', 'raise');
    },
    landed: [{ state: 'signed', steps: 5, how: 'commits' }],
    exit: 0,
  },
  'a landing beside a target that moved in other governed files': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      await repository.git('switch', '--quiet', 'main');
      await repository.branch('other');
      await repository.write('model/other.py', 'x = 1\n');
      await repository.commit('Another file', 'ada');
      await repository.signBoth();
      await repository.merge('other');
      await repository.merge('raise');
    },
    landed: [{ state: 'signed' }, { state: 'signed', how: 'merge' }],
    exit: 0,
  },
  'a commit that nobody signed, before one that was signed': {
    make: async (repository) => {
      await repository.write('model/score.py', 'bar = 1\n');
      await repository.commit('Quietly', 'ada');
      await repository.landSigned('raise', 13);
    },
    landed: [{ state: 'unsigned', code: 'requirement/unmet' }, { state: 'signed' }],
    exit: 1,
  },
  'a commit that nobody signed, and its revert': {
    make: async (repository) => {
      await repository.write('model/score.py', 'bar = 1\n');
      await repository.commit('Quietly', 'ada');
      await repository.git('revert', '--no-edit', 'HEAD');
    },
    landed: [{ state: 'unsigned' }, { state: 'unsigned' }],
    exit: 1,
  },
  'something that stood there for one commit, hidden in a stretch that was signed': {
    make: async (repository) => {
      await repository.branch('raise');
      await repository.write('model/hidden.py', 'import os\n');
      await repository.commit('Quietly in', 'ada');
      await repository.git('rm', '--quiet', 'model/hidden.py');
      await repository.write('model/score.py', 'bar = 13\n');
      await repository.commit('And out, with a change', 'ada');
      await repository.signBoth();
      await repository.git('switch', '--quiet', 'main');
      await repository.git('merge', '--quiet', '--ff-only', 'raise');
    },
    landed: [
      { state: 'unsigned', code: 'audit/came-and-went' },
      { state: 'unsigned' },
      { state: 'ungoverned' },
      { state: 'ungoverned' },
    ],
    exit: 1,
  },
  'a merge that says more than its branch': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      await docs(repository);
      await repository.git('merge', '--quiet', '--no-ff', '--no-commit', 'raise');
      await repository.write('model/score.py', 'bar = 1\n');
      await repository.commit('Merge raise', 'eve');
    },
    landed: [
      { state: 'ungoverned' },
      { state: 'failed', how: 'merge', code: 'requirement/unmet', who: '' },
    ],
    exit: 1,
  },
  'a merge that drops what landed meanwhile': {
    make: async (repository) => {
      await signedBranch(repository, 'raise', 13);
      await repository.git('switch', '--quiet', 'main');
      await repository.landSigned('other', 20);
      await repository.git(
        'merge',
        '--quiet',
        '--no-ff',
        '--strategy',
        'ours',
        '-m',
        'Merge raise',
        'raise',
      );
      await repository.git('checkout', '--quiet', 'raise', '--', 'model', '.countersign/signoffs');
      await repository.git('commit', '--quiet', '--amend', '--no-edit');
    },
    landed: [{ state: 'signed' }, { state: 'failed', how: 'merge' }],
    exit: 1,
  },
};
