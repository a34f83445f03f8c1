import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { playCases } from './kit/cases.ts';
import { HardwareKey } from './kit/hardware-key.ts';
import { publicKey, signerLines } from './kit/keys.ts';
import type { Question } from './kit/judged.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import {
  checklistText,
  modelRule,
  people,
  policyText,
  policyValue,
  policyWithRule,
  type PolicyValue,
} from './kit/policy.ts';

const policyPath = '.countersign/policy.yaml';
const signersPath = '.countersign/allowed_signers';
const checklistPath = '.countersign/checklists/model-change.yaml';

/** Writes another policy on the branch. */
async function repolicy(repo: ModelRepo, value: PolicyValue | string, who = 'ada'): Promise<void> {
  repo.write(policyPath, typeof value === 'string' ? value : policyText(value));
  await repo.commit('policy', who);
}

const stricter = policyValue({
  exceptions: { role: 'policy-admin', count: 1, max_days: 2, follow_up_days: 10 },
});
const revokedPath = '.countersign/revoked_keys';
const ranOut = 'namespaces="model-signoff",valid-before="20200101Z"';
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
const withoutValidators = policyWithRule({ require: [{ role: 'model-owner', count: 1 }] });

playCases('the policy is the target’s, never the change’s', [
  {
    name: 'a requirement taken away in the same change',
    want: ['fail', 'requirement/unmet'],
    byCommand: true,
    play: async (repo) => {
      await repolicy(repo, withoutValidators);
      await repo.change();
      await repo.signoff('ada', 'model-owner');
    },
  },
  {
    name: 'a role given in the same change',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          roles: {
            'model-owner': ['ada'],
            validator: ['ada', 'ben', 'cy', 'dee'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay'],
          },
        }),
      );
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('dee', 'validator');
    },
  },
  {
    name: 'a key added in the same change',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write(
        signersPath,
        `${await repo.read(signersPath)}${(await signerLines(['mallory'])).replace('mallory@', 'ben@')}`,
      );
      await repo.commit('key', 'ada');
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { key: 'mallory' });
    },
  },
  {
    name: 'an agent made a person in the same change',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          agents: [],
          people: {
            ...people,
            cy: { ...people.cy, emails: ['cy@example.org', 'agent@example.org'] },
          },
        }),
      );
      await repo.change('agent');
      await repo.both();
    },
  },
  {
    name: 'a question taken away in the same change',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write(checklistPath, checklistText.replace('must: true', 'must: false'));
      await repo.commit('easier', 'ada');
      await repo.change();
      await repo.both({ payload: { answers: {} } });
    },
  },
  {
    name: 'the rule’s files narrowed in the same change',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(repo, policyWithRule({ paths: ['model/none/**'] }));
      await repo.change();
      await repo.admins();
    },
  },
  {
    name: 'the policy deleted',
    want: ['fail', 'policy/deleted'],
    byCommand: true,
    play: async (repo) => {
      unlinkSync(join(repo.dir, policyPath));
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'the policy deleted by two admins',
    want: ['fail', 'policy/deleted'],
    play: async (repo) => {
      unlinkSync(join(repo.dir, policyPath));
      await repo.commit('gone', 'ada');
      await repo.admins();
    },
  },
  {
    name: 'the whole folder deleted',
    want: ['fail', 'policy/deleted'],
    play: async (repo) => {
      await repo.git('rm', '-rq', '.countersign');
      await repo.change();
    },
  },
  {
    name: 'the folder made a submodule',
    want: ['fail', 'policy/deleted'],
    play: async (repo) => {
      await repo.git('rm', '-rq', '.countersign');
      await repo.git(
        'update-index',
        '--add',
        '--cacheinfo',
        `160000,${await repo.git('rev-parse', 'main')},.countersign`,
      );
      await repo.gitAs('ada', ['commit', '-qm', 'x']);
      await repo.git('reset', '-q', '--hard');
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a twin of the policy where case does not count',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('.countersign/Policy.yaml', policyText(withoutValidators));
      await repo.commit('twin', 'ada');
    },
  },
  {
    name: 'a checklist under a name without its ending',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write(
        '.countersign/checklists/model-change',
        checklistText.replace('must: true', 'must: false'),
      );
      await repo.commit('twin', 'ada');
    },
  },
]);

