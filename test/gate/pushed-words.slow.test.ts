import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runPushHook } from '../../src/app/hook-run.ts';
import type { CheckResult, Stage } from '../../src/core/gate/check-result.ts';
import { openRepository } from '../../src/node/repository.ts';
import { type ModelRepo, scoreText } from './kit/model-repo.ts';
import { reject, unanswered } from './kit/unanswered.ts';

/** What the hook before pushes says, where the remote's branch has a commit already. */
async function pushed(
  repo: ModelRepo,
  has: string,
  remoteRef = 'refs/heads/change',
): Promise<CheckResult | undefined> {
  const [check] = await runPushHook(
    await openRepository(repo.dir, process.env),
    `refs/heads/change ${await repo.git('rev-parse', 'HEAD')} ${remoteRef} ${has}\n`,
  );
  return check?.result;
}

type PushRow = {
  readonly name: string;
  readonly stage: Stage;
  readonly exit: number;
  readonly target?: string;
  readonly play: (repo: ModelRepo) => Promise<string>;
};

const pushes: readonly PushRow[] = [
  { name: 'code', stage: 'author', exit: 1, play: (repo) => repo.git('rev-parse', 'main') },
  {
    name: 'words over code that the branch has there',
    stage: 'records',
    exit: 0,
    play: async (repo) => {
      const has = await repo.git('rev-parse', 'HEAD');
      await reject(repo);
      await repo.commit('x', 'ben');
      return has;
    },
  },
  {
    name: 'a branch that is new there',
    stage: 'author',
    exit: 1,
    play: async (repo) => {
      await reject(repo);
      await repo.commit('x', 'ben');
      return '0'.repeat(40);
    },
  },
  {
    name: 'words over a commit that is not in this clone',
    stage: 'author',
    exit: 1,
    play: async (repo) => {
      await reject(repo);
      await repo.commit('x', 'ben');
      return '1'.repeat(40);
    },
  },
  {
    name: 'words and code that is taken back',
    stage: 'author',
    exit: 1,
    play: async (repo) => {
      const has = await repo.git('rev-parse', 'HEAD');
      await reject(repo);
      await repo.change('ada', scoreText);
      await repo.change('ada');
      return has;
    },
  },
  {
    name: 'words and a merge that takes code in from the target',
    stage: 'author',
    exit: 1,
    play: async (repo) => {
      const has = await repo.git('rev-parse', 'HEAD');
      await repo.onMain('model/more.py', 'x = 1\n');
      await repo.gitAs('ada', ['merge', '-q', '--no-edit', 'main']);
      await reject(repo);
      await repo.commit('x', 'ben');
      return has;
    },
  },
  { name: 'nothing', stage: 'author', exit: 1, play: (repo) => repo.git('rev-parse', 'HEAD') },
  {
    name: 'words that were forged',
    stage: 'records',
    exit: 1,
    play: async (repo) => {
      const has = await repo.git('rev-parse', 'HEAD');
      await repo.signoff('ben', 'validator', {
        edit: (text) => text.replace('ran them', 'ran all'),
      });
      return has;
    },
  },
  {
    name: 'a branch that is new there and goes on from one that is there',
    stage: 'records',
    exit: 0,
    play: async (repo) => {
      await repo.git('update-ref', 'refs/remotes/origin/change', 'HEAD');
      await reject(repo);
      await repo.commit('x', 'ben');
      return '0'.repeat(40);
    },
  },
  {
    name: 'a branch that is new there, with code of its own',
    stage: 'author',
    exit: 1,
    play: async (repo) => {
      await repo.git('update-ref', 'refs/remotes/origin/change', 'HEAD');
      await repo.change('ben', scoreText.replace('> 12', '> 14'));
      await reject(repo);
      await repo.commit('x', 'ben');
      return '0'.repeat(40);
    },
  },
  {
    name: 'words, to a target',
    stage: 'all',
    exit: 0,
    target: 'refs/heads/main',
    play: async (repo) => {
      const has = await repo.git('rev-parse', 'HEAD');
      await reject(repo);
      await repo.commit('x', 'ben');
      return has;
    },
  },
];

describe('a push is judged by what the remote’s branch lacks', { concurrency: 3 }, () => {
  for (const { name, stage, exit, target, play } of pushes) {
    test(name, async () => {
      const repo = await unanswered();
      const result = await pushed(repo, await play(repo), target);
      assert.deepEqual(
        [result?.stage, result?.exit],
        [stage, exit],
        JSON.stringify(result?.findings),
      );
    });
  }
});
