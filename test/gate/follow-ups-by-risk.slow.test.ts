import { playCases } from './kit/cases.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { modelRule, policyValue, policyWithRule } from './kit/policy.ts';
import { later, manyCommits } from './kit/excepted.ts';

playCases('an exception over more commits than anybody finds again', [
  {
    name: 'which could land one by one',
    want: ['fail', 'change/squash-first'],
    play: async (repo) => {
      await manyCommits(repo, 100);
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
    },
  },
  {
    name: 'which land squashed',
    want: 'pass-with-exception',
    begin: { policy: policyValue({ landing: 'squash' }) },
    play: async (repo) => {
      await manyCommits(repo, 100);
      await repo.signoff('ada', 'model-owner');
      await repo.exception('eve');
    },
  },
  {
    name: 'which nothing needs',
    want: 'pass',
    play: async (repo) => {
      await manyCommits(repo, 100);
      await repo.both();
      await repo.exception('eve');
    },
  },
]);

const low =
  'schema: countersign/decision@1\nid: DR-WHY001\ntitle: raise the bar\nowner: ada\nstatus: accepted\nrisk: low\ngoverns: ["model/**"]\n';
const lowPath = '.countersign/decisions/DR-WHY001.yaml';
const graded = {
  policy: policyWithRule({
    require: [...modelRule.require, { role: 'ethics', count: 1, from_risk: 'high' }],
  }),
};

/** Lands the usual change under an exception; who follows up then signs what landed, and lists the decision. */
async function landExcepted(
  repo: ModelRepo,
  decision?: string,
): Promise<(who: string, role: string) => Promise<void>> {
  if (decision !== undefined) repo.write(lowPath, decision);
  await repo.change();
  const evidence =
    decision === undefined ? [] : [{ path: lowPath, sha256: await repo.sha256(lowPath) }];
  await repo.signoff('ada', 'model-owner', { payload: { evidence } });
  const before = await repo.git('rev-parse', 'main');
  await repo.exception('eve');
  await repo.land();
  const after = await repo.git('rev-parse', 'main');
  return async (who, role) => {
    const { digest, manifest } = await repo.payload(who, role, { head: after, target: before });
    await repo.signoff(who, role, {
      payload: { digest, manifest, evidence, signed_at: '2026-11-25T00:00:00Z' },
    });
  };
}

playCases('approvals that follow, by the risk of then', [
  {
    name: 'a low risk that was signed for',
    want: 'pass',
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo, low);
      await follow('ben', 'validator');
      return { now: later };
    },
  },
  {
    name: 'the decision was edited after they followed',
    want: 'pass',
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo, low);
      await follow('ben', 'validator');
      repo.write(lowPath, low.replace('accepted', 'shipped'));
      await repo.commit('shipped', 'ada');
      return { now: later };
    },
  },
  {
    name: 'no decision',
    want: ['fail', 'exception/overdue'],
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo);
      await follow('ben', 'validator');
      return { now: later };
    },
  },
  {
    name: 'no decision, with ethics',
    want: 'pass',
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo);
      await follow('ben', 'validator');
      await follow('dee', 'ethics');
      return { now: later };
    },
  },
  {
    name: 'a low risk that was written afterwards',
    want: ['fail', 'exception/overdue'],
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo);
      repo.write(lowPath, low);
      await repo.commit('low', 'ada');
      await repo.land('after');
      await follow('ben', 'validator');
      return { now: later };
    },
  },
  {
    name: 'a risk that was lowered afterwards',
    want: ['fail', 'exception/overdue'],
    begin: graded,
    play: async (repo) => {
      const follow = await landExcepted(repo, low.replace('low', 'high'));
      repo.write(lowPath, low);
      await repo.commit('low', 'ada');
      await repo.land('after');
      await follow('ben', 'validator');
      return { now: later };
    },
  },
]);