playCases('a change of the policy', [
  {
    name: 'by two admins',
    want: 'pass',
    byCommand: true,
    play: async (repo) => {
      await repolicy(repo, stricter);
      await repo.admins();
    },
  },
  {
    name: 'by one admin',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(repo, stricter);
      await repo.signoff('eve', 'policy-admin', { rule: 'policy-change' });
    },
  },
  {
    name: 'by one admin twice',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(repo, stricter);
      await repo.signoff('eve', 'policy-admin', { rule: 'policy-change' });
      await repo.signoff('eve', 'policy-admin', { rule: 'policy-change' });
    },
  },
  {
    name: 'by its author and another admin',
    want: 'pass',
    play: async (repo) => {
      await repolicy(repo, stricter, 'eve');
      await repo.admins();
    },
  },
  {
    name: 'by two admins who both wrote it',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(repo, stricter, 'eve');
      await repolicy(
        repo,
        policyValue({
          exceptions: { role: 'policy-admin', count: 1, max_days: 1, follow_up_days: 10 },
        }),
        'fay',
      );
      await repo.admins();
    },
  },
  {
    name: 'by an exception',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(repo, stricter);
      await repo.exception('eve', {}, { rule: 'policy-change' });
    },
  },
  {
    name: 'by admins whom only the new policy names',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          roles: {
            'model-owner': ['ada'],
            validator: ['ben', 'cy'],
            ethics: ['dee'],
            'policy-admin': ['ben', 'cy'],
          },
        }),
      );
      await repo.signoff('ben', 'policy-admin', { rule: 'policy-change' });
      await repo.signoff('cy', 'policy-admin', { rule: 'policy-change' });
    },
  },
  {
    name: 'by admins whom the new policy no longer names',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          roles: {
            'model-owner': ['ada'],
            validator: ['ben', 'cy'],
            ethics: ['dee'],
            'policy-admin': ['ben', 'cy'],
          },
        }),
      );
      await repo.admins();
    },
  },
  {
    name: 'that hands over from two admins to two others',
    want: 'pass',
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          roles: {
            'model-owner': ['ada'],
            validator: ['ben', 'cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay', 'ben', 'cy'],
          },
        }),
      );
      await repo.admins();
    },
  },
  {
    name: 'three admins where three are asked for, by two',
    want: ['fail', 'requirement/unmet'],
    begin: {
      policy: policyValue({
        policy_change: { count: 3 },
        roles: {
          'model-owner': ['ada'],
          validator: ['ada', 'ben', 'cy'],
          ethics: ['dee'],
          'policy-admin': ['eve', 'fay', 'dee'],
        },
      }),
    },
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          policy_change: { count: 2 },
          roles: {
            'model-owner': ['ada'],
            validator: ['ada', 'ben', 'cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay', 'dee'],
          },
        }),
      );
      await repo.admins();
    },
  },
  {
    name: 'three admins where three are asked for',
    want: 'pass',
    begin: {
      policy: policyValue({
        policy_change: { count: 3 },
        roles: {
          'model-owner': ['ada'],
          validator: ['ada', 'ben', 'cy'],
          ethics: ['dee'],
          'policy-admin': ['eve', 'fay', 'dee'],
        },
      }),
    },
    play: async (repo) => {
      await repolicy(
        repo,
        policyValue({
          policy_change: { count: 2 },
          roles: {
            'model-owner': ['ada'],
            validator: ['ada', 'ben', 'cy'],
            ethics: ['dee'],
            'policy-admin': ['eve', 'fay', 'dee'],
          },
        }),
      );
      await repo.admins();
      await repo.signoff('dee', 'policy-admin', { rule: 'policy-change' });
    },
  },
  {
    name: 'by a team of one',
    want: 'pass',
    begin: { policy: policyValue({ policy_change: { count: 1 } }) },
    play: async (repo) => {
      await repolicy(repo, policyValue({ policy_change: { count: 1 }, targets: ['main'] }), 'eve');
      await repo.signoff('eve', 'policy-admin', { rule: 'policy-change' });
    },
  },
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

