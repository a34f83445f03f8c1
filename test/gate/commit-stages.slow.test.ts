import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommitHook } from '../../src/app/hook-run.ts';
import { openRepository } from '../../src/node/repository.ts';
import { as, ModelRepo, raisedText } from './kit/model-repo.ts';
import { assertJudged, judge } from './kit/judged.ts';
import { policyText, policyValue } from './kit/policy.ts';
import { run } from './kit/processes.ts';

test('the stage of a commit is the policy’s', async () => {
  for (const [stage, exit] of [
    ['off', 0],
    ['records', 0],
    ['author', 1],
    ['all', 1],
    [undefined, 1],
  ] as const) {
    const repo = await ModelRepo.make({
      policy: policyValue({ stages: stage === undefined ? {} : { 'pre-commit': stage } }),
    });
    repo.write('model/score.py', raisedText);
    await repo.git('add', '-A');
    const [check] = await runCommitHook(
      await openRepository(repo.dir, { ...process.env, ...as('ada') }),
      'pre-commit',
    );
    assert.equal(check?.result.exit, exit, `${stage}`);
  }
});

test('the stage of a merge is the policy’s for merges, and that of commits where it names none', async () => {
  for (const [stages, exit] of [
    [{ 'pre-commit': 'off', 'pre-merge-commit': 'all' }, 1],
    [{ 'pre-commit': 'all', 'pre-merge-commit': 'off' }, 0],
    [{ 'pre-commit': 'off' }, 0],
    [{ 'pre-commit': 'all' }, 1],
    [{}, 1],
  ] as const) {
    const repo = await ModelRepo.make({ policy: policyValue({ stages }) });
    repo.write('model/score.py', raisedText);
    await repo.git('add', '-A');
    const [check] = await runCommitHook(
      await openRepository(repo.dir, { ...process.env, ...as('ada') }),
      'pre-merge-commit',
    );
    assert.equal(check?.result.exit, exit, JSON.stringify(stages));
  }
});

test('git’s own merge commit meets the gate at the stage for merges', async () => {
  const program = new URL('../../dist/cli.js', import.meta.url).pathname;
  for (const [asked, lands] of [
    ['all', false],
    ['off', true],
  ] as const) {
    const repo = await ModelRepo.make({
      upTo: 'change',
      policy: policyValue({ stages: { 'pre-commit': 'off', 'pre-merge-commit': asked } }),
    });
    await repo.git('switch', '-q', '-c', 'other', 'main');
    repo.write(
      '.git/hooks/pre-merge-commit',
      `#!/bin/sh\n'${process.execPath}' '${program}' hook run pre-merge-commit "$@" || exit 1\n`,
    );
    chmodSync(join(repo.dir, '.git/hooks/pre-merge-commit'), 0o755);
    assert.equal(
      (
        await run('git', ['merge', '--no-ff', '--no-edit', 'change'], {
          cwd: repo.dir,
          env: as('ada'),
        })
      ).code === 0,
      lands,
      asked,
    );
  }
});

test('a policy in which CI asks for less than all is refused, and nothing gets weaker by it', async () => {
  const weak = policyValue({ stages: { ci: 'author' } });
  const brought = await ModelRepo.make();
  brought.write('.countersign/policy.yaml', policyText(weak));
  await brought.commit('weaker', 'ada');
  await brought.admins();
  assertJudged(await judge(brought), ['fail', 'policy/weak-stage']);
  const stands = await ModelRepo.make({ policy: weak, upTo: 'change' });
  assertJudged(await judge(stands), ['undecidable', 'policy/unreadable']);
});

test('commits of git itself meet the gate by its hook, however the index comes', async () => {
  const program = new URL('../../dist/cli.js', import.meta.url).pathname;
  const repo = await ModelRepo.make({ policy: policyValue({ stages: { 'pre-commit': 'all' } }) });
  const hook = join(repo.dir, '.git/hooks/pre-commit');
  repo.write('.git/hooks/pre-commit', '');
  writeFileSync(
    hook,
    `#!/bin/sh\n'${process.execPath}' '${program}' hook run pre-commit "$@" || exit 1\n`,
  );
  chmodSync(hook, 0o755);
  const commit = (...args: string[]) =>
    run('git', ['commit', '-qm', 'x', ...args], { cwd: repo.dir, env: as('ada') });
  repo.write('model/score.py', raisedText);
  for (const args of [
    ['-a'],
    ['--', 'model/score.py'],
    ['-i', 'model/score.py'],
    ['-o', 'model/score.py'],
  ]) {
    const { code, stderr } = await commit(...args);
    assert.equal(code, 1, `git commit ${args.join(' ')}`);
    assert.match(stderr, /what is staged/);
  }
  // What is staged is judged, not what lies in the working tree.
  repo.write('docs/a.md', 'x\n');
  await repo.git('add', 'docs/a.md');
  assert.equal((await commit()).code, 0);
  // What passes the hook by is met by the check of the range.
  assert.equal((await commit('-a', '--no-verify')).code, 0);
  assert.equal(
    (await run(process.execPath, [program, 'check', '--range', 'main...HEAD'], { cwd: repo.dir }))
      .code,
    1,
  );
});

test('a checker that breaks blocks', async () => {
  const program = new URL('../../dist/cli.js', import.meta.url).pathname;
  const repo = await ModelRepo.make({ policy: 'schema: countersign/policy@1\nrules: [\n' });
  repo.write(
    '.git/hooks/pre-commit',
    `#!/bin/sh\n'${process.execPath}' '${program}' hook run pre-commit "$@" || exit 1\n`,
  );
  chmodSync(join(repo.dir, '.git/hooks/pre-commit'), 0o755);
  repo.write('docs/a.md', 'x\n');
  await repo.git('add', '-A');
  assert.equal(
    (await run('git', ['commit', '-qm', 'x'], { cwd: repo.dir, env: as('ada') })).code,
    1,
  );
});
