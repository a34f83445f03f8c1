import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { audit } from '../../src/app/audit.ts';
import { runCommitHook, runPushHook } from '../../src/app/hook-run.ts';
import type { CheckResult } from '../../src/core/gate/check-result.ts';
import { openRepository } from '../../src/node/repository.ts';
import { playCases } from './kit/cases.ts';
import { as, ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { assertJudged, judge } from './kit/judged.ts';
import { policyText, policyValue } from './kit/policy.ts';
import { run } from './kit/processes.ts';

playCases('how much is asked for where', [
  {
    name: 'approvals of others, below all',
    want: 'pass',
    begin: { upTo: 'change' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ada', 'author');
      return { stage: 'author' };
    },
  },
  {
    name: 'what the author owes, at author',
    want: ['fail', 'checklist/unanswered'],
    begin: { upTo: 'change' },
    play: async () => ({ stage: 'author' }),
  },
  {
    name: 'what the author owes, below author',
    want: 'pass',
    begin: { upTo: 'change' },
    play: async () => ({ stage: 'records' }),
  },
  {
    name: 'a reject, at author: it can be committed and pushed, and so can what answers it',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.signoff('cy', 'validator', { payload: { decision: 'reject' } });
      return { stage: 'author' };
    },
  },
  {
    name: 'a forged sign-off, at records',
    want: ['fail', 'signoff/forged'],
    begin: { upTo: 'owner' },
    byCommand: true,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        edit: (text) => text.replace('ran them', 'ran all'),
      });
      return { stage: 'records' };
    },
  },
  {
    name: 'a sign-off deleted, at records',
    want: ['fail', 'signoff/deleted'],
    begin: { upTo: 'owner' },
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.git('rm', '-q', path);
      await repo.commit('gone', 'ada');
      return { stage: 'records' };
    },
  },
  {
    name: 'a broken record, at records',
    want: ['fail', 'record/missing-key'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\n',
      );
      await repo.commit('x', 'ada');
      return { stage: 'records' };
    },
  },
  {
    name: 'a record with a key twice',
    want: ['fail', 'record/duplicate-key'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\ntitle: a\ntitle: b\nstatus: accepted\nowner: ada\nrisk: low\n',
      );
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a record with an alias',
    want: ['fail', 'record/alias'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\ntitle: &t a\nowner: *t\nstatus: accepted\nrisk: low\n',
      );
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a record with a tag',
    want: ['fail', 'record/tag'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        'schema: countersign/decision@1\nid: DR-WHY001\ntitle: !!binary aGk=\nowner: ada\nstatus: accepted\nrisk: low\n',
      );
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a record of more than 1 MiB',
    want: ['fail', 'record/too-large'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        `schema: countersign/decision@1\nid: DR-WHY001\ntitle: ${'a'.repeat(1_100_000)}\n`,
      );
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a record nested without end',
    want: ['fail', 'record/too-deep'],
    play: async (repo) => {
      repo.write(
        '.countersign/decisions/DR-WHY001.yaml',
        `schema: countersign/decision@1\nid: DR-WHY001\nx-a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
      );
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a record that is a link',
    want: ['fail', 'record/not-a-file'],
    play: async (repo) => {
      repo.write('docs/x', 'x');
      const oid = (await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: '../../docs/x' }))
        .toString()
        .trim();
      await repo.git(
        'update-index',
        '--add',
        '--cacheinfo',
        `120000,${oid},.countersign/decisions/DR-WHY001.yaml`,
      );
      await repo.gitAs('ada', ['commit', '-qm', 'x']);
    },
  },
  {
    name: 'a review event edited',
    want: ['fail', 'review/edited'],
    begin: { files: { '.countersign/reviews/DR-WHY001/e1.yaml': reviewEvent('fine') } },
    play: async (repo) => {
      repo.write('.countersign/reviews/DR-WHY001/e1.yaml', reviewEvent('not fine'));
      await repo.commit('x', 'ada');
      return { stage: 'records' };
    },
  },
  {
    name: 'a review event deleted',
    want: ['fail', 'review/deleted'],
    begin: { files: { '.countersign/reviews/DR-WHY001/e1.yaml': reviewEvent('fine') } },
    play: async (repo) => {
      await repo.git('rm', '-q', '.countersign/reviews/DR-WHY001/e1.yaml');
      await repo.commit('x', 'ada');
    },
  },
  {
    name: 'a conflict is no matter of a commit',
    want: 'pass',
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.onMain('model/score.py', scoreText.replace('> 12', '> 11'));
      return { stage: 'records' };
    },
  },
  {
    name: 'a conflict with a target that has more sign-offs deletes none of them',
    want: ['pass', 'change/conflict'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.land();
      await repo.git('switch', '-q', '-c', 'late', 'main~3');
      await repo.change('ada', scoreText.replace('> 12', '> 11'));
      await repo.signoff('ada', 'author');
      return { stage: 'author' };
    },
  },
  {
    name: 'a sign-off that is deleted beside a conflict is',
    want: ['fail', 'signoff/deleted'],
    begin: { upTo: 'both' },
    play: async (repo) => {
      await repo.land();
      await repo.git('switch', '-q', '-c', 'late', 'main~3');
      await repo.change('ada', scoreText.replace('> 12', '> 11'));
      const path = await repo.signoff('ada', 'author');
      await repo.git('rm', '-q', path);
      await repo.commit('gone', 'ada');
      return { stage: 'records' };
    },
  },
  {
    name: 'switched off by who asks',
    want: 'pass',
    begin: { upTo: 'change' },
    play: async () => ({ stage: 'off' }),
  },
  {
    name: 'no variable switches it off',
    want: ['fail', 'requirement/unmet'],
    begin: { upTo: 'change' },
    byCommand: true,
    play: async () => ({
      env: {
        COUNTERSIGN: 'off',
        COUNTERSIGN_SKIP: '1',
        SKIP: 'countersign',
        HUSKY: '0',
        CI: 'false',
        COUNTERSIGN_STAGE: 'off',
        COUNTERSIGN_HOOK_PROBE: '1',
      },
    }),
  },
]);

function reviewEvent(body: string): string {
  return `schema: countersign/review@1\nthread: t1\nrecord: DR-WHY001\ntype: comment\nbody: ${body}\nby: ben@example.org\nat: 2026-11-23T06:00:00Z\n`;
}

/** What the hook before pushes says of one push. */
async function pushed(
  repo: ModelRepo,
  remoteRef: string,
  local: string,
  remoteOid: string,
): Promise<CheckResult | undefined> {
  const oid = await repo.git('rev-parse', local);
  const [check] = await runPushHook(
    await openRepository(repo.dir, process.env),
    `refs/heads/${local} ${oid} ${remoteRef} ${remoteOid}\n`,
  );
  return check?.result;
}

const nothing = '0'.repeat(40);
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
