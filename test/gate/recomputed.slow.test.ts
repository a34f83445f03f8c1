import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { approvedBytes } from '../../src/app/approved.ts';
import { audit } from '../../src/app/audit.ts';
import { openRepository } from '../../src/node/repository.ts';
import { playCases } from './kit/cases.ts';
import { assertJudged, judge, type Question } from './kit/judged.ts';
import { freshFolder, ModelRepo } from './kit/model-repo.ts';
import {
  decisionPath,
  evaluation,
  evaluationPath,
  measured,
  rewritten,
  scores,
  sign,
} from './kit/measured.ts';
import { policyWithRule } from './kit/policy.ts';
import { must } from './kit/processes.ts';
import { bad, byResult, dataPath, outside, pointerOf, signed, signedOn } from './kit/by-result.ts';

const again = (data: Readonly<Record<string, string>> = { [dataPath]: scores }) =>
  byResult(data, { verify: 'recompute' });

/** A clone as a job of CI makes it: the history, and nothing checked out. */
async function withoutFiles(repo: ModelRepo): Promise<Question> {
  const dir = join(await freshFolder(), 'clone');
  await must('git', ['clone', '-q', '--no-checkout', `file://${repo.dir}`, dir]);
  await must('git', ['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main'], {
    cwd: dir,
  });
  return { dir, range: 'origin/main...origin/change', recompute: true };
}

/** Counts that the data do not give, under data that are named as they are. */
const forge = (repo: ModelRepo, path: string): Promise<string> =>
  rewritten(repo, path, (text) =>
    text.replaceAll('"tp": 60', '"tp": 65').replaceAll('"fn": 5', '"fn": 0'),
  );
const few = {
  ...again(),
  policy: policyWithRule(
    { evidence: [{ kind: 'result', verdict: 'pass', verify: 'recompute' }] },
    { privacy: { min_cell: 10 } },
  ),
};

playCases('a result that is computed again', [
  {
    name: 'in a working tree that holds something else',
    want: 'pass',
    begin: again(),
    byCommand: true,
    play: async (repo) => {
      const path = await signed(repo);
      repo.write(dataPath, bad);
      repo.write(evaluationPath, evaluation(0.99));
      repo.write(path, '{}');
      return { recompute: true };
    },
  },
  {
    name: 'in a clone without a checkout',
    want: 'pass',
    begin: again(),
    byCommand: true,
    play: async (repo) => {
      await signed(repo);
      return withoutFiles(repo);
    },
  },
  {
    name: 'forged, in a clone without a checkout',
    want: ['fail', 'evidence/result'],
    begin: again(),
    byCommand: true,
    play: async (repo) => {
      const path = await forge(repo, await measured(repo));
      await sign(repo, decisionPath, path);
      return withoutFiles(repo);
    },
  },
  {
    name: 'forged, in a working tree whose data give it',
    want: ['fail', 'evidence/result'],
    begin: again(),
    play: async (repo) => {
      const path = await forge(repo, await measured(repo));
      await sign(repo, decisionPath, path);
      repo.write(dataPath, scores.replaceAll('1,0\n', '1,1\n'));
      return { recompute: true };
    },
  },
  {
    name: 'of few people, whose counts are not stored',
    want: 'pass',
    begin: few,
    play: async (repo) => {
      await signed(repo);
      return { recompute: true };
    },
  },
  {
    name: 'of few people, forged',
    want: ['fail', 'evidence/result'],
    begin: { ...few, files: { ...few.files, [evaluationPath]: evaluation(0.99) } },
    play: async (repo) => {
      const path = await rewritten(repo, await measured(repo), (text) =>
        text.replace('"verdict": "fail"', '"verdict": "pass"'),
      );
      await sign(repo, decisionPath, path);
      return { recompute: true };
    },
  },
  {
    name: 'on data that git does not have and that lie here',
    want: ['pass', 'evidence/unverified'],
    begin: again(outside),
    byCommand: true,
    play: async (repo) => {
      repo.write(dataPath, scores);
      await signed(repo);
      return { recompute: true };
    },
  },
  {
    name: 'on data that git does not have and that lie here otherwise',
    want: ['fail', 'evidence/result'],
    begin: again(outside),
    play: async (repo) => {
      repo.write(dataPath, scores);
      await signed(repo);
      repo.write(dataPath, bad);
      return { recompute: true };
    },
  },
  {
    name: 'on data that git does not have and that do not lie here',
    want: ['fail', 'evidence/result'],
    begin: again(outside),
    byCommand: true,
    play: async (repo) => {
      repo.write(dataPath, scores);
      await signed(repo);
      return withoutFiles(repo);
    },
  },
  {
    name: 'on data that a pointer stands for and that lie here',
    want: 'pass',
    begin: again({ [dataPath]: pointerOf(scores) }),
    play: async (repo) => {
      await signedOn(scores)(repo);
      repo.write(dataPath, scores);
      return { recompute: true };
    },
  },
  {
    name: 'on data that a pointer stands for and that do not lie here',
    want: ['fail', 'evidence/result'],
    begin: again({ [dataPath]: pointerOf(scores) }),
    play: async (repo) => {
      await signedOn(scores)(repo);
      return { recompute: true };
    },
  },
  {
    name: 'where the check does not do that',
    want: ['pass', 'evidence/not-recomputed'],
    begin: again(),
    play: async (repo) => {
      await signed(repo);
    },
  },
]);

test('what was computed again before it landed is signed in the audit, which says that it was not computed again there', async () => {
  const repo = await ModelRepo.make(again());
  await signed(repo);
  await repo.git('switch', '-q', 'main');
  await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'land', 'change']);
  const repository = await openRepository(repo.dir, process.env);
  const { result } = await audit(repository, {});
  const landing = result.landings.at(-1);
  assert.equal(landing?.state, 'signed');
  // The plan stands as it was, so nothing is said of it.
  assert.deepEqual(
    landing.findings.map(({ code, severity }) => `${severity} ${code}`),
    ['warning evidence/not-recomputed'],
  );
  const approved = await approvedBytes(
    repository,
    [{ file: 'model/score.py', sha256: await repo.sha256('model/score.py') }],
    {},
  );
  assert.equal(approved.exit, 0);
});

test('what was measured before the target moved elsewhere is signed in the audit, as it passed before it landed', async () => {
  const repo = await ModelRepo.make(byResult());
  await signed(repo);
  await repo.onMain('model/other.py', 'x = 1\n');
  assertJudged(await judge(repo), 'pass');
  await repo.git('switch', '-q', 'main');
  await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'land', 'change']);
  const { result } = await audit(await openRepository(repo.dir, process.env), {});
  assert.equal(
    result.landings.at(-1)?.state,
    'signed',
    JSON.stringify(result.landings.at(-1)?.findings),
  );
});
