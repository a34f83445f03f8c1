import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { audit } from '../../src/app/audit.ts';
import { openRepository } from '../../src/node/repository.ts';
import { playCases } from './kit/cases.ts';
import { as, ModelRepo } from './kit/model-repo.ts';
import { assertJudged, judge } from './kit/judged.ts';
import { policyValue } from './kit/policy.ts';
import { run } from './kit/processes.ts';

/** Ada concludes a merge of two branches at once, of which Ben wrote the second; everybody whom the rule asks for has signed. */
async function octopus(repo: ModelRepo, secondBy: string): Promise<void> {
  await repo.git('config', 'user.email', 'ada@example.org');
  await repo.git('config', 'user.name', 'Ada');
  for (const [branch, who] of [
    ['one', 'ada'],
    ['two', secondBy],
  ] as const) {
    await repo.git('switch', '-q', '-c', branch, 'main');
    repo.write(`model/${branch}.py`, 'x = 1\n');
    await repo.commit(branch, who);
  }
  await repo.git('switch', '-q', 'change');
  await repo.gitAs('ada', ['merge', '-q', '--no-commit', 'one', 'two']);
  for (const [who, role] of [
    ['ada', 'model-owner'],
    ['ben', 'validator'],
  ] as const)
    await repo.signoff(who, role, { head: 'index', commit: false });
  await repo.git('add', '-A');
}

playCases('a merge of several branches that is not committed yet', [
  {
    name: 'of what others wrote',
    want: 'pass',
    byCommand: true,
    play: async (repo) => {
      await octopus(repo, 'ada');
      return { staged: true };
    },
  },
  {
    name: 'of what the validator wrote',
    want: ['fail', 'requirement/unmet'],
    byCommand: true,
    play: async (repo) => {
      await octopus(repo, 'ben');
      return { staged: true };
    },
  },
  {
    name: 'whose list of branches is damaged',
    want: ['undecidable', 'index/merge'],
    play: async (repo) => {
      await octopus(repo, 'ada');
      writeFileSync(join(repo.dir, '.git/MERGE_HEAD'), 'one\n');
      return { staged: true };
    },
  },
]);

test('git’s own merge commit is judged by who wrote what it takes in', async () => {
  const strict = policyValue({ stages: { 'pre-commit': 'all', 'pre-push': 'all', ci: 'all' } });
  for (const [writer, lands] of [
    ['ada', true],
    ['ben', false],
  ] as const) {
    const repo = await ModelRepo.make({ policy: strict });
    await repo.change(writer);
    await repo.signoff('ada', 'model-owner');
    await repo.signoff('ben', 'validator');
    await repo.signoff(writer, 'author');
    await repo.git('switch', '-q', '-c', 'other', 'main');
    const program = new URL('../../dist/cli.js', import.meta.url).pathname;
    repo.write(
      '.git/hooks/pre-merge-commit',
      `#!/bin/sh\n'${process.execPath}' '${program}' hook run pre-merge-commit "$@" || exit 1\n`,
    );
    chmodSync(join(repo.dir, '.git/hooks/pre-merge-commit'), 0o755);
    const merged = await run('git', ['merge', '--no-ff', '--no-edit', 'change'], {
      cwd: repo.dir,
      env: as('ada'),
    });
    assert.equal(merged.code === 0, lands, `${writer}: ${merged.stderr.toString()}`);
    if (!lands) assert.match(merged.stderr.toString(), /1 independent validator missing/);
  }
});

test('a hook says what stands open, also of rules that the commit leaves alone', async () => {
  const program = new URL('../../dist/cli.js', import.meta.url).pathname;
  const repo = await ModelRepo.make({ upTo: 'owner' });
  await repo.signoff('ben', 'validator', {
    payload: { conditions: [{ text: 'rehearse the rollback', owner: 'ada', due: '2999-12-01' }] },
  });
  await repo.land();
  repo.write('docs/a.md', 'x\n');
  await repo.git('add', '-A');
  const { code, stdout } = await run(process.execPath, [program, 'hook', 'run', 'pre-commit'], {
    cwd: repo.dir,
    env: as('ada'),
  });
  assert.equal(code, 0);
  assert.match(
    stdout.toString(),
    /^· condition of ben for model-change, ada by 2999-12-01 \(open\): rehearse the rollback$/m,
  );
});

test('what nobody could look into is counted, and never passes', async () => {
  const large = `schema: countersign/decision@1\nid: DR-WHY001\ntitle: ${'a'.repeat(1_100_000)}\n`;
  for (const [path, text] of [
    ['.countersign/decisions/DR-WHY001.yaml', large],
    [`.countersign/signoffs/model-change/ben.${'0'.repeat(12)}.0000.yaml`, large],
  ] as const) {
    const repo = await ModelRepo.make();
    repo.write(path, text);
    await repo.commit('large', 'ada');
    const { result, verdict } = await judge(repo, { stage: 'records' });
    assert.deepEqual([result?.examined.skipped, verdict], [1, 'fail'], path);
    assert.deepEqual((await judge(repo, { stage: 'off' })).result?.examined.skipped, 0);
  }
  assert.equal((await judge(await ModelRepo.make({ upTo: 'both' }))).result?.examined.skipped, 0);
});

test('a target on what no metric is called is refused with its record, and makes no landing of before a bad one', async () => {
  const repo = await ModelRepo.make();
  repo.write(
    '.countersign/evaluations/EV-WHY0001.yaml',
    'schema: countersign/evaluation@1\nid: EV-WHY0001\ntitle: why\nkind: offline\ndata: {candidate: {path: data.csv}}\ncolumns: {label: y, prediction: p}\ntargets: [{metric: recal, op: ">=", value: 0.5}]\n',
  );
  await repo.commit('x', 'ada');
  assertJudged(await judge(repo, { stage: 'records' }), ['fail', 'record/metric']);
  await repo.land();
  const { result } = await audit(await openRepository(repo.dir), {});
  assert.equal(result.landings.at(-1)?.state, 'ungoverned');
});