const laterTime = { now: '2027-06-01T06:00:00Z' } as const;

/** Signers whose validators' keys run out in 2027; Cy's is good again where a new one is given. */
async function shortLived(...more: readonly string[]): Promise<string> {
  return (
    (await signerLines(['dee', 'eve', 'fay'])) +
    (await signerLines(
      ['ada', 'ben', 'cy'],
      'namespaces="model-signoff",valid-before="20270101Z"',
    )) +
    more.join('')
  );
}

playCases('keys that ran out by themselves', [
  {
    name: 'a change under the rule waits for people, and is judged',
    want: ['fail', 'requirement/unmet'],
    begin: async () => ({ signers: await shortLived(), upTo: 'both' }),
    play: async () => laterTime,
  },
  {
    name: 'a change that they govern not goes on',
    want: 'pass',
    begin: async () => ({ signers: await shortLived() }),
    play: async (repo) => {
      repo.write('docs/a.md', 'x\n');
      await repo.commit('docs', 'ada');
      return laterTime;
    },
  },
  {
    name: 'new keys for all of them',
    want: 'pass',
    begin: async () => ({ signers: await shortLived() }),
    play: async (repo) => {
      repo.write(signersPath, await signerLines(['dee', 'eve', 'fay', 'ada', 'ben']));
      await repo.commit('keys', 'ada');
      await repo.admins({ payload: { signed_at: '2027-05-31T06:00:00Z' } });
      return laterTime;
    },
  },
  {
    name: 'a change of the policy that leaves it as it came',
    want: 'pass',
    begin: async () => ({ signers: await shortLived() }),
    play: async (repo) => {
      await repolicy(repo, stricter);
      await repo.admins({ payload: { signed_at: '2027-05-31T06:00:00Z' } });
      return laterTime;
    },
  },
  {
    name: 'a change of the policy that takes away more',
    want: ['fail', 'policy/unsatisfiable'],
    begin: async () => ({
      signers: await shortLived(),
      policy: policyValue({
        rules: [
          modelRule,
          { id: 'docs', paths: ['docs/**'], require: [{ role: 'ethics', count: 1 }] },
        ],
      }),
    }),
    play: async (repo) => {
      repo.write(
        signersPath,
        (await shortLived())
          .split('\n')
          .filter((line) => !line.startsWith('dee@'))
          .join('\n'),
      );
      await repo.commit('keys', 'ada');
      await repo.admins({ payload: { signed_at: '2027-05-31T06:00:00Z' } });
      return laterTime;
    },
  },
]);

