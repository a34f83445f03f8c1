import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { playCases } from './kit/cases.ts';
import { caseTime } from './kit/judged.ts';
import { ModelRepo } from './kit/model-repo.ts';
import { policyText } from './kit/policy.ts';
import { run } from './kit/processes.ts';
import { attested, forgePolicy, withForge } from './kit/forge-policy.ts';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

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
