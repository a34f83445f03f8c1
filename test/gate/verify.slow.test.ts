import assert from 'node:assert/strict';
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { standingOfSignoffs } from '../../src/app/signoff-standing.ts';
import { type VerifiedFile, verifySignoffs } from '../../src/app/verify.ts';
import { openRepository } from '../../src/node/repository.ts';
import { caseTime } from './kit/judged.ts';
import { signerLines } from './kit/keys.ts';
import { type Beginning, ModelRepo, raisedText } from './kit/model-repo.ts';
import { policyText, policyValue, policyWithRule } from './kit/policy.ts';

const everybody = ['ada', 'ben', 'cy', 'dee', 'eve', 'fay'];
const signersPath = '.countersign/allowed_signers';
const policyPath = '.countersign/policy.yaml';
const revokedPath = '.countersign/revoked_keys';
const change = { upTo: 'change' } as const;

const lineOf = async (who: string): Promise<string> =>
  (await signerLines([who])).replace(/^\S+ \S+ /, '');
const withKeyOfBen = async (options: string): Promise<Beginning> => ({
  ...change,
  signers: `${await signerLines(everybody.filter((who) => who !== 'ben'))}${await signerLines(['ben'], options)}`,
});

type Verified = {
  readonly name: string;
  readonly begin?: Beginning | (() => Promise<Beginning>);
  /** What happens; the file that is looked at. */
  readonly play: (repo: ModelRepo) => Promise<string>;
  readonly want: VerifiedFile['state'];
  readonly code?: string;
  readonly now?: string;
  readonly landed?: true;
};

async function verify(
  repo: ModelRepo,
  paths: readonly string[],
  now = caseTime,
): Promise<readonly VerifiedFile[]> {
  const repository = await openRepository(repo.dir);
  return (await verifySignoffs({ ...repository, clock: { now: () => new Date(now) } }, paths))
    .signoffs;
}

/** Lets what was signed land, then a change of the policy by two admins, and goes on from there. */
async function landed(repo: ModelRepo, edit: () => Promise<void> | void): Promise<void> {
  await repo.land();
  await edit();
  await repo.commit('policy', 'ada');
  await repo.admins();
  await repo.land('after');
}

const ben = (repo: ModelRepo, options: Parameters<ModelRepo['signoff']>[2] = {}): Promise<string> =>
  repo.signoff('ben', 'validator', options);

