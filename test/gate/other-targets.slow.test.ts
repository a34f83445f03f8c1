import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { policyValue } from './kit/policy.ts';
import { repolicy, withoutValidators } from './kit/repolicy.ts';

async function release(repo: ModelRepo): Promise<void> {
  await repo.git('branch', 'release/1', 'main');
}

playCases('targets other than the policy branch', [
  {
    name: 'signed for the release branch',
    want: 'pass',
    play: async (repo) => {
      await release(repo);
      await repo.change();
      await repo.both({ target: 'release/1' });
      return { range: 'release/1...HEAD', target: 'release/1' };
    },
  },
  {
    name: 'signed for main only',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await release(repo);
      await repo.change();
      await repo.both();
      return { range: 'release/1...HEAD', target: 'release/1' };
    },
  },
  {
    name: 'a weaker policy on the release branch',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await release(repo);
      await repo.git('switch', '-q', 'release/1');
      await repolicy(repo, withoutValidators);
      await repo.git('switch', '-q', '-C', 'change');
      await repo.change();
      await repo.signoff('ada', 'model-owner', { target: 'release/1' });
      return { range: 'release/1...HEAD', target: 'release/1' };
    },
  },
  {
    name: 'a branch that the policy does not name',
    want: ['undecidable', 'target/unlisted'],
    play: async (repo) => {
      await repo.git('branch', 'other', 'main');
      await repo.change();
      return { range: 'other...HEAD', target: 'other' };
    },
  },
  {
    name: 'a key revoked on the branch that is judged',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await release(repo);
      await repo.git('switch', '-q', 'release/1');
      repo.write(
        '.countersign/revoked_keys',
        (await signerLines(['ben'])).replace(/^\S+ \S+ /, ''),
      );
      await repo.commit('stolen', 'eve');
      await repo.git('switch', '-q', '-C', 'change');
      await repo.change();
      await repo.both({ target: 'release/1' });
      return { range: 'release/1...HEAD', target: 'release/1' };
    },
  },
  {
    name: 'a policy whose first target is another branch',
    want: ['undecidable', 'policy/branch'],
    begin: { policy: policyValue({ targets: ['trunk', 'main'] }) },
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a branch called main beside the real one',
    want: ['undecidable', 'policy/branch'],
    play: async (repo) => {
      await repo.git('branch', '-m', 'main', 'master');
      await repo.git('switch', '-q', 'master');
      await repolicy(repo, policyValue({ targets: ['master'] }), 'eve');
      await repo.git('branch', 'main');
      await repo.git('switch', '-q', 'main');
      await repolicy(repo, policyValue({ targets: ['main', 'master'], rules: [] }), 'mallory');
      await repo.git('switch', '-q', '-C', 'change', 'master');
      await repo.change();
      return { range: 'master...HEAD', target: 'master' };
    },
  },
  {
    name: 'a branch called main beside a trunk that names itself',
    want: ['undecidable', 'policy/branch'],
    play: async (repo) => {
      await repo.git('branch', '-m', 'main', 'trunk');
      await repo.git('switch', '-q', 'trunk');
      await repolicy(repo, policyValue({ targets: ['trunk'] }), 'eve');
      await repo.git('switch', '-q', '-c', 'main');
      await repolicy(repo, policyValue({ targets: ['main', 'trunk'], rules: [] }), 'mallory');
      await repo.git('switch', '-q', '-C', 'change', 'trunk');
      await repo.change();
      return { range: 'trunk...HEAD', target: 'trunk' };
    },
  },
  {
    name: 'the trunk, where its clone says so',
    want: 'pass',
    play: async (repo) => {
      await repo.git('branch', '-m', 'main', 'trunk');
      await repo.git('switch', '-q', 'trunk');
      await repolicy(repo, policyValue({ targets: ['trunk'], rules: [] }), 'eve');
      await repo.git('branch', 'main');
      await repo.git('config', 'countersign.target', 'trunk');
      await repo.git('switch', '-q', '-C', 'change', 'trunk');
      await repo.change();
      return { range: 'trunk...HEAD', target: 'trunk' };
    },
  },
]);

playCases('targets that are not there', [
  {
    name: 'a branch that no clone has',
    want: ['undecidable', 'target/missing'],
    play: async (repo) => {
      await repo.git('config', 'countersign.target', 'gone');
      await repo.change();
    },
  },
  {
    name: 'no branch of a usual name',
    want: ['undecidable', 'target/unknown'],
    play: async (repo) => {
      await repo.git('branch', '-m', 'main', 'trunk');
      await repo.change();
      return { range: 'trunk...HEAD', target: 'trunk' };
    },
  },
]);
