import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Stage } from '../../src/core/gate/check-result.ts';
import { type ModelRepo, raisedText, scoreText } from './kit/model-repo.ts';
import { commit, hooked, merge, reject, theirs, unanswered } from './kit/unanswered.ts';

const event = '.countersign/reviews/DR-WHY001/e1.yaml';
const eventText =
  'schema: countersign/review@1\nthread: t1\nrecord: DR-WHY001\ntype: comment\nbody: why?\nby: ben@example.org\nat: 2026-11-23T06:00:00Z\n';

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

describe('words never wait for the code', { concurrency: 3 }, () => {
  for (const { name, stages, want, play } of rows)
    test(name, async () => assert.match(await play(await unanswered(stages)), want));
});
