/** The page for auditors without Countersign: its blocks are typed into one bash, and must say what the page says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { environment, ModelRepository, policy } from '../audit/model-repository.ts';
import { publicKey, signers } from '../audit/people-keys.ts';
import { shellBlocks } from './pages.ts';
import { change, evidence, typed } from './typed.ts';

/** A landing with all that makes digests hard: modes, a link, a submodule, deletions, names with every odd character. */
async function landOddly(repository: ModelRepository): Promise<void> {
  await repository.write(
    '.countersign/decisions/DR-WHY00001.yaml',
    'schema: countersign/decision@1\nid: DR-WHY00001\ntitle: Why\nstatus: accepted\nowner: ada\nrisk: low\n',
  );
  await repository.branch('odd');
  await repository.write('model/run.sh', 'echo hello\n', 0o755);
  await repository.write('model/a\n"b\'\\ \t.py', 'x = 1\n');
  await repository.write('Model/upper.py', 'x = 2\n');
  await repository.write('model/README.md', 'not governed\n');
  await repository.git('rm', '--quiet', 'model/score.py');
  await repository.git(
    'update-index',
    '--add',
    '--cacheinfo',
    `160000,${'1'.repeat(40)},model/vendored`,
  );
  await repository.git('commit', '--quiet', '-m', 'A submodule');
  await repository.gitAs('ada', 'add', 'model', 'Model', '.countersign');
  await repository.gitAs(
    'ada',
    'commit',
    '--quiet',
    '-m',
    'Oddly\n\nCo-authored-by: Fay <fay@example.org>',
  );
}

test('the blocks of docs/verify-by-hand.md verify a genuine sign-off', async (context) => {
  const repository = await ModelRepository.withPolicy();
  context.after(() => repository.remove());
  await landOddly(repository);
  const sha256 = createHash('sha256')
    .update(await repository.read(evidence.path))
    .digest('hex');
  for (const [person, role] of [
    ['ada', 'model-owner'],
    ['ben', 'validator'],
  ] as const)
    await repository.sign(person, role, {
      over: {
        evidence: [{ ...evidence, sha256 }],
        answers: { why: { answer: 'yes', note: 'they said "digest":"v1:0" and {"path":"x"}' } },
      },
    });
  await repository.merge('odd');
  const { status, out } = typed(repository);
  assert.equal(status, 0, out);
  assert.equal(
    [...out.matchAll(/: approved by NOBODY$/gm)].length,
    1,
    'the model from before the policy, and nothing else',
  );
  assert.match(
    out,
    /Merge odd: approved by (ada as model-owner, ben as validator|ben as validator, ada as model-owner)$/m,
  );
  for (const line of [
    /^Good "model-signoff" signature for ben@example\.org/m,
    /^what landed is what ben signed: approve as validator$/m,
    /^conditions: none$/m,
    /^an approval by ben as validator$/m,
    /^no exception came with this landing$/m,
    /^evidence: \.countersign\/decisions\/DR-WHY00001\.yaml$/m,
    /^role: validator$/m,
    /^decision: approve$/m,
    /ada@example\.org, committed by ada@example\.org\nFay <fay@example\.org>/,
  ])
    assert.match(out, line);
});

const forgeries: Readonly<
  Record<
    string,
    {
      readonly make: (repository: ModelRepository) => Promise<void>;
      readonly lacks: RegExp;
      readonly says: RegExp;
    }
  >
> = {
  'other bytes than were signed': {
    make: async (repository) => {
      await change(repository);
      await repository.signBoth();
      await repository.write('model/score.py', 'bar = 14\n');
      await repository.commit('And a little more', 'ada');
    },
    lacks: /what landed is what ben signed/,
    says: /^NOT what ben signed \(approve as validator\): v1:/m,
  },
  'a payload that was edited': {
    make: async (repository) => {
      await change(repository);
      const path = await repository.sign('ben', 'validator');
      await repository.write(
        path,
        (await repository.read(path)).replace('"validator"', '"model-owner"'),
      );
      await repository.commit('Edit it', 'ada');
    },
    lacks: /Good "model-signoff" signature/,
    says: /incorrect signature|Could not verify signature/i,
  },
  'a key that nobody knew before the landing': {
    make: async (repository) => {
      await change(repository);
      await repository.write('.countersign/allowed_signers', await signers({ ben: 'new' }));
      await repository.sign('ben', 'validator', { key: 'new' });
    },
    lacks: /Good "model-signoff" signature/,
    says: /No principal matched/i,
  },
  'a key that the landing itself revokes': {
    make: async (repository) => {
      await change(repository);
      await repository.write('.countersign/revoked_keys', `${await publicKey('ben')}\n`);
      await repository.sign('ben', 'validator');
    },
    lacks: /Good "model-signoff" signature/,
    says: /Could not verify signature/,
  },
  'evidence that was swapped': {
    make: async (repository) => {
      await change(repository);
      await repository.write(evidence.path, 'schema: countersign/decision@1\n');
      await repository.commit('Decide', 'ada');
      await repository.sign('ben', 'validator', {
        over: { evidence: [{ ...evidence, sha256: 'a'.repeat(64) }] },
      });
    },
    lacks: /^evidence: /m,
    says: /^NOT the evidence that was signed: \.countersign\/decisions\/DR-WHY00001\.yaml$/m,
  },
};

for (const [name, { make, lacks, says }] of Object.entries(forgeries)) {
  test(`the blocks of docs/verify-by-hand.md do not verify ${name}`, async (context) => {
    const repository = await ModelRepository.withPolicy();
    context.after(() => repository.remove());
    await make(repository);
    await repository.merge('change');
    const { out } = typed(repository);
    assert.doesNotMatch(out, lacks);
    assert.match(out, says);
  });
}

test('the blocks of docs/verify-by-hand.md name who touches a sign-off later, and take an e-mail for its letters', async (context) => {
  const repository = await ModelRepository.withPolicy(
    policy.replace(
      '  cy:',
      '  xo: {name: xo, emails: [xo@example.org], principals: [ben@exampleXorg]}\n  cy:',
    ),
  );
  context.after(() => repository.remove());
  await change(repository);
  const path = await repository.sign('ben', 'validator');
  const landing = await repository.merge('change');
  await repository.git('rm', '--quiet', path);
  const commit = await repository.commit('Take it away', 'ada');
  const page = shellBlocks('verify-by-hand.md')
    .join('\n')
    .replace('landing=$(git rev-parse main)', `landing=${landing}`);
  const { stdout } = spawnSync('bash', ['-c', `set -eu\n${page}`], {
    cwd: repository.folder,
    encoding: 'utf8',
    env: environment(),
  });
  assert.match(stdout, new RegExp(`^TOUCHED by ${commit}$`, 'm'));
  assert.equal([...stdout.matchAll(/^\d+:.*ben@/gm)].length, 1, stdout);
});
