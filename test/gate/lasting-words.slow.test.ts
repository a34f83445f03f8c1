import { playCases } from './kit/cases.ts';
import { modelRule, people, policyValue, policyWithRule } from './kit/policy.ts';
import {
  excepted,
  followUp,
  later,
  narrowed,
  owner,
  removed,
  renamed,
  repolicy,
  stranded,
} from './kit/landed-words.ts';

const widened = policyWithRule({ paths: ['model/**', 'tools/**'] });

playCases('a policy that would forget what an exception promised', [
  {
    name: 'the rule renamed',
    want: stranded,
    begin: owner,
    byCommand: true,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'the rule removed',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, removed);
    },
  },
  {
    name: 'its globs narrowed',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, narrowed);
    },
  },
  {
    name: 'its files left out',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, policyWithRule({ except: ['**/*.md', 'model/score.py'] }));
    },
  },
  {
    name: 'its globs widened over what landed with it',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      repo.write('tools/run.py', 'x\n');
      await repo.commit('tools', 'ada');
      await excepted(repo);
      await repolicy(repo, widened);
    },
  },
  {
    name: 'its globs widened over other files',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, widened);
    },
  },
  {
    name: 'nobody left in a role that owes its approval',
    want: ['fail', 'policy/strands-promise'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(
        repo,
        policyWithRule(
          { require: [modelRule.require[0]] },
          { roles: { 'model-owner': ['ada'], ethics: ['dee'], 'policy-admin': ['eve', 'fay'] } },
        ),
      );
    },
  },
  {
    name: 'the policy moved to another branch',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, policyValue({ targets: ['trunk', 'main'] }));
    },
  },
  {
    name: 'in the landing of the exception itself',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await repo.exception('eve');
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'the rule renamed once the approval followed',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await followUp(repo, 'ben', 'validator');
      await repo.land('after');
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'the rule renamed in the change that brings the approval',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await followUp(repo, 'ben', 'validator');
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'another change of the policy',
    want: 'pass',
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, policyValue({ targets: ['main'] }));
    },
  },
  {
    name: 'the requirement taken away, and then nobody follows',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(repo, policyWithRule({ require: [modelRule.require[0]] }));
      await repo.land('after');
      return { now: later };
    },
  },
  {
    name: 'the requirement put off to a high risk, and then nobody follows',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(
        repo,
        policyWithRule({
          require: [modelRule.require[0], { ...modelRule.require[1], from_risk: 'critical' }],
        }),
      );
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\ntitle: raise the bar\nowner: ada\nstatus: accepted\nrisk: low\ngoverns: ["model/**"]\n',
      );
      await repo.commit('low', 'ada');
      await repo.land('after');
      return { now: later };
    },
  },
  {
    name: 'the author’s address taken away, and then the author follows as another',
    want: ['fail', 'exception/overdue'],
    begin: owner,
    play: async (repo) => {
      await excepted(repo);
      await repolicy(
        repo,
        policyValue({
          people: { ...people, ada: { ...people.ada, emails: ['ada@home.example'] } },
        }),
      );
      await repo.land('after');
      await followUp(repo, 'ada', 'validator', 6);
      return { now: later };
    },
  },
  {
    name: 'of another target',
    want: stranded,
    begin: owner,
    play: async (repo) => {
      await repo.git('branch', 'release/1', 'main');
      await repo.signoff('ada', 'model-owner', { target: 'release/1' });
      await repo.exception('eve', {}, { target: 'release/1' });
      await repo.git('switch', '-q', 'release/1');
      await repo.git('merge', '-q', '--ff-only', 'change');
      await repo.git('switch', '-q', '-C', 'change', 'main');
      await repolicy(repo, renamed);
    },
  },
  {
    name: 'a target that is named no more',
    want: stranded,
    begin: { ...owner, policy: policyValue({ targets: ['main', 'release/1'] }) },
    play: async (repo) => {
      await repo.git('branch', 'release/1', 'main');
      await repo.exception('eve', {}, { target: 'release/1' });
      await repo.git('switch', '-q', 'release/1');
      await repo.git('merge', '-q', '--ff-only', 'change');
      await repo.git('switch', '-q', '-C', 'change', 'main');
      await repolicy(repo, policyValue({ targets: ['main'] }));
    },
  },
]);
