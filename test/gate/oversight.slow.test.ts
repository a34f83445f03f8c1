import { playCases } from './kit/cases.ts';
import { decided, decisionPath, put, sign } from './kit/measured.ts';
import { modelRule, type PolicyValue, policyWithRule } from './kit/policy.ts';
import { listed } from './kit/asking.ts';

const ethics = (evidence: readonly PolicyValue[] = []) => ({
  policy: policyWithRule({
    require: [...modelRule.require, { role: 'ethics', count: 1, from_risk: 'high' }],
    evidence,
  }),
});

playCases('oversight that grows with the risk', [
  {
    name: 'a low risk that is signed for',
    want: 'pass',
    begin: ethics(),
    byCommand: true,
    play: listed(''),
  },
  {
    name: 'a high risk',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    play: listed('risk: high\n'),
  },
  {
    name: 'a high risk with ethics',
    want: 'pass',
    begin: ethics(),
    play: async (repo) => {
      await listed('risk: high\n')(repo);
      await repo.signoff('dee', 'ethics', {
        payload: { evidence: [{ path: decisionPath, sha256: await repo.sha256(decisionPath) }] },
      });
    },
  },
  {
    name: 'no decision at all',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a low risk that nobody signed for',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await repo.both();
    },
  },
  {
    name: 'a low risk that was written after the signatures',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided('risk: high\n') });
      await sign(repo, decisionPath);
      await put(repo, { [decisionPath]: decided('risk: low\n') });
    },
  },
  {
    name: 'a risk lowered in the same change',
    want: ['fail', 'requirement/unmet'],
    begin: { ...ethics(), files: { [decisionPath]: decided('risk: high\n') } },
    play: listed('risk: low\n'),
  },
  {
    name: 'a risk lowered by superseding',
    want: ['fail', 'requirement/unmet'],
    begin: { ...ethics(), files: { [decisionPath]: decided('risk: high\n') } },
    play: async (repo) => {
      await repo.change();
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, {
        [decisionPath]: decided('risk: high\nstatus: superseded\n'),
        [other]: decided('', 'DR-WHY002'),
      });
      await sign(repo, decisionPath, other);
    },
  },
  {
    name: 'a risk lowered by deleting',
    want: ['fail', 'requirement/unmet'],
    begin: { ...ethics(), files: { [decisionPath]: decided('risk: high\n') } },
    play: async (repo) => {
      await repo.change();
      await repo.git('rm', '-q', decisionPath);
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, { [other]: decided('', 'DR-WHY002') });
      await sign(repo, other);
    },
  },
  {
    name: 'a low risk that landed before, ungoverned, and is not signed for',
    want: ['fail', 'requirement/unmet'],
    begin: { ...ethics(), files: { [decisionPath]: decided('governs: ["**"]\n') } },
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'a low risk that landed before and is signed for',
    want: 'pass',
    begin: { ...ethics(), files: { [decisionPath]: decided('governs: ["**"]\n') } },
    play: async (repo) => {
      await repo.change();
      await sign(repo, decisionPath);
    },
  },
  {
    name: 'a low risk by a decision that was rejected',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    play: listed('status: rejected\n'),
  },
  {
    name: 'the higher of two',
    want: ['fail', 'requirement/unmet'],
    begin: ethics(),
    play: async (repo) => {
      await repo.change();
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, {
        [decisionPath]: decided(),
        [other]: decided('risk: critical\n', 'DR-WHY002'),
      });
      await sign(repo, decisionPath, other);
    },
  },
  {
    name: 'the higher of two, whose path is written with quotes',
    want: ['fail', 'requirement/unmet'],
    begin: { ...ethics() },
    play: async (repo) => {
      repo.write("model/it's.py", 'x\n');
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, {
        [decisionPath]: decided('governs: ["model/**"]\n'),
        [other]: `schema: countersign/decision@1\nid: DR-WHY002\ntitle: t\nstatus: accepted\nowner: ada\nrisk: high\ntrail:\n  code:\n    - {path: 'model/it''s.py', lines: [1, 1]}\n`,
      });
      await sign(repo, decisionPath, other);
    },
  },
  {
    name: 'nobody asked for at all, by a low risk that nobody signed for',
    want: ['fail', 'requirement/unmet'],
    begin: {
      policy: policyWithRule({
        require: [{ role: 'validator', count: 1, independent: true, from_risk: 'high' }],
        checklist: undefined,
      }),
    },
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
    },
  },
]);

const byPhase = {
  policy: policyWithRule({
    require: [...modelRule.require, { role: 'ethics', count: 1, phase: 'exploit' }],
  }),
};

playCases('oversight by phase', [
  { name: 'an exploration', want: 'pass', begin: byPhase, play: listed('phase: explore\n') },
  {
    name: 'a rollout to everyone',
    want: ['fail', 'requirement/unmet'],
    begin: byPhase,
    play: listed('phase: exploit\n'),
  },
  {
    name: 'a phase that is not said',
    want: ['fail', 'requirement/unmet'],
    begin: byPhase,
    play: listed(''),
  },
  {
    name: 'one of two does not say',
    want: ['fail', 'requirement/unmet'],
    begin: byPhase,
    play: async (repo) => {
      await repo.change();
      const other = '.countersign/decisions/DR-WHY002.yaml';
      await put(repo, {
        [decisionPath]: decided('phase: explore\n'),
        [other]: decided('', 'DR-WHY002'),
      });
      await sign(repo, decisionPath, other);
    },
  },
  {
    name: 'made an exploration in the same change',
    want: ['fail', 'requirement/unmet'],
    begin: { ...byPhase, files: { [decisionPath]: decided('phase: exploit\n') } },
    play: listed('phase: explore\n'),
  },
  {
    name: 'made an exploration after the signatures',
    want: ['fail', 'requirement/unmet'],
    begin: byPhase,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided('phase: exploit\n') });
      await sign(repo, decisionPath);
      await put(repo, { [decisionPath]: decided('phase: explore\n') });
    },
  },
]);
