import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { audit } from '../../src/app/audit.ts';
import { openRepository } from '../../src/node/repository.ts';
import { assertJudged, judge } from './kit/judged.ts';
import { ModelRepo, raisedText } from './kit/model-repo.ts';
import { decisionPath, evaluated, measured, scores, sign } from './kit/measured.ts';
import { byResult, dataPath, signed } from './kit/by-result.ts';

/** What the last landing of main comes to in an audit, and why. */
async function lastLanded(
  repo: ModelRepo,
): Promise<readonly [state: string | undefined, codes: readonly string[], says: string]> {
  const { result } = await audit(await openRepository(repo.dir, process.env), {});
  const landing = result.landings.at(-1);
  return [
    landing?.state,
    landing?.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code) ?? [],
    JSON.stringify(landing?.findings),
  ];
}

for (const [how, said] of [
  ['squash', 'squash'],
  ['squash', undefined],
  ['squash', 'merge'],
  ['rebase', 'rebase'],
] as const) {
  for (const [what, path, state] of [
    ['elsewhere', 'model/other.py', said === 'merge' ? 'failed' : 'signed'],
    ['not at all', 'docs/a.md', 'signed'],
  ] as const) {
    test(`what was measured before the target moved ${what} and then landed by ${how}, where the policy says ${said ?? 'nothing of that'}, is ${state} in the audit`, async () => {
      const repo = await ModelRepo.make({
        ...byResult(),
        policy: { ...byResult().policy, landing: said },
      });
      await signed(repo);
      await repo.onMain(path, 'x = 1\n');
      assertJudged(await judge(repo), 'pass');
      if (how === 'rebase') await repo.gitAs('ada', ['rebase', '-q', 'main']);
      await repo.git('switch', '-q', 'main');
      await repo.gitAs('ada', [
        'merge',
        '-q',
        ...(how === 'rebase' ? ['--ff-only'] : ['--squash']),
        'change',
      ]);
      if (how === 'squash') await repo.commit('land', 'ada');
      const [found, , says] = await lastLanded(repo);
      assert.equal(found, state, says);
    });
  }
}

test('what was measured on other code than any head of a squash had is not signed in the audit', async () => {
  const repo = await ModelRepo.make(byResult());
  repo.write('model/more.py', 'x = 1\n');
  const path = await measured(repo);
  repo.write('model/more.py', 'x = 2\n');
  await repo.commit('after it was measured', 'ada');
  await sign(repo, decisionPath, path);
  assertJudged(await judge(repo), ['fail', 'evidence/result']);
  await repo.git('switch', '-q', 'main');
  await repo.gitAs('ada', ['merge', '-q', '--squash', 'change']);
  await repo.commit('land', 'ada');
  const [found, codes] = await lastLanded(repo);
  assert.deepEqual([found, codes], ['failed', ['evidence/result']]);
});

test('a merge that brings other code than was measured is signed by nobody’s result, in the check and in the audit', async () => {
  const repo = await ModelRepo.make(byResult());
  const path = await measured(repo);
  await repo.git('switch', '-q', 'main');
  await repo.onMain('docs/a.md', 'x\n');
  await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-commit', 'change']);
  repo.write('model/score.py', `${raisedText}# and more\n`);
  await repo.git('add', '-A');
  await repo.gitAs('ada', ['commit', '-qm', 'land more']);
  await repo.git('switch', '-q', '-c', 'evil');
  await repo.git('branch', '-f', 'main', 'evil~1');
  const evidence = await Promise.all(
    [decisionPath, path].map(async (file) => ({ path: file, sha256: await repo.sha256(file) })),
  );
  for (const [who, role] of [
    ['ada', 'model-owner'],
    ['ben', 'validator'],
  ] as const)
    await repo.signoff(who, role, { commit: false, payload: { evidence } });
  await repo.git('add', '-A');
  await repo.gitAs('ada', ['commit', '-q', '--amend', '--no-edit']);
  assertJudged(await judge(repo), ['fail', 'evidence/result']);
  await repo.git('switch', '-q', 'main');
  await repo.git('merge', '-q', '--ff-only', 'evil');
  const [found, codes, says] = await lastLanded(repo);
  assert.deepEqual([found, codes], ['failed', ['evidence/result']], says);
});

test('data whose line ends git changes are not measured, and are once git keeps their bytes', async () => {
  const repo = await ModelRepo.make(byResult());
  const anew = async (): Promise<void> => {
    rmSync(join(repo.dir, dataPath));
    await repo.git('checkout', '-q', '--', dataPath);
  };
  await repo.git('config', 'core.autocrlf', 'true');
  await anew();
  await assert.rejects(
    measured(repo),
    /data\/scores\.csv ends its lines in CRLF here, and git stores it with LF/,
  );
  await repo.git('reset', '-q', '--hard', 'main');
  repo.write('.git/info/attributes', `${dataPath} -text\n`);
  await anew();
  const path = await measured(repo);
  await sign(repo, decisionPath, path);
  assertJudged(await judge(repo), 'pass');
  // What somebody writes with CRLF, and git stores so, is measured as it is.
  await repo.git('config', 'core.autocrlf', 'false');
  repo.write(dataPath, scores.replaceAll('\n', '\r\n'));
  await evaluated(repo);
});
