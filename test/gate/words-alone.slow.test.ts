import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runPushHook } from '../../src/app/hook-run.ts';
import type { CheckResult, Stage } from '../../src/core/gate/check-result.ts';
import { openRepository } from '../../src/node/repository.ts';
import { as, ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { policyValue } from './kit/policy.ts';
import { run } from './kit/processes.ts';

const program = new URL('../../dist/cli.js', import.meta.url).pathname;
const event = '.countersign/reviews/DR-WHY001/e1.yaml';
const eventText =
  'schema: countersign/review@1\nthread: t1\nrecord: DR-WHY001\ntype: comment\nbody: why?\nby: ben@example.org\nat: 2026-11-23T06:00:00Z\n';

/** A branch with a change of Ada's for which she has answered nothing yet, and the hooks of commits and merges. */
async function unanswered(stages: Readonly<Record<string, Stage>> = {}): Promise<ModelRepo> {
  const repo = await ModelRepo.make({
    upTo: 'change',
    policy: policyValue({ stages }),
    files: {
      '.countersign/decisions/DR-WHY001.yaml':
        'schema: countersign/decision@1\nid: DR-WHY001\ntitle: why\nstatus: proposed\nowner: ada\nrisk: low\n',
    },
  });
  for (const hook of ['pre-commit', 'pre-merge-commit']) {
    repo.write(`.git/hooks/${hook}`, '');
    writeFileSync(
      join(repo.dir, '.git/hooks', hook),
      `#!/bin/sh\n'${process.execPath}' '${program}' hook run ${hook} "$@" || exit 1\n`,
    );
    chmodSync(join(repo.dir, '.git/hooks', hook), 0o755);
  }
  return repo;
}

/** What git's own command comes to with the hooks; the first line of what it complains of where it is refused. */
async function hooked(repo: ModelRepo, who: string, args: readonly string[]): Promise<string> {
  const { code, stderr, stdout } = await run('git', args, { cwd: repo.dir, env: as(who) });
  return code === 0 ? 'done' : `${stderr}${stdout}`;
}

const commit = async (repo: ModelRepo, who: string): Promise<string> => {
  await repo.git('add', '-A');
  return hooked(repo, who, ['commit', '-qm', 'words']);
};

const reject = (repo: ModelRepo): Promise<string> =>
  repo.signoff('ben', 'validator', { commit: false, payload: { decision: 'reject' } });

type Row = {
  readonly name: string;
  readonly stages?: Readonly<Record<string, Stage>>;
  readonly play: (repo: ModelRepo) => Promise<string>;
  readonly want: RegExp;
};

const rows: readonly Row[] = [
  {
    name: 'code that the author has not answered for waits',
    want: /the author has not answered "tests-pass"/,
    play: async (repo) => {
      repo.write('model/score.py', raisedText.replace('13', '14'));
      return commit(repo, 'ada');
    },
  },
  {
    name: 'so does a note beside it',
    want: /has not answered/,
    play: async (repo) => {
      repo.write('docs/a.md', 'x\n');
      return commit(repo, 'ada');
    },
  },
  {
    name: 'and a commit of nothing',
    want: /has not answered/,
    play: (repo) => hooked(repo, 'ada', ['commit', '-q', '--allow-empty', '-m', 'x']),
  },
  {
    name: 'a reject does not',
    want: /^done$/,
    play: async (repo) => {
      await reject(repo);
      return commit(repo, 'ben');
    },
  },
  {
    name: 'nor does it where commits are asked for everything',
    stages: { 'pre-commit': 'all' },
    want: /^done$/,
    play: async (repo) => {
      await reject(repo);
      return commit(repo, 'ben');
    },
  },
  {
    name: 'nor a withdrawal',
    want: /^done$/,
    play: async (repo) => {
      const replaces = await repo.payloadId(await repo.signoff('ben', 'validator'));
      await repo.signoff('ben', 'validator', {
        commit: false,
        payload: { decision: 'withdraw', replaces },
      });
      return commit(repo, 'ben');
    },
  },
  {
    name: 'nor an approval',
    want: /^done$/,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', { commit: false });
      return commit(repo, 'ben');
    },
  },
  {
    name: 'nor what somebody says of a record',
    want: /^done$/,
    play: async (repo) => {
      repo.write(event, eventText);
      return commit(repo, 'ben');
    },
  },
  {
    name: 'nor a sign-off that is committed alone while code is staged',
    want: /^done$/,
    play: async (repo) => {
      const path = await reject(repo);
      repo.write('model/score.py', scoreText);
      await repo.git('add', '-A');
      return hooked(repo, 'ben', ['commit', '-qm', 'x', '--', path]);
    },
  },
  {
    name: 'a reject beside code waits',
    want: /has not answered/,
    play: async (repo) => {
      await reject(repo);
      repo.write('model/score.py', raisedText.replace('13', '14'));
      return commit(repo, 'ben');
    },
  },
  {
    name: 'code among the sign-offs is refused',
    want: /only sign-offs and exceptions may lie here/,
    play: async (repo) => {
      await reject(repo);
      repo.write('.countersign/signoffs/model-change/score.py', scoreText);
      return commit(repo, 'ben');
    },
  },
  {
    name: 'code under the name of a sign-off too',
    want: /fail: \.countersign\/signoffs\/model-change\/ben\.000000000000\.0000\.yaml/,
    play: async (repo) => {
      repo.write(`.countersign/signoffs/model-change/ben.${'0'.repeat(12)}.0000.yaml`, scoreText);
      return commit(repo, 'ben');
    },
  },
  {
    name: 'and under that of a review’s event',
    want: /fail: \.countersign\/reviews\/DR-WHY001\/e1\.yaml/,
    play: async (repo) => {
      repo.write(event, scoreText);
      return commit(repo, 'ben');
    },
  },
  {
    name: 'and in a folder that is the same where case does not count',
    want: /only sign-offs and exceptions may lie here/,
    play: async (repo) => {
      repo.write(`.countersign/Signoffs/model-change/ben.${'0'.repeat(12)}.0000.yaml`, scoreText);
      return commit(repo, 'ben');
    },
  },
  {
    name: 'a link under the name of a sign-off is refused',
    want: /fail: /,
    play: async (repo) => {
      const oid = (
        await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: '../../../model/score.py' })
      )
        .toString()
        .trim();
      await repo.git(
        'update-index',
        '--add',
        '--cacheinfo',
        `120000,${oid},.countersign/signoffs/model-change/ben.${'0'.repeat(12)}.0000.yaml`,
      );
      return hooked(repo, 'ben', ['commit', '-qm', 'x']);
    },
  },
  {
    name: 'a forged sign-off is refused',
    want: /fail: .*signature/,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        commit: false,
        edit: (text) => text.replace('ran them', 'ran all'),
      });
      return commit(repo, 'ben');
    },
  },
  {
    name: 'so is one that is deleted',
    want: /a signed record was deleted/,
    play: async (repo) => {
      const path = await repo.signoff('ben', 'validator');
      await repo.git('rm', '-q', path);
      return commit(repo, 'ada');
    },
  },
  {
    name: 'a stage that is off stays off',
    stages: { 'pre-commit': 'off' },
    want: /^done$/,
    play: async (repo) => {
      await repo.signoff('ben', 'validator', {
        commit: false,
        edit: (text) => text.replace('ran them', 'ran all'),
      });
      return commit(repo, 'ben');
    },
  },
  {
    name: 'a merge that takes in somebody’s words goes through',
    want: /^done$/,
    play: async (repo) => {
      await theirs(repo, async () => {
        await reject(repo);
      });
      return merge(repo);
    },
  },
  {
    name: 'one that takes in their code waits',
    want: /has not answered/,
    play: async (repo) => {
      await theirs(repo, async () => {
        await reject(repo);
        repo.write('model/more.py', 'x = 1\n');
      });
      return merge(repo);
    },
  },
  {
    name: 'and so does one that leaves their code out behind words',
    want: /has not answered/,
    play: async (repo) => {
      await theirs(repo, async () => repo.write('model/more.py', 'x = 1\n'));
      await repo.gitAs('ada', ['merge', '-q', '--no-commit', '--strategy=ours', 'theirs']);
      await reject(repo);
      return commit(repo, 'ada');
    },
  },
];

/** Ben goes on from the change on a branch of his own, Ada with a note. */
async function theirs(repo: ModelRepo, write: () => unknown): Promise<void> {
  await repo.git('switch', '-q', '-c', 'theirs');
  await write();
  await repo.commit('theirs', 'ben');
  await repo.git('switch', '-q', 'change');
  repo.write('docs/mine.md', 'x\n');
  await repo.commit('mine', 'ada');
}

const merge = (repo: ModelRepo): Promise<string> =>
  hooked(repo, 'ada', ['merge', '-q', '--no-ff', '--no-edit', 'theirs']);

describe('words never wait for the code', { concurrency: 3 }, () => {
  for (const { name, stages, want, play } of rows)
    test(name, async () => assert.match(await play(await unanswered(stages)), want));
});

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
