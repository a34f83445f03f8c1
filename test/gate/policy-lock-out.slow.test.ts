import { playCases } from './kit/cases.ts';
import { HardwareKey } from './kit/hardware-key.ts';
import { publicKey, signerLines } from './kit/keys.ts';
import { modelRule, people, policyText, policyValue, policyWithRule } from './kit/policy.ts';
import { policyPath, ranOut, repolicy, signersPath, stricter } from './kit/repolicy.ts';

const revokedPath = '.countersign/revoked_keys';

const oneValidator = {
  policy: policyValue({
    roles: {
      'model-owner': ['ada'],
      validator: ['ben'],
      ethics: ['dee'],
      'policy-admin': ['eve', 'fay'],
    },
  }),
};
const touchAsked = policyWithRule({
  require: [{ role: 'validator', count: 1, presence: 'touch' }],
});

playCases('what a change of the policy takes away, or brings', [
  {
    name: 'that lowers the number of admins by one admin',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(repo, policyValue({ policy_change: { count: 1 } }));
      await repo.signoff('eve', 'policy-admin', { rule: 'policy-change' });
    },
  },
  {
    name: 'that locks everyone out',
    want: ['fail', 'policy/unsatisfiable'],
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          roles: {
            'model-owner': ['ada'],
            validator: ['ben'],
            ethics: ['dee'],
            'policy-admin': ['eve'],
          },
        }),
      );
      await repo.admins();
    },
  },
  {
    name: 'that cannot be read',
    want: ['fail', 'record/unknown-key'],
    play: async (repo) => {
      await repolicy(repo, policyValue({ sekret: true }));
      await repo.admins();
    },
  },
  {
    name: 'that gives one e-mail to two persons',
    want: ['fail', 'policy/email-twice'],
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({ people: { ...people, dee: { ...people.dee, emails: ['Ben@Example.org'] } } }),
      );
      await repo.admins();
    },
  },
  {
    name: 'that takes the last key of a role away',
    want: ['fail', 'policy/unsatisfiable'],
    play: async (repo) => {
      repo.write(signersPath, await signerLines(['ben', 'cy', 'dee', 'eve', 'fay']));
      await repo.commit('key', 'ada');
      await repo.admins();
    },
  },
  {
    name: 'that lets the only key of a role run out',
    want: ['fail', 'policy/unsatisfiable'],
    begin: oneValidator,
    byCommand: true,
    play: async (repo) => {
      repo.write(
        signersPath,
        (await signerLines(['ada', 'cy', 'dee', 'eve', 'fay'])) +
          (await signerLines(['ben'], ranOut)),
      );
      await repo.commit('expire', 'ada');
      await repo.admins();
    },
  },
  {
    name: 'that lets one of two keys of a role run out',
    want: 'pass',
    play: async (repo) => {
      repo.write(
        signersPath,
        (await signerLines(['ada', 'cy', 'dee', 'eve', 'fay'])) +
          (await signerLines(['ben'], ranOut)),
      );
      await repo.commit('expire', 'ada');
      await repo.admins();
    },
  },
  {
    name: 'that lets the only key of a role begin later',
    want: 'pass',
    begin: oneValidator,
    play: async (repo) => {
      repo.write(
        signersPath,
        (await signerLines(['ada', 'cy', 'dee', 'eve', 'fay'])) +
          (await signerLines(['ben'], 'namespaces="model-signoff",valid-after="20270101Z"')),
      );
      await repo.commit('later', 'ada');
      await repo.admins();
    },
  },
  {
    name: 'that revokes the only key of a role',
    want: ['fail', 'policy/unsatisfiable'],
    begin: oneValidator,
    play: async (repo) => {
      repo.write(revokedPath, `${await publicKey('ben')}\n`);
      await repo.commit('revoke', 'ada');
      await repo.admins();
    },
  },
  {
    name: 'that revokes the only key of a role and brings another',
    want: 'pass',
    begin: oneValidator,
    play: async (repo) => {
      repo.write(revokedPath, `${await publicKey('ben')}\n`);
      repo.write(
        signersPath,
        `${await repo.read(signersPath)}${(await signerLines(['ben2'])).replace('ben2@', 'ben@')}`,
      );
      await repo.commit('revoke', 'ada');
      await repo.admins();
    },
  },
  {
    name: 'that asks people without hardware keys for a touch',
    want: ['fail', 'policy/unsatisfiable'],
    play: async (repo) => {
      await repolicy(repo, touchAsked);
      await repo.admins();
    },
  },
  {
    name: 'that asks for a touch and brings the key for it',
    want: 'pass',
    play: async (repo) => {
      repo.write(
        signersPath,
        `${await repo.read(signersPath)}${new HardwareKey().line('ben@example.org')}`,
      );
      await repolicy(repo, touchAsked);
      await repo.admins();
    },
  },
  {
    name: 'that asks for a touch, or a login that nobody touches',
    want: ['fail', 'policy/unsatisfiable'],
    play: async (repo) => {
      await repolicy(
        repo,
        policyWithRule(
          {
            require: [{ role: 'validator', count: 1, presence: 'touch', accept: ['key', 'forge'] }],
          },
          { attestors: [{ forge: 'github', principal: 'forge@example.org' }] },
        ),
      );
      await repo.admins();
    },
  },
  {
    name: 'that makes the policy a link',
    want: ['fail', 'policy/not-a-file'],
    play: async (repo) => {
      repo.write('docs/policy.yaml', policyText(policyValue()));
      await repo.git('rm', '-q', policyPath);
      await repo.git(
        'update-index',
        '--add',
        '--cacheinfo',
        `120000,${(await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: '../docs/policy.yaml' })).toString().trim()},${policyPath}`,
      );
      await repo.gitAs('ada', ['commit', '-qm', 'link']);
      await repo.git('reset', '-q', '--hard');
      await repo.admins();
    },
  },
  {
    name: 'together with a change of the model, each signed by its own',
    want: 'pass',
    play: async (repo) => {
      await repolicy(repo, stricter);
      await repo.change();
      await repo.both();
      await repo.admins();
    },
  },
  {
    name: 'a rule that the new policy asks for and nobody met',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          rules: [
            modelRule,
            { id: 'docs', paths: ['docs/**'], require: [{ role: 'ethics', count: 1 }] },
          ],
        }),
      );
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      await repo.admins();
    },
  },
  {
    name: 'a requirement that the new policy asks for and nobody met',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(
        repo,
        policyWithRule({ require: [...modelRule.require, { role: 'ethics', count: 1 }] }),
      );
      await repo.change();
      await repo.both();
      await repo.admins();
    },
  },
  {
    name: 'a requirement that the new policy asks for, met',
    want: 'pass',
    play: async (repo) => {
      await repolicy(
        repo,
        policyWithRule({ require: [...modelRule.require, { role: 'ethics', count: 1 }] }),
      );
      await repo.change();
      await repo.both();
      await repo.signoff('dee', 'ethics');
      await repo.admins();
    },
  },
]);
