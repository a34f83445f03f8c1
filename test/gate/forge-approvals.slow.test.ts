import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { audit } from '../../src/app/audit.ts';
import { openRepository } from '../../src/node/repository.ts';
import { playCases } from './kit/cases.ts';
import { caseTime } from './kit/judged.ts';
import { signerLines } from './kit/keys.ts';
import { decided, decisionPath, put } from './kit/measured.ts';
import { ModelRepo, raisedText } from './kit/model-repo.ts';
import { checklistText, policyText, policyWithRule } from './kit/policy.ts';
import { run } from './kit/processes.ts';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const forgePolicy = (changes: Record<string, unknown> = {}) =>
  policyWithRule(
    {
      require: [
        { role: 'model-owner', count: 1 },
        { role: 'validator', count: 1, independent: true, accept: ['key', 'forge'], ...changes },
      ],
    },
    { attestors: [{ forge: 'github', principal: 'forge@example.org' }] },
  );

/** Nobody can answer a question on a forge, so those of the checklist are for roles that have keys. */
const checklist = checklistText.replace('by: both', 'by: both, roles: [model-owner]');

const withForge =
  (policy = forgePolicy(), files: Readonly<Record<string, string>> = {}) =>
  async () => ({
    policy,
    checklist,
    files,
    signers: await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay', 'forge']),
  });

/** What a CI job signs of an approval by somebody's login. */
async function attested(
  repo: ModelRepo,
  who: string,
  login: string,
  more: {
    readonly key?: string;
    readonly role?: string;
    readonly payload?: Record<string, unknown>;
    readonly rule?: string;
  } = {},
): Promise<void> {
  const commit = await repo.git('rev-parse', 'HEAD');
  await repo.signoff(who, more.role ?? 'validator', {
    key: more.key ?? 'forge',
    committer: 'ada',
    ...(more.rule ? { rule: more.rule } : {}),
    payload: { answers: {}, via: { forge: 'github', login, commit }, ...more.payload },
  });
}

playCases('approvals on a forge', [
  {
    name: 'where the rule accepts them',
    want: 'pass',
    begin: withForge(),
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h');
    },
  },
  {
    name: 'where the rule accepts keys only',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(forgePolicy({ accept: ['key'] })),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h');
    },
  },
  {
    name: 'where the rule says nothing',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(forgePolicy({ accept: undefined })),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h');
    },
  },
  {
    name: 'a key where the rule accepts a forge only',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(forgePolicy({ accept: ['forge'] })),
    play: async (repo) => {
      await repo.change();
      await repo.both();
    },
  },
  {
    name: 'of a login that is another’s',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'cy');
    },
  },
  {
    name: 'of the author’s login',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ada', 'ada');
    },
  },
  {
    name: 'said by a person’s key',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h', { key: 'cy' });
    },
  },
  {
    name: 'of another forge',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h', {
        payload: {
          via: { forge: 'gitlab', login: 'ben-h', commit: await repo.git('rev-parse', 'HEAD') },
        },
      });
    },
  },
  {
    name: 'an attestor who signs as a person',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator', { key: 'forge' });
    },
  },
  {
    name: 'an attestor who vouches',
    want: ['fail', 'author/unknown'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change('mallory');
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h', { payload: { vouches: ['mallory@example.org'] } });
    },
  },
  {
    name: 'an attestor who takes a reject back',
    want: ['fail', 'signoff/rejected'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      await repo.both();
      const path = await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      await attested(repo, 'cy', 'cy', { payload: { replaces: await repo.payloadId(path) } });
    },
  },
  {
    name: 'an attestor who answers as the author',
    want: ['fail', 'checklist/unanswered'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change('dee');
      await repo.both();
      await attested(repo, 'dee', 'dee', { role: 'author' });
    },
  },
  {
    name: 'for the policy',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(),
    play: async (repo) => {
      repo.write(
        '.countersign/policy.yaml',
        policyText({
          ...forgePolicy(),
          exceptions: { role: 'policy-admin', count: 1, max_days: 2, follow_up_days: 10 },
        }),
      );
      await repo.commit('policy', 'ada');
      await repo.signoff('eve', 'policy-admin', { rule: 'policy-change' });
      await attested(repo, 'fay', 'fay', { role: 'policy-admin', rule: 'policy-change' });
    },
  },
  {
    name: 'as an exception',
    want: ['fail', 'exception/payload'],
    begin: withForge(),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.exception(
        'eve',
        { via: { forge: 'github', login: 'eve', commit: await repo.git('rev-parse', 'HEAD') } },
        { key: 'forge' },
      );
    },
  },
  {
    name: 'where presence is asked for',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(forgePolicy({ presence: 'touch' })),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await attested(repo, 'ben', 'ben-h');
    },
  },
  {
    name: 'one person by key and by forge is one',
    want: ['fail', 'requirement/unmet'],
    begin: withForge(forgePolicy({ count: 2 })),
    play: async (repo) => {
      await repo.change();
      await repo.signoff('ada', 'model-owner');
      await repo.signoff('ben', 'validator');
      await attested(repo, 'ben', 'ben-h');
    },
  },
]);

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

test('every output names an approval on a forge as weaker than a key', async () => {
  const repo = await ModelRepo.make(await withForge()());
  await repo.change();
  await repo.signoff('ada', 'model-owner');
  await attested(repo, 'ben', 'ben-h');
  const told = async (...args: readonly string[]): Promise<string> =>
    (await run(process.execPath, [program, ...args], { cwd: repo.dir })).stdout.toString('utf8');
  const range = ['check', '--range', 'main...HEAD', '--now', caseTime, '--format'];
  for (const format of ['text', 'markdown', 'junit', 'github', 'gitlab', 'sarif'])
    assert.match(await told(...range, format), /weaker than a/, format);
  assert.match(
    await told(...range, 'text'),
    /^pass: model-change signed by ada, ben \(by github:ben-h, weaker than a key\)$/m,
  );
  await repo.git('switch', '-q', 'main');
  await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'land', 'change']);
  assert.match(
    await told('verify'),
    /ben \(validator\) \(by github:ben-h, weaker than a key\) approve/,
  );
  assert.match(
    await told('audit'),
    /ada as model-owner, ben as validator \(by github:ben-h, weaker than a key\)/,
  );
  assert.match(
    await told('approved', 'model/score.py'),
    /by ada as model-owner, ben as validator \(by github:ben-h, weaker than a key\) under model-change/,
  );
  assert.match(await told('export', 'vsa'), /"COUNTERSIGN_SIGNED",\s*"COUNTERSIGN_FORGE_APPROVAL"/);
});