playCases('a first policy and a lock-out', [
  {
    name: 'a first policy whose admins’ keys ran out',
    want: ['fail', 'policy/unsatisfiable'],
    begin: { policy: null },
    play: async (repo) => {
      await firstPolicy(repo);
      repo.write(
        signersPath,
        (await signerLines(['ada', 'ben', 'cy', 'dee'])) +
          (await signerLines(['eve', 'fay'], ranOut)),
      );
      await repo.commit('old keys', 'eve');
      return { trustRoot: await repo.digest('policy-change') };
    },
  },
  {
    name: 'no policy anywhere',
    want: 'unprotected',
    begin: { policy: null },
    byCommand: true,
    play: async (repo) => {
      await repo.change();
    },
  },
  {
    name: 'no policy where one is required',
    want: ['unprotected', 'policy/none'],
    begin: { policy: null },
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      return { requirePolicy: true };
    },
  },
  {
    name: 'a first policy that nobody named',
    want: 'unprotected',
    says: ['policy/first'],
    begin: { policy: null },
    byCommand: true,
    play: firstPolicy,
  },
  {
    name: 'a first policy that nobody named, where one is required',
    want: ['unprotected', 'policy/first'],
    begin: { policy: null },
    play: async (repo) => {
      await firstPolicy(repo);
      return { requirePolicy: true };
    },
  },
  {
    name: 'a first policy of the digest that was named',
    want: 'pass',
    begin: { policy: null },
    play: async (repo) => {
      await firstPolicy(repo);
      return { trustRoot: await repo.digest('policy-change') };
    },
  },
  {
    name: 'a range from before the policy, where the branch has one by now',
    want: ['unprotected', 'policy/older-tip'],
    begin: { policy: null },
    byCommand: true,
    play: async (repo) => {
      const before = await repo.git('rev-parse', 'main');
      await firstPolicy(repo);
      await repo.git('branch', '--force', 'main', 'change');
      await repo.change();
      return { range: `${before}...change` };
    },
  },
  {
    name: 'a first policy of another digest',
    want: ['unprotected', 'policy/trust-root'],
    begin: { policy: null },
    play: async (repo) => {
      await firstPolicy(repo);
      return { trustRoot: `v1:${'0'.repeat(64)}` };
    },
  },
  {
    name: 'a first policy that cannot be judged by',
    want: ['fail', 'policy/unsatisfiable'],
    begin: { policy: null },
    play: async (repo) => {
      await firstPolicy(repo);
      repo.write(signersPath, '');
      await repo.commit('no keys', 'eve');
      return { trustRoot: await repo.digest('policy-change') };
    },
  },
  {
    name: 'back in after all admins lost their keys',
    want: 'pass',
    play: async (repo) => {
      repo.write(
        signersPath,
        (await signerLines(['ada', 'ben', 'cy', 'dee', 'eve'])) +
          (await signerLines(['ben2'])).replace('ben2@', 'fay@'),
      );
      await repo.commit('new key', 'eve');
      return { trustRoot: await rootDigest(repo) };
    },
  },
  {
    name: 'back in with another digest',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write(
        signersPath,
        (await signerLines(['ada', 'ben', 'cy', 'dee', 'eve'])) +
          (await signerLines(['ben2'])).replace('ben2@', 'fay@'),
      );
      await repo.commit('new key', 'eve');
      return { trustRoot: `v1:${'1'.repeat(64)}` };
    },
  },
  {
    name: 'back in, with a change of the model that nobody signed',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write(
        signersPath,
        (await signerLines(['ada', 'ben', 'cy', 'dee', 'eve'])) +
          (await signerLines(['ben2'])).replace('ben2@', 'fay@'),
      );
      await repo.commit('new key', 'eve');
      await repo.change();
      return { trustRoot: await rootDigest(repo) };
    },
  },
  {
    name: 'a policy that cannot be read',
    want: ['undecidable', 'policy/unreadable'],
    begin: { policy: 'schema: countersign/policy@1\nrules: [\n' },
    byCommand: true,
    play: async (repo) => {
      await repo.change();
    },
  },
  {
    name: 'back in from a policy that cannot be read',
    want: 'pass',
    begin: { policy: 'schema: countersign/policy@1\nrules: [\n' },
    play: async (repo) => {
      await repolicy(repo, policyValue(), 'eve');
      return { trustRoot: await rootDigest(repo) };
    },
  },
  {
    name: 'back in from it, with a change of the model that nobody signed',
    want: ['fail', 'requirement/unmet'],
    begin: { policy: 'schema: countersign/policy@1\nrules: [\n' },
    play: async (repo) => {
      await repolicy(repo, policyValue(), 'eve');
      await repo.change();
      return { trustRoot: await rootDigest(repo) };
    },
  },
  {
    name: 'not back in from it with another digest',
    want: ['undecidable', 'policy/unreadable'],
    begin: { policy: 'schema: countersign/policy@1\nrules: [\n' },
    play: async (repo) => {
      await repolicy(repo, policyValue(), 'eve');
      return { trustRoot: `v1:${'1'.repeat(64)}` };
    },
  },
  {
    name: 'the first policy, brought back by its digest that is still named',
    want: ['fail', 'requirement/unmet'],
    says: ['policy/trust-root'],
    byCommand: true,
    play: backToFirst,
  },
  {
    name: 'the first policy, brought back and signed, while its digest is still named',
    want: 'pass',
    play: async (repo) => {
      const question = await backToFirst(repo);
      await repo.admins({ payload: { signed_at: '2026-11-24T01:00:00Z' } });
      return question;
    },
  },
  {
    name: 'the first policy, brought back by its digest once nobody can sign',
    want: 'pass',
    play: async (repo) => ({
      ...(await backToFirst(
        repo,
        `${await signerLines(['ada', 'ben', 'cy', 'dee'])}${await signerLines(['eve', 'fay'], 'namespaces="model-signoff",valid-before="20261124Z"')}`,
      )),
    }),
  },
  {
    name: 'the first policy, brought back by its digest from one that cannot be read',
    want: 'pass',
    play: (repo) => backToFirst(repo, 'nobody\n'),
  },
]);

