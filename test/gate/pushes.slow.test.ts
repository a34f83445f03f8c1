import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runPushHook } from '../../src/app/hook-run.ts';
import type { CheckResult } from '../../src/core/gate/check-result.ts';
import { openRepository } from '../../src/node/repository.ts';
import { ModelRepo } from './kit/model-repo.ts';
import { nothing, pushed } from './kit/pushed.ts';

const errorsOf = (result: CheckResult | undefined): readonly string[] =>
  (result?.findings ?? []).filter(({ severity }) => severity === 'error').map(({ code }) => code);

test('a push to a target is judged whole, and one to another branch by the policy', async () => {
  const repo = await ModelRepo.make({ upTo: 'owner' });
  const main = await repo.git('rev-parse', 'main');
  assert.deepEqual(errorsOf(await pushed(repo, 'refs/heads/main', 'change', main)), [
    'requirement/unmet',
  ]);
  assert.equal((await pushed(repo, 'refs/heads/change', 'change', nothing))?.exit, 0);
  assert.equal(
    await pushed(repo, 'refs/heads/change', 'change', nothing).then((result) => result?.stage),
    'author',
  );
  await repo.signoff('ben', 'validator');
  assert.equal((await pushed(repo, 'refs/heads/main', 'change', main))?.exit, 0);
});

test('a push that rewinds a target is refused', async () => {
  const repo = await ModelRepo.make({ upTo: 'both' });
  const before = await repo.git('rev-parse', 'main');
  await repo.land();
  const after = await repo.git('rev-parse', 'main');
  await repo.git('branch', 'old', before);
  assert.deepEqual(errorsOf(await pushed(repo, 'refs/heads/main', 'old', after)), [
    'push/rewinds-target',
  ]);
});

test('a push that puts a target beside what goes on from a branch is refused', async () => {
  const repo = await ModelRepo.make({ upTo: 'both' });
  await repo.land();
  const before = await repo.git('rev-parse', 'main');
  await repo.git('switch', '-q', '-c', 'aside', 'main~3');
  repo.write('docs/a.md', 'x\n');
  await repo.commit('docs', 'ada');
  await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-edit', 'main']);
  assert.deepEqual(errorsOf(await pushed(repo, 'refs/heads/main', 'aside', before)), [
    'push/sidelines-target',
  ]);
  await repo.gitAs('ada', ['rebase', '-q', 'main']);
  assert.deepEqual(errorsOf(await pushed(repo, 'refs/heads/main', 'aside', before)), []);
});

test('a new release branch begins where the policy branch stands', async () => {
  const repo = await ModelRepo.make({ upTo: 'change' });
  assert.equal((await pushed(repo, 'refs/heads/release/2', 'main', nothing))?.exit, 0);
  assert.deepEqual(
    errorsOf(await pushed(repo, 'refs/heads/release/2', 'change', nothing)).includes(
      'requirement/unmet',
    ),
    true,
  );
});

test('an expression that is pushed is read, and a line that is none is refused', async () => {
  const repo = await ModelRepo.make({ upTo: 'owner' });
  const [oid, main] = [await repo.git('rev-parse', 'HEAD'), await repo.git('rev-parse', 'main')];
  const repository = await openRepository(repo.dir, process.env);
  const [check] = await runPushHook(
    repository,
    `HEAD^{/sign off} ${oid} refs/heads/main ${main}\n`,
  );
  assert.equal(check?.result.exit, 1);
  await assert.rejects(runPushHook(repository, 'something else\n'), /could not be read/);
  assert.deepEqual(
    await runPushHook(
      repository,
      `(delete) ${nothing} refs/heads/x ${main}\nrefs/tags/v1 ${oid} refs/tags/v1 ${nothing}\n`,
    ),
    [],
  );
  const [deletion] = await runPushHook(repository, `(delete) ${nothing} refs/heads/main ${main}\n`);
  assert.deepEqual(errorsOf(deletion?.result), ['push/deletes-target']);
});
