import { playCases } from './kit/cases.ts';
import { signerLines } from './kit/keys.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { modelRule, people, policyText, policyValue, policyWithRule } from './kit/policy.ts';
import {
  conditional,
  excepted,
  later,
  owner,
  policyPath,
  rejected,
  rejectLands,
  signersPath,
  tryAgain,
  tryAgain2,
} from './kit/landed-words.ts';

/** Keys and roles as they should be, and Mallory among the validators. */
async function letMalloryIn(repo: ModelRepo): Promise<void> {
  repo.write(
    policyPath,
    policyText(
      policyValue({
        people: {
          ...people,
          mallory: { emails: ['mallory@example.org'], principals: ['mallory@example.org'] },
        },
        roles: {
          'model-owner': ['ada', 'mallory'],
          validator: ['ada', 'ben', 'cy', 'mallory'],
          ethics: ['dee'],
          'policy-admin': ['eve', 'fay', 'mallory'],
        },
      }),
    ),
  );
  repo.write(signersPath, await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay', 'mallory']));
  await repo.commit('let in', 'ada');
}

/** Mallory's key as Ben's. */
async function malloryAsBen(repo: ModelRepo): Promise<void> {
  repo.write(
    signersPath,
    (await signerLines(['ada', 'cy', 'dee', 'eve', 'fay'])) +
      (await signerLines(['mallory'])).replace('mallory@', 'ben@'),
  );
  await repo.commit('let in', 'ada');
}

/** Nothing of that stays: the branch brings what Mallory signed and no more. It lands by fast-forward. */
async function letMalloryOut(repo: ModelRepo, before: string): Promise<void> {
  await repo.git('checkout', '-q', before, '--', policyPath, signersPath);
  await repo.commit('let out', 'ada');
  await repo.land('after-mallory');
}

playCases('a policy that stood in the middle of a branch, which landed by fast-forward', [
  {
    name: 'frees nobody of an exception’s approvals',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      const [before, target] = [
        await repo.git('rev-parse', 'main'),
        await repo.git('rev-parse', 'main~3'),
      ];
      const { digest, manifest } = await repo.payload('mallory', 'validator', {
        head: 'main',
        target,
      });
      await letMalloryIn(repo);
      await repo.signoff('mallory', 'validator', { payload: { digest, manifest } });
      await letMalloryOut(repo, before);
      return { now: later };
    },
  },
  {
    name: 'weakens no exception that lands in it',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      const main = await repo.git('rev-parse', 'main');
      await repo.exception('eve', {}, { commit: false });
      await repo.git('reset', '-q', '--soft', 'HEAD~1');
      await repo.git('stash', '-q');
      repo.write(policyPath, policyText(policyWithRule({ require: [modelRule.require[0]] })));
      await repo.commit('weak', 'ada');
      await repo.git('stash', 'pop', '-q');
      await repo.commit('exception', 'eve');
      await letMalloryOut(repo, main);
      return { now: later };
    },
  },
  {
    name: 'meets no condition',
    want: ['fail', 'condition/overdue'],
    begin: owner,
    play: async (repo) => {
      const payload = await conditional(repo);
      const before = await repo.git('rev-parse', 'main');
      await malloryAsBen(repo);
      await repo.signoff('ben', 'validator', {
        key: 'mallory',
        payload: { meets: [{ payload, condition: 0 }], decision: 'withdraw' },
      });
      await letMalloryOut(repo, before);
      await tryAgain2(repo);
      return { now: later };
    },
  },
  {
    name: 'replaces no reject',
    want: rejected,
    play: async (repo) => {
      const replaces = await rejectLands(repo);
      const before = await repo.git('rev-parse', 'main');
      await repo.change();
      const { digest, manifest } = await repo.payload('ben', 'validator');
      await repo.git('switch', '-q', '-C', 'inside', 'main');
      await malloryAsBen(repo);
      await repo.signoff('ben', 'validator', {
        key: 'mallory',
        payload: { decision: 'withdraw', replaces, digest, manifest },
      });
      await letMalloryOut(repo, before);
      await tryAgain(repo);
    },
  },
]);
