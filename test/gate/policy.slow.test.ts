import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import {
  checklistText,
  modelRule,
  people,
  policyText,
  policyValue,
  policyWithRule,
} from './kit/policy.ts';
import {
  checklistPath,
  policyPath,
  repolicy,
  signersPath,
  stricter,
  withoutValidators,
} from './kit/repolicy.ts';

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