const cases: readonly Verified[] = [
  { name: 'as it was signed', play: (repo) => ben(repo), want: 'valid' },
  { name: 'before it is staged', play: (repo) => ben(repo, { commit: false }), want: 'valid' },
  {
    name: 'of a change that moved',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.change('ada', `${raisedText}#\n`);
      return path;
    },
    want: 'stale',
    code: 'signoff/stale',
  },
  {
    name: 'by a key that has expired',
    begin: () => withKeyOfBen('namespaces="model-signoff",valid-before="20261101Z"'),
    play: (repo) => ben(repo),
    want: 'expired',
    code: 'signoff/expired',
  },
  {
    name: 'longer ago than the policy allows',
    begin: { ...change, policy: policyWithRule({ max_age_days: 7 }) },
    play: (repo) => ben(repo, { payload: { signed_at: '2026-11-01T00:00:00Z' } }),
    want: 'expired',
    code: 'signoff/too-old',
  },
  {
    name: 'by a key that the change revokes',
    play: async (repo) => {
      const path = await ben(repo);
      repo.write(revokedPath, await lineOf('ben'));
      await repo.commit('stolen', 'ada');
      return path;
    },
    want: 'revoked',
    code: 'signoff/revoked',
  },
  {
    name: 'by a key that is staged as revoked',
    play: async (repo) => {
      const path = await ben(repo);
      repo.write(revokedPath, await lineOf('ben'));
      await repo.git('add', '-A');
      return path;
    },
    want: 'revoked',
    code: 'signoff/revoked',
  },
  {
    name: 'by another’s key',
    play: (repo) => ben(repo, { key: 'cy' }),
    want: 'not-allowed',
    code: 'signoff/not-allowed',
  },
  {
    name: 'in a role that the signer has not',
    play: (repo) => repo.signoff('ben', 'ethics'),
    want: 'not-allowed',
    code: 'signoff/not-allowed',
  },
  {
    name: 'for another branch',
    play: (repo) => ben(repo, { payload: { target: 'refs/heads/release/1' } }),
    want: 'not-allowed',
    code: 'signoff/elsewhere',
  },
  {
    name: 'by a key that nobody knows',
    play: (repo) => ben(repo, { key: 'mallory' }),
    want: 'unknown-signer',
    code: 'signoff/unknown-signer',
  },
  {
    name: 'for something else',
    play: (repo) => ben(repo, { namespace: 'git' }),
    want: 'forged',
    code: 'signoff/forged',
  },
  {
    name: 'edited afterwards',
    play: (repo) => ben(repo, { edit: (text) => text.replace('"approve"', '"reject"') }),
    want: 'forged',
    code: 'signoff/forged',
  },
  {
    name: 'as a program',
    play: async (repo) => {
      const path = await ben(repo);
      chmodSync(join(repo.dir, path), 0o755);
      await repo.commit('mode', 'ada');
      return path;
    },
    want: 'forged',
    code: 'signoff/mode',
  },
  {
    name: 'as a link',
    play: async (repo) => {
      const path = await ben(repo);
      const text = await repo.read(path);
      rmSync(join(repo.dir, path));
      repo.write('elsewhere.yaml', text);
      symlinkSync('../../../elsewhere.yaml', join(repo.dir, path));
      return path;
    },
    want: 'forged',
    code: 'signoff/mode',
  },
  {
    name: 'that landed',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      return path;
    },
    want: 'valid',
    landed: true,
  },
  {
    name: 'that landed, under another change',
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      await repo.change('ada', `${raisedText}#\n`);
      return path;
    },
    want: 'valid',
    landed: true,
  },
  {
    name: 'that landed, before its key was replaced',
    play: async (repo) => {
      const path = await ben(repo);
      await landed(repo, async () =>
        repo.write(
          signersPath,
          `${await signerLines(everybody.filter((who) => who !== 'ben'))}${(await signerLines(['ben2'])).replace('ben2@', 'ben@')}`,
        ),
      );
      return path;
    },
    want: 'valid',
    landed: true,
  },
  {
    name: 'that landed, before its signer left',
    play: async (repo) => {
      const path = await ben(repo);
      await landed(repo, async () => {
        repo.write(signersPath, await signerLines(everybody.filter((who) => who !== 'ben')));
        repo.write(
          policyPath,
          policyText(
            policyValue({
              roles: {
                'model-owner': ['ada'],
                validator: ['cy'],
                ethics: ['dee'],
                'policy-admin': ['eve', 'fay'],
              },
            }),
          ),
        );
      });
      return path;
    },
    want: 'valid',
    landed: true,
  },
  {
    name: 'that landed, before its key was revoked',
    play: async (repo) => {
      const path = await ben(repo);
      await landed(repo, async () => repo.write(revokedPath, await lineOf('ben')));
      return path;
    },
    want: 'valid',
    code: 'signoff/revoked',
    landed: true,
  },
  {
    name: 'that landed, before its key expired',
    begin: () => withKeyOfBen('namespaces="model-signoff",valid-before="20261201Z"'),
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      return path;
    },
    now: '2026-12-24T00:00:00Z',
    want: 'valid',
    landed: true,
  },
  {
    name: 'that landed, after its key had expired',
    begin: () => withKeyOfBen('namespaces="model-signoff",valid-before="20261101Z"'),
    play: async (repo) => {
      const path = await ben(repo);
      await repo.land();
      return path;
    },
    want: 'expired',
    landed: true,
  },
  {
    name: 'that landed, by a key that nobody knew',
    play: async (repo) => {
      const path = await ben(repo, { key: 'mallory' });
      await repo.land();
      return path;
    },
    want: 'unknown-signer',
    code: 'signoff/unknown-signer',
    landed: true,
  },
  { name: 'an exception', play: (repo) => repo.exception('eve'), want: 'valid' },
  {
    name: 'an exception for a change that moved',
    play: async (repo) => {
      const path = await repo.exception('eve');
      await repo.change('ada', `${raisedText}#\n`);
      return path;
    },
    want: 'stale',
    code: 'exception/stale',
  },
  {
    name: 'an exception that has expired',
    play: (repo) => repo.exception('eve'),
    now: '2026-11-26T00:00:00Z',
    want: 'expired',
    code: 'exception/expired',
  },
  {
    name: 'an exception by one who may sign none',
    play: (repo) => repo.exception('ben'),
    want: 'not-allowed',
    code: 'exception/not-allowed',
  },
  {
    name: 'an exception by a key that nobody knows',
    play: (repo) => repo.exception('eve', {}, { key: 'mallory' }),
    want: 'unknown-signer',
    code: 'exception/unknown-signer',
  },
  {
    name: 'an exception by a key that is staged as revoked',
    play: async (repo) => {
      const path = await repo.exception('eve');
      repo.write(revokedPath, await lineOf('eve'));
      await repo.git('add', '-A');
      return path;
    },
    want: 'revoked',
    code: 'exception/revoked-key',
  },
  {
    name: 'an exception that was edited',
    play: (repo) =>
      repo.exception('eve', {}, { edit: (text) => text.replace('wrong wages', 'right wages') }),
    want: 'forged',
    code: 'exception/forged',
  },
  {
    name: 'an exception that landed, long after',
    play: async (repo) => {
      const path = await repo.exception('eve');
      await landed(repo, async () =>
        repo.write(
          signersPath,
          `${await signerLines(everybody.filter((who) => who !== 'eve'))}${(await signerLines(['ben2'])).replace('ben2@', 'eve@')}`,
        ),
      );
      return path;
    },
    now: '2027-06-01T00:00:00Z',
    want: 'valid',
    landed: true,
  },
];

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
