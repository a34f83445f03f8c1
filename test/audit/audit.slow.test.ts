import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audit, type AuditRequest } from '../../src/app/audit.ts';
import type { AuditResult } from '../../src/core/gate/audit-result.ts';
import { ModelRepository } from './model-repository.ts';
import { histories } from './histories.ts';
import { peopleHistories } from './people-histories.ts';
import { policyHistories } from './policy-histories.ts';
import type { Landed } from './signed-again.ts';

for (const [name, { make, landed, exit }] of Object.entries({
  ...histories,
  ...peopleHistories,
  ...policyHistories,
})) {
  test(`audit: ${name}`, async (context) => {
    const repository = await ModelRepository.withPolicy();
    context.after(() => repository.remove());
    const request = ((await make(repository)) ?? {}) as AuditRequest;
    const { result } = await audit(await repository.open(), {
      now: new Date(repository.now),
      ...request,
    });
    const [model, bootstrap, ...rest] = result.landings;
    assert.equal(model?.state, 'unprotected');
    const byRoot = request.trustRoots?.[0]?.includes('0000') ? 'failed' : 'trusted';
    assert.equal(bootstrap?.state, request.trustRoots === undefined ? 'unprotected' : byRoot);
    assert.deepEqual(
      rest.map(({ state }) => state),
      landed.map(({ state }) => state),
      JSON.stringify(rest, null, 1),
    );
    for (const [index, want] of landed.entries())
      assertLanding(rest[index] as AuditResult['landings'][number], want);
    assert.equal(result.exit, exit);
  });
}

function assertLanding(
  found: AuditResult['landings'][number],
  { steps, how, who, followed, code }: Landed,
): void {
  if (steps !== undefined) assert.equal(found.steps, steps);
  if (how !== undefined) assert.equal(found.how, how);
  if (who !== undefined)
    assert.equal(
      found.rules
        .flatMap(({ signatures }) => signatures.map(({ person, role }) => `${person} ${role}`))
        .sort()
        .join(', '),
      who,
    );
  if (followed !== undefined)
    assert.equal(
      found.exceptions
        .flatMap(({ followed_by }) => followed_by.map(({ person, role }) => `${person} ${role}`))
        .sort()
        .join(', '),
      followed,
    );
  if (code !== undefined)
    assert.ok(
      found.findings.some((finding) => finding.code === code),
      JSON.stringify(found.findings),
    );
}

test('an audit says which branch it read, and how the local one stands to it', async () => {
  const repository = await ModelRepository.withPolicy();
  try {
    const readOf = async (target?: string): Promise<AuditResult['read']> =>
      (await audit(await repository.open(), target === undefined ? {} : { target })).result.read;
    assert.deepEqual(await readOf(), { ref: 'refs/heads/main', local: null });
    const tip = await repository.git('rev-parse', 'main');
    await repository.git('update-ref', 'refs/remotes/origin/main', tip);
    assert.deepEqual(await readOf(), {
      ref: 'refs/remotes/origin/main',
      local: { ref: 'refs/heads/main', tip, ahead: 0, behind: 0 },
    });
    await repository.commit('not pushed', 'ada');
    const ahead = await repository.commit('not pushed either', 'ada');
    assert.deepEqual((await readOf()).local, {
      ref: 'refs/heads/main',
      tip: ahead,
      ahead: 2,
      behind: 0,
    });
    assert.equal((await audit(await repository.open(), {})).result.tip, tip);
    await repository.git('switch', '--quiet', '--detach');
    await repository.git('branch', '--force', 'main', `${tip}~1`);
    assert.deepEqual((await readOf()).local, {
      ref: 'refs/heads/main',
      tip: await repository.git('rev-parse', `${tip}~1`),
      ahead: 0,
      behind: 1,
    });
    await repository.git('branch', '--delete', '--force', 'main');
    assert.deepEqual(await readOf(), { ref: 'refs/remotes/origin/main', local: null });
  } finally {
    await repository.remove();
  }
});
