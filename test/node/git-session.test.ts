import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openRepository } from '../../src/node/repository.ts';

let folder = '';
let oids: readonly string[] = [];

const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
};

function git(args: readonly string[], input?: Buffer): string {
  return execFileSync('git', args, { cwd: folder, env: environment, input })
    .toString('latin1')
    .trim();
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-session-'));
  git(['init', '--quiet']);
  for (const path of [
    'a.b',
    'a/c',
    'a/d/e',
    'a0',
    'model/two\nlines',
    'model/"quoted"',
    '.countersign/signoffs/r/x.yaml',
    '.countersign/policy.yaml',
  ]) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
  writeFileSync(join(folder, 'large'), Buffer.alloc(3_000_000, 7));
  writeFileSync(join(folder, 'empty'), '');
  symlinkSync('a.b', join(folder, 'link'));
  git(['add', '--all']);
  const blob = git(['hash-object', '-w', '--stdin'], Buffer.from('x'));
  // A name that is no UTF-8, which not every file system lets exist, and a submodule.
  git(
    ['update-index', '-z', '--index-info'],
    Buffer.concat([
      Buffer.from(`100755 ${blob}\tmodel/`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`\x00160000 ${'1'.repeat(40)}\tvendored\x00`),
    ]),
  );
  git(['commit', '--quiet', '-m', 'all of it']);
  oids = git(['rev-list', '--objects', '--no-object-names', 'HEAD'])
    .split('\n')
    .filter((oid) => oid !== '1'.repeat(40));
});

after(() => rmSync(folder, { recursive: true, force: true }));

for (const under of [
  [],
  ['a'],
  ['a/'],
  ['a.b'],
  ['a.b/'],
  ['a', 'a.b', 'a0'],
  ['a0', 'a/d/e', 'a/d'],
  ['none'],
  ['none/none'],
  ['a.b/none'],
  ['model', '.countersign/policy.yaml'],
  ['vendored'],
  ['link', 'large'],
]) {
  test(`a session lists ${JSON.stringify(under)} as git does`, async () => {
    const repository = await openRepository(folder, environment);
    const head = git(['rev-parse', 'HEAD']);
    const plain = (entries: Awaited<ReturnType<typeof repository.git.list>>) =>
      entries.map(({ path, mode, type, oid, line }) => ({
        path,
        mode,
        type,
        oid,
        line: Buffer.from(line).toString('hex'),
      }));
    const wanted = plain(await repository.git.list(head, under));
    const [first, again, ofTree] = await repository.session(async (session) => [
      plain(await session.list(head, under)),
      plain(await session.list(head, under)),
      plain(await session.list(git(['rev-parse', 'HEAD^{tree}']), under)),
    ]);
    assert.deepEqual(first, wanted);
    assert.deepEqual(again, wanted);
    assert.deepEqual(ofTree, wanted);
  });
}

test('a session lists a tree that is not there as little as git does', async () => {
  const repository = await openRepository(folder, environment);
  for (const list of [
    repository.git.list,
    (tree: string) => repository.session((session) => session.list(tree, [])),
  ]) {
    await assert.rejects(async () => list('2'.repeat(40), []), { code: 'git/failed' });
  }
});

test('a session reads and digests objects as git does, also those it has read before', async () => {
  const repository = await openRepository(folder, environment);
  const missing = '3'.repeat(40);
  const asked = [...oids, missing];
  const objects = await repository.git.objects(asked, 1_000_000);
  const digests = await repository.git.sha256(asked);
  assert.ok(oids.length > 10);
  assert.equal(objects.get(missing), null);
  await repository.session(async (session) => {
    for (const _ of [1, 2]) {
      assert.deepEqual(await session.objects(asked, 1_000_000), objects);
      assert.deepEqual(await session.sha256(asked), digests);
    }
    const large = git(['rev-parse', 'HEAD:large']);
    assert.equal((await session.objects([large], 10)).get(large), null);
    assert.equal((await session.objects([large], 4_000_000)).get(large)?.bytes.length, 3_000_000);
    const small = git(['rev-parse', 'HEAD:a0']);
    assert.equal((await session.objects([small], 1)).get(small), null);
    assert.deepEqual(await session.objects([], 1), new Map());
  });
});

test('questions that are asked of a session at once do not mix', async () => {
  const repository = await openRepository(folder, environment);
  await repository.session(async (session) => {
    const each = await Promise.all(oids.map((oid) => session.objects([oid], 10_000_000)));
    const all = await repository.git.objects(oids, 10_000_000);
    assert.deepEqual(new Map(each.flatMap((one) => [...one])), all);
  });
});
