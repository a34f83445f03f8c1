import { playCases } from './kit/cases.ts';
import { modelRule, policyValue } from './kit/policy.ts';

playCases('settings of the repository', [
  {
    name: 'attributes by nobody',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.gitattributes', '* text=auto\n');
      await repo.commit('attributes', 'ada');
    },
  },
  {
    name: 'attributes by an admin',
    want: 'pass',
    play: async (repo) => {
      repo.write('.gitattributes', '* text=auto\n');
      await repo.commit('attributes', 'ada');
      await repo.signoff('eve', 'policy-admin', { rule: 'repository-settings' });
    },
  },
  {
    name: 'attributes by an admin who wrote them',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.gitattributes', '* text=auto\n');
      await repo.commit('attributes', 'eve');
      await repo.signoff('eve', 'policy-admin', { rule: 'repository-settings' });
    },
  },
  {
    name: 'attributes by an exception',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.gitattributes', '* text=auto\n');
      await repo.commit('attributes', 'ada');
      await repo.exception('eve', {}, { rule: 'repository-settings' });
    },
  },
  {
    name: 'attributes deep in a folder',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('docs/deep/.gitattributes', '* text=auto\n');
      await repo.commit('attributes', 'ada');
    },
  },
  {
    name: 'attributes in capitals',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('docs/.GitAttributes', '* text=auto\n');
      await repo.commit('attributes', 'ada');
    },
  },
  {
    name: 'modules',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.gitmodules', '[submodule "x"]\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'large files',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.lfsconfig', '[lfs]\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'where data comes from',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.dvc/config', '[core]\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a workflow',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.github/workflows/ci.yml', 'on: push\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a pipeline',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.gitlab-ci.yml', 'x: 1\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'hooks',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.husky/pre-commit', 'exit 0\n');
      repo.write('lefthook.yml', 'x: 1\n');
      repo.write('.pre-commit-config.yaml', 'repos: []\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'governed by a rule of the policy instead',
    want: 'pass',
    begin: {
      policy: policyValue({
        rules: [
          modelRule,
          {
            id: 'settings',
            paths: ['**/.gitattributes'],
            require: [{ role: 'model-owner', count: 1 }],
          },
        ],
      }),
    },
    play: async (repo) => {
      repo.scopes['settings'] = (path) => /(^|\/)\.gitattributes$/.test(path);
      repo.write('.gitattributes', '* text=auto\n');
      await repo.commit('x', 'ben');
      await repo.signoff('ada', 'model-owner', {
        rule: 'settings',
        payload: { checklist: null, answers: {} },
      });
    },
  },
  {
    name: 'switched off by the policy',
    want: 'pass',
    begin: { policy: policyValue({ repository_settings: 'off' }) },
    play: async (repo) => {
      repo.write('.gitattributes', '* text=auto\n');
      await repo.commit('x', 'ada');
    },
  },
]);
