import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { standingOfSignoffs } from '../../src/app/signoff-standing.ts';
import { type VerifiedFile, verifySignoffs } from '../../src/app/verify.ts';
import { openRepository } from '../../src/node/repository.ts';
import { caseTime } from './kit/judged.ts';
import { type Beginning, ModelRepo, raisedText } from './kit/model-repo.ts';
import { ben, change } from './kit/verified.ts';
import { cases } from './kit/verified-cases.ts';

async function verify(
  repo: ModelRepo,
  paths: readonly string[],
  now = caseTime,
): Promise<readonly VerifiedFile[]> {
  const repository = await openRepository(repo.dir);
  return (await verifySignoffs({ ...repository, clock: { now: () => new Date(now) } }, paths))
    .signoffs;
}

/** What `show` and `trail` say of the same file, for the bytes that are here. */
async function shownState(
  repo: ModelRepo,
  path: string,
  now = caseTime,
): Promise<string | undefined> {
  const repository = await openRepository(repo.dir);
  return (
    await standingOfSignoffs({ ...repository, clock: { now: () => new Date(now) } }, [path])
  )[0]?.state;
}

describe('what verify says of a signed file', { concurrency: 2 }, () => {
  for (const { name, begin = change, play, want, code, now, landed: isLanded } of cases) {
    test(name, async () => {
      const repo = await ModelRepo.make(typeof begin === 'function' ? await begin() : begin);
      const path = await play(repo);
      const [found, ...rest] = await verify(repo, [path], now);
      assert.deepEqual(rest, []);
      assert.equal(found?.state, want, JSON.stringify(found));
      assert.equal(found?.landed, isLanded ?? false);
      const codes = found?.findings.map((finding) => finding.code) ?? [];
      if (code !== undefined) assert.deepEqual(codes, [code]);
      else if (want === 'valid') assert.deepEqual(codes, []);
      // Nothing is shown of what no known key signed.
      assert.equal(
        found?.person === null,
        want === 'forged' || want === 'unknown-signer',
        JSON.stringify(found),
      );
      assert.equal(found?.key !== null, found?.person !== null);
      const unrevoked = name.endsWith('another change') ? 'stale' : want;
      if (path.includes('/signoffs/'))
        assert.equal(
          await shownState(repo, path, now),
          code === 'signoff/revoked' ? 'revoked' : unrevoked,
        );
      // Asked for nothing in particular, it looks at every signed file.
      assert.ok(
        (await verify(repo, [], now)).some(({ file, state }) => file === path && state === want),
      );
    });
  }
});

type Missing = {
  readonly name: string;
  readonly begin?: Beginning;
  readonly play: (repo: ModelRepo) => Promise<string>;
  readonly want: readonly string[];
  readonly fix?: RegExp;
};

const gone = ['signoff/deleted'];
const missing: readonly Missing[] = [
  { name: 'nothing', play: (repo) => ben(repo), want: [] },
  {
    name: 'one of the branch that a commit deleted',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.git('rm', '-q', path);
      await repo.commit('gone', 'ada');
      return path;
    },
    want: gone,
    fix: /git restore --staged --worktree --source=[0-9a-f]{12} -- /,
  },
  {
    name: 'one of the branch that is staged as deleted',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.git('rm', '-q', path);
      return path;
    },
    want: gone,
  },
  {
    name: 'one that is deleted here, and not staged so',
    play: async (repo) => {
      const path = await ben(repo);
      rmSync(join(repo.dir, path));
      return path;
    },
    want: gone,
    fix: /git restore --worktree -- /,
  },
  {
    name: 'one that landed',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      await repo.git('rm', '-q', path);
      await repo.commit('gone', 'ada');
      return path;
    },
    want: gone,
    fix: /--source=[0-9a-f]{12} -- /,
  },
  {
    name: 'one that landed, its whole folder',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      rmSync(join(repo.dir, '.countersign/signoffs'), { recursive: true });
      return path;
    },
    want: gone,
  },
  {
    name: 'one that was edited',
    play: async (repo) => {
      const path = await ben(repo);
      repo.write(path, (await repo.read(path)).replace('ran them', 'ran all'));
      await repo.commit('edited', 'ada');
      return path;
    },
    want: ['signoff/edited'],
  },
  {
    name: 'an exception',
    play: async (repo) => {
      const path = await repo.exception('eve');
      await repo.git('rm', '-q', path);
      return path;
    },
    want: gone,
  },
  {
    name: 'none where only the target has it',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      await repo.git('switch', '-q', '-c', 'late', 'main~2');
      repo.write('docs/a.md', 'x');
      await repo.commit('late', 'ada');
      return path;
    },
    want: [],
  },
  {
    name: 'none where only the target has it, and the two conflict',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      await repo.git('switch', '-q', '-c', 'late', 'main~2');
      await repo.change('ada', raisedText.replace('13', '14'));
      return path;
    },
    want: [],
  },
  {
    name: 'none where a sparse checkout leaves it out',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.git('sparse-checkout', 'set', '--no-cone', '/*', '!/.countersign/signoffs/');
      return path;
    },
    want: [],
  },
];

describe('what verify misses', { concurrency: 2 }, () => {
  for (const { name, begin = change, play, want, fix = /./ } of missing) {
    test(name, async () => {
      const repo = await ModelRepo.make(begin);
      const path = await play(repo);
      const found = (await verifySignoffs(await openRepository(repo.dir), [])).missing;
      assert.deepEqual(
        found.map(({ code }) => code),
        want,
        JSON.stringify(found),
      );
      for (const finding of found) {
        assert.equal(finding.path, path);
        assert.match(finding.fix ?? '', fix);
      }
    });
  }
});

test('what was signed for another target is judged for that one where it landed, and where one asks for it', async () => {
  const repo = await ModelRepo.make(change);
  const carried = await ben(repo);
  await repo.land();
  await repo.git('branch', 'release/1');
  const here = await openRepository(repo.dir);
  const at = { ...here, clock: { now: () => new Date(caseTime) } };
  assert.deepEqual(
    (await verifySignoffs(at, [], 'release/1')).signoffs.map(({ file, state, target }) => [
      file,
      state,
      target,
    ]),
    [[carried, 'valid', 'refs/heads/main']],
  );
  await repo.change('ada', `${raisedText}#\n`);
  const path = await ben(repo, { target: 'release/1' });
  const of = async (target?: string): Promise<readonly unknown[]> =>
    (await verifySignoffs(at, [path], target)).signoffs.map(({ state, findings }) => [
      state,
      ...findings.map(({ code }) => code),
    ]);
  assert.deepEqual(await of(), [['not-allowed', 'signoff/elsewhere']]);
  assert.deepEqual(await of('release/1'), [['valid']]);
  await assert.rejects(of('topic'), /no branch topic|target\/unlisted|no target topic/);
});
