import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit } from '../../src/app/audit.ts';
import { openRepository } from '../../src/node/repository.ts';
import { playCases } from './kit/cases.ts';
import { decided, decisionPath, put } from './kit/measured.ts';
import { ModelRepo, raisedText } from './kit/model-repo.ts';
import { checklistText, policyWithRule } from './kit/policy.ts';
import { attested, forgePolicy, withForge } from './kit/forge-policy.ts';

const byCommit = (commit: string): Record<string, unknown> => ({
  via: { forge: 'github', login: 'ben-h', commit },
});
const byDecision = withForge({
  ...forgePolicy(),
  ...policyWithRule(
    {
      require: [
        { role: 'model-owner', count: 1 },
        { role: 'validator', count: 1, independent: true, accept: ['key', 'forge'] },
      ],
      evidence: [{ kind: 'decision', covers: 'changed-files' }],
    },
    { attestors: [{ forge: 'github', principal: 'forge@example.org' }] },
  ),
});
const listing = async (
  repo: ModelRepo,
): Promise<readonly { readonly path: string; readonly sha256: string }[]> => [
  { path: decisionPath, sha256: await repo.sha256(decisionPath) },
];

playCases('what was approved on a forge', [
  {
    name: 'a commit that nobody made',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(),
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h', { payload: byCommit('1'.repeat(40)) });
    },
  },
  {
    name: 'a commit of the target',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h', {
        payload: byCommit(await repo.git('rev-parse', 'main')),
      });
    },
  },
  {
    name: 'an earlier commit, before the code moved',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      const commit = await repo.git('rev-parse', 'HEAD');
      await repo.change('ada', `${raisedText}#\n`);
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h', { payload: byCommit(commit) });
    },
  },
  {
    name: 'an earlier commit, after which other files moved',
    want: 'pass',
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      const commit = await repo.git('rev-parse', 'HEAD');
      await put(repo, { 'docs/a.md': 'x\n' });
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h', { payload: byCommit(commit) });
    },
  },
  {
    name: 'a commit beside which the target moved',
    want: 'pass',
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h');
      await repo.onMain('model/other.py', 'x = 1\n');
    },
  },
  {
    name: 'a commit that was amended since',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      const commit = await repo.git('rev-parse', 'HEAD');
      await repo.gitAs('ada', ['commit', '-q', '--amend', '-m', 'raise']);
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h', { payload: byCommit(commit) });
    },
  },
  {
    name: 'with answers to the checklist',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h', {
        payload: { answers: { 'tests-pass': { answer: 'yes' } } },
      });
    },
  },
  {
    name: 'under a checklist that asks whoever signs',
    want: ['fail', 'checklist/unanswered'],
    begin: async () => ({ ...(await withForge()()), checklist: checklistText }),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h');
    },
  },
  {
    name: 'evidence that the commit has',
    want: 'pass',
    begin: byDecision,
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await put(repo, { [decisionPath]: decided() });
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h', { payload: { evidence: await listing(repo) } });
    },
  },
  {
    name: 'evidence that came after the commit',
    want: ['fail', 'requirement/unmet'],
    begin: byDecision,
    play: async (repo) => {
      await repo.change();
      const commit = await repo.git('rev-parse', 'HEAD');
      await put(repo, { [decisionPath]: decided() });
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h', {
        payload: { ...byCommit(commit), evidence: await listing(repo) },
      });
    },
  },
]);

for (const how of ['merge', 'squash'] as const) {
  test(`what was approved on a forge and landed by a ${how} is signed in the audit`, async () => {
    const repo = await ModelRepo.make(await withForge()());
    await repo.change();
    await repo.signoff('ada', 'model-owner');
    await attested(repo, 'ben', 'ben-h');
    await repo.git('switch', '-q', 'main');
    await repo.gitAs('ada', [
      'merge',
      '-q',
      ...(how === 'merge' ? ['--no-ff', '-m', 'land'] : ['--squash']),
      'change',
    ]);
    if (how === 'squash') await repo.gitAs('ada', ['commit', '-q', '-m', 'land']);
    const { result } = await audit(await openRepository(repo.dir, process.env), {});
    const landing = result.landings.at(-1);
    assert.equal(landing?.state, 'signed', JSON.stringify(landing?.findings));
    assert.deepEqual(
      landing.findings.map(({ code }) => code),
      ['signoff/by-forge'],
    );
  });
}