/** Another policy takes the place of the first, which a branch brings back as it was; asked with the digest of the first one. */
async function backToFirst(repo: ModelRepo, keys?: string): Promise<Question> {
  const trustRoot = await rootDigest(repo);
  if (keys === undefined) repo.write(policyPath, policyText(stricter));
  else repo.write(signersPath, keys);
  await repo.commit('another policy', 'eve');
  await repo.land();
  await repo.git('checkout', '-q', 'main~1', '--', '.countersign');
  await repo.commit('as it was', 'ada');
  return { trustRoot };
}

async function firstPolicy(repo: ModelRepo): Promise<void> {
  repo.write(policyPath, policyText(policyValue()));
  repo.write(signersPath, await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay']));
  repo.write(checklistPath, checklistText);
  await repo.commit('first policy', 'eve');
}

/** The digest of the branch's policy files as if nothing had been there. */
async function rootDigest(repo: ModelRepo): Promise<string> {
  const empty = (await repo.gitBytes(['hash-object', '-t', 'tree', '-w', '--stdin'], { input: '' }))
    .toString()
    .trim();
  const root = await repo.gitAs('ada', ['commit-tree', empty, '-m', 'nothing']);
  const all = await repo.gitAs('ada', ['commit-tree', 'HEAD^{tree}', '-p', root, '-m', 'all']);
  return repo.digest('policy-change', all, root);
}

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

const paths = (...globs: readonly string[]): { readonly paths: readonly string[] } => ({
  paths: ['model/**', ...globs],
});

async function bring(repo: ModelRepo, globs: readonly string[]): Promise<void> {
  repo.write('.countersign/policy.yaml', policyText(policyWithRule(paths(...globs))));
  await repo.commit('policy', 'agent@example.org');
  await repo.admins();
}

playCases('what the globs of a policy guard', [
  {
    name: 'one that means something else than it reads cannot land',
    want: ['fail', 'policy/glob-misread'],
    byCommand: true,
    play: (repo) => bring(repo, ['data/part-{1..10}.csv']),
  },
  {
    name: 'one that stands is told, and one can go on',
    want: ['pass', 'policy/glob-misread'],
    begin: { policy: policyWithRule(paths('data/part-{1..10}.csv')) },
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'one that stands can be mended',
    want: 'pass',
    begin: {
      policy: policyWithRule(paths('data/part-{1..10}.csv')),
      files: { 'data/part-5.csv': 'x\n' },
    },
    play: (repo) => bring(repo, ['data/part-*.csv']),
  },
  {
    name: 'the name of a folder is told when it comes',
    want: ['pass', 'policy/glob-misses'],
    begin: { files: { 'weights/w.bin': 'x\n' } },
    play: (repo) => bring(repo, ['weights']),
  },
  {
    name: 'one that governs only the top is told while it stands',
    want: ['pass', 'policy/glob-misses'],
    begin: { policy: policyWithRule(paths('*.py')), files: { 'src/a.py': 'x\n' } },
    play: async (repo) => {
      repo.write('src/a.py', 'y\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'letters that change at the end of a word are the same letters',
    want: ['fail', 'requirement/unmet'],
    begin: { policy: policyWithRule(paths('βάσ*.py')), files: { 'βάση.py': 'x\n' } },
    play: async (repo) => {
      repo.write('ΒΆΣΗ.py', 'y\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a name that Windows takes apart is the file that it becomes there',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('model\\score.py', 'y\n');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'what a hook manager or a CI system reads is governed in every place',
    want: ['fail', 'requirement/unmet'],
    play: async (repo) => {
      repo.write('sub/lefthook.yaml', 'x: 1\n');
      await repo.commit('x', 'ada');
    },
  },
]);
