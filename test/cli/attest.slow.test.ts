/** The job of a forge says what somebody approved there: typed at the command line, with real keys. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { keyFile, signerLines } from '../gate/kit/keys.ts';
import { decided, decisionPath, put } from '../gate/kit/measured.ts';
import { ModelRepo, raisedText } from '../gate/kit/model-repo.ts';
import { checklistText, modelRule, type PolicyValue, policyWithRule } from '../gate/kit/policy.ts';
import { run } from '../gate/kit/processes.ts';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'countersign-attest-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const attestors = { attestors: [{ forge: 'github', principal: 'forge@example.org' }] };
const accepting = {
  require: [
    { role: 'model-owner', count: 1 },
    { role: 'validator', count: 1, independent: true, accept: ['key', 'forge'] },
  ],
  evidence: [{ kind: 'decision', covers: 'changed-files' }],
};

/** The usual change with its decision and the owner's signature; what a reviewer on a forge sees. */
async function requested(
  policy: PolicyValue = policyWithRule(accepting, attestors),
): Promise<{ readonly repo: ModelRepo; readonly commit: string }> {
  const repo = await ModelRepo.make({
    policy,
    checklist: checklistText.replace('by: both', 'by: both, roles: [model-owner]'),
    signers: await signerLines(['ada', 'ben', 'cy', 'dee', 'eve', 'fay', 'forge']),
  });
  await repo.change();
  await put(repo, { [decisionPath]: decided() });
  await repo.signoff('ada', 'model-owner');
  return { repo, commit: await repo.git('rev-parse', 'HEAD') };
}

const range = ['--range', 'main...HEAD', '--target', 'main'];

async function countersign(
  repo: ModelRepo,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const { code, stdout, stderr } = await run(process.execPath, [program, ...args], {
    cwd: repo.dir,
  });
  return { code, out: stdout.toString('utf8'), err: stderr };
}

test('what a login approved is signed by the job, and counts where the rule accepts it', async () => {
  const { repo, commit } = await requested();
  const signed = await countersign(
    repo,
    'sign',
    ...range,
    '--via',
    `github:ben-h@${commit}`,
    '--key',
    await keyFile('forge'),
    '--print',
  );
  assert.equal(signed.code, 0, signed.err);
  writeFileSync(join(folder, 'ben.yaml'), signed.out);
  assert.equal((await countersign(repo, 'check', ...range)).code, 1);
  const counted = await countersign(repo, 'check', ...range, '--signoffs', folder);
  assert.equal(counted.code, 0, counted.out);
  assert.match(counted.out, /signed by ada, ben \(by github:ben-h, weaker than a key\)$/m);
});

test('it is written and staged where nobody asks for it to be printed', async () => {
  const { repo, commit } = await requested();
  const signed = await countersign(
    repo,
    'sign',
    ...range,
    '--via',
    `github:Ben-H@${commit}`,
    '--key',
    await keyFile('forge'),
  );
  assert.match(
    signed.out,
    /^signed that ben \(by github:Ben-H, weaker than a key\) approved [0-9a-f]{12} under model-change as validator: \S+, staged for the next commit$/m,
    signed.err,
  );
  await repo.gitAs('ada', ['commit', '-qm', 'approved']);
  assert.equal((await countersign(repo, 'check', ...range)).code, 0);
});

const refusals: readonly {
  readonly name: string;
  readonly says: RegExp;
  readonly policy?: PolicyValue;
  readonly key?: string;
  readonly login?: string;
  readonly more?: readonly string[];
  readonly late?: (repo: ModelRepo) => Promise<unknown>;
  readonly of?: string;
}[] = [
  {
    name: 'where the policy names no job',
    says: /the policy names no job that may say who approved on github \(sign\/no-attestor\)/,
    policy: policyWithRule(accepting),
  },
  {
    name: 'with a person’s key',
    says: /it is ben@example\.org's, who is no attestor for github \(sign\/not-an-attestor\)/,
    key: 'ben',
  },
  {
    name: 'of a login that is nobody’s',
    says: /mallory on github is nobody by the policy \(sign\/unknown-login\)/,
    login: 'mallory',
  },
  {
    name: 'of the author',
    says: /no rule of this change accepts an approval of ada on github \(sign\/not-needed\)/,
    login: 'ada',
  },
  {
    name: 'where the rule accepts keys alone',
    says: /no rule of this change accepts an approval of ben on github \(sign\/not-needed\)/,
    policy: policyWithRule({ require: modelRule.require }, attestors),
  },
  {
    name: 'of a commit that nobody made',
    says: /which is no commit of this change \(sign\/other-commit\)/,
    of: '1'.repeat(40),
  },
  {
    name: 'of a commit after which the code moved',
    says: /and what model-change governs is not what that commit brings \(sign\/other-commit\)/,
    late: (repo) => repo.change('ada', `${raisedText}#\n`),
  },
  {
    name: 'with answers',
    says: /goes with no --answers \(usage\/options\)/,
    more: ['--answers', 'a.yaml'],
  },
  { name: 'with a reject', says: /goes with no --reject \(usage\/options\)/, more: ['--reject'] },
  { name: 'without a commit', says: /is not an approval on a forge \(usage\/via\)/, of: 'HEAD' },
];

for (const {
  name,
  says,
  policy,
  key = 'forge',
  login = 'ben-h',
  more = [],
  late,
  of,
} of refusals) {
  test(`nothing is signed ${name}`, async () => {
    const { repo, commit } = await requested(policy);
    await late?.(repo);
    const { code, err, out } = await countersign(
      repo,
      'sign',
      ...range,
      '--via',
      `github:${login}@${of ?? commit}`,
      '--key',
      await keyFile(key),
      '--print',
      ...more,
    );
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, says);
  });
}

test('evidence that came after the approved commit is not listed', async () => {
  const { repo, commit } = await requested();
  await put(repo, { [decisionPath]: decided('consequences: none\n') });
  const signed = await countersign(
    repo,
    'sign',
    ...range,
    '--via',
    `github:ben-h@${commit}`,
    '--key',
    await keyFile('forge'),
    '--json',
    '--print',
  );
  assert.equal(signed.code, 0, signed.err);
  assert.match(signed.out, /\\"evidence\\":\[\]/);
});
