import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import type { Question } from './kit/judged.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { checklistText, policyText, policyValue } from './kit/policy.ts';
import {
  checklistPath,
  policyPath,
  ranOut,
  repolicy,
  signersPath,
  stricter,
} from './kit/repolicy.ts';

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
