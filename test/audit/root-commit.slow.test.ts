import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { approvedBytes } from '../../src/app/approved.ts';
import { audit } from '../../src/app/audit.ts';
import { exportVsa } from '../../src/app/export-vsa.ts';
import { rootDigestOf } from '../../src/app/root-digest.ts';
import { sha256Hex } from '../../src/core/gate/change-digest.ts';
import { ModelRepository } from './model-repository.ts';

for (const format of ['sha1', 'sha256'] as const) {
  test(`a policy that came with the first commit of a ${format} repository`, async (context) => {
    const model = await ModelRepository.withPolicyAtRoot(format);
    context.after(() => model.remove());
    const root = await model.git('rev-parse', 'HEAD');
    await model.landSigned('raise', 13);
    const repository = await model.open();
    const now = new Date(model.now);
    const { result } = await audit(repository, { now });
    assert.deepEqual(
      result.landings.map(({ from, to, state }) => ({ from, to, state })),
      [
        { from: null, to: root, state: 'unprotected' },
        { from: root, to: await model.git('rev-parse', 'HEAD'), state: 'signed' },
      ],
    );
    assert.equal(result.exit, 0);
    const trusted = await audit(repository, {
      now,
      trustRoots: [await rootDigestOf(repository.git, root)],
    });
    assert.equal(trusted.result.landings[0]?.state, 'trusted');
    const { files } = await approvedBytes(
      repository,
      [12, 13].map((bar) => ({
        file: null,
        sha256: sha256Hex(new TextEncoder().encode(`bar = ${bar}\n`)),
      })),
      { now },
    );
    assert.deepEqual(
      files.map(({ approved }) => approved),
      [false, true],
    );
    const summaries = await exportVsa(repository, { now }, { version: '1.2.3' });
    assert.deepEqual(
      summaries.map(({ predicate }) => predicate.verificationResult),
      ['PASSED'],
    );
  });
}
