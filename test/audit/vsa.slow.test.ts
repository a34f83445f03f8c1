import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { exportVsa } from '../../src/app/export-vsa.ts';
import type { VerificationSummary } from '../../src/core/render/vsa.ts';
import { landExcepted } from './landings.ts';
import { ModelRepository, policy } from './model-repository.ts';

let repository: ModelRepository;
let statements: readonly VerificationSummary[];

before(async () => {
  repository = await ModelRepository.withPolicy();
  await repository.landSigned('raise', 13);
  await repository.git('rm', '--quiet', 'model/score.py');
  await repository.write('model/"odd" name.py', 'x = 1\n');
  await repository.commit('Quietly', 'ada');
  await repository.write('README.md', 'more\n');
  await repository.commit('Say more', 'cy');
  statements = await summaries();
});

after(() => repository.remove());

async function summaries(): Promise<readonly VerificationSummary[]> {
  return exportVsa(
    await repository.open(),
    { now: new Date(repository.now) },
    { version: '1.2.3' },
  );
}

/** Statement v1 of in-toto with the predicate of slsa.dev/verification_summary/v1 (1.1), as their pages describe them. */
const descriptor = {
  type: 'object',
  required: ['digest'],
  properties: {
    name: { type: 'string', minLength: 1 },
    uri: { type: 'string', format: 'uri' },
    digest: {
      type: 'object',
      minProperties: 1,
      additionalProperties: { type: 'string', pattern: '^[0-9a-f]{40,64}$' },
    },
  },
} as const;
const schema = {
  type: 'object',
  required: ['_type', 'subject', 'predicateType', 'predicate'],
  additionalProperties: false,
  properties: {
    _type: { const: 'https://in-toto.io/Statement/v1' },
    subject: { type: 'array', minItems: 1, items: descriptor },
    predicateType: { const: 'https://slsa.dev/verification_summary/v1' },
    predicate: {
      type: 'object',
      required: ['verifier', 'resourceUri', 'policy', 'verificationResult', 'verifiedLevels'],
      additionalProperties: false,
      properties: {
        verifier: {
          type: 'object',
          required: ['id'],
          properties: {
            id: { type: 'string', format: 'uri' },
            version: { type: 'object', additionalProperties: { type: 'string' } },
          },
        },
        timeVerified: { type: 'string', format: 'date-time' },
        resourceUri: { type: 'string', format: 'uri' },
        policy: { ...descriptor, required: ['uri'] },
        inputAttestations: { type: 'array', items: { ...descriptor, required: ['digest', 'uri'] } },
        verificationResult: { enum: ['PASSED', 'FAILED'] },
        verifiedLevels: {
          type: 'array',
          minItems: 1,
          items: { type: 'string', pattern: '^(FAILED|(?!SLSA_)[A-Z_]+)$' },
        },
        slsaVersion: { type: 'string', pattern: '^\\d+\\.\\d+$' },
      },
    },
  },
} as const;

test('each statement has the published shape', () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  for (const statement of statements)
    assert.ok(validate(statement), JSON.stringify(validate.errors, null, 1));
});

test('a statement a landing that was held against a policy, passed or failed, and none for what came before it', () => {
  assert.deepEqual(
    statements.map(({ predicate }) => [predicate.verificationResult, predicate.verifiedLevels]),
    [
      ['PASSED', ['COUNTERSIGN_SIGNED']],
      ['FAILED', ['FAILED']],
      ['PASSED', ['COUNTERSIGN_UNGOVERNED']],
    ],
  );
});

test('subjects are the commit and the governed files as they landed; what was deleted is none', () => {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  assert.deepEqual(statements[0]?.subject.slice(1), [
    { name: 'model/score.py', digest: { sha256: digest('bar = 13\n') } },
  ]);
  assert.deepEqual(statements[1]?.subject.slice(1), [
    { name: 'model/"odd" name.py', digest: { sha256: digest('x = 1\n') } },
  ]);
  assert.deepEqual(statements[2]?.subject.length, 1);
});

test('the digests of commit, policy and sign-offs are those that git and sha256sum give', async () => {
  const signed = statements[0] as VerificationSummary;
  assert.equal(signed.subject[0]?.digest['gitCommit'], await repository.git('rev-parse', 'HEAD~2'));
  assert.equal(
    signed.predicate.policy.digest?.['sha256'],
    createHash('sha256').update(policy).digest('hex'),
  );
  assert.equal(signed.predicate.inputAttestations.length, 2);
  for (const { uri, digest } of signed.predicate.inputAttestations) {
    const path = decodeURIComponent(new URL(uri).hash.slice(1));
    assert.equal(
      digest['sha256'],
      createHash('sha256')
        .update(await repository.read(path))
        .digest('hex'),
    );
  }
});

test('the same history gives the same bytes', async () => {
  assert.equal(JSON.stringify(await summaries()), JSON.stringify(statements));
});

for (const [days, result, level] of [
  [1, 'PASSED', 'COUNTERSIGN_EXCEPTION'],
  [20, 'FAILED', 'FAILED'],
] as const) {
  test(`an exception, days after it landed: ${days}, without the approvals that it promised`, async (context) => {
    const excepted = await ModelRepository.withPolicy();
    context.after(() => excepted.remove());
    await landExcepted(excepted);
    const [statement] = await exportVsa(
      await excepted.open(),
      { now: new Date(excepted.now + days * 86_400_000) },
      { version: '1.2.3' },
    );
    assert.deepEqual(
      [statement?.predicate.verificationResult, statement?.predicate.verifiedLevels],
      [result, [level]],
    );
  });
}
