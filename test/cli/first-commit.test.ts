/** A repository before its first commit: nothing can be protected yet, and a hook must not keep the first commit out. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

function unborn(format: 'sha1' | 'sha256'): Workplace {
  const place = openWorkplace();
  rmSync(join(place.folder, '.git'), { recursive: true });
  place.git('init', '--quiet', '--initial-branch=trunk', `--object-format=${format}`);
  for (const [key, value] of [
    ['user.name', 'Ada'],
    ['user.email', 'ada@example.org'],
    ['gpg.format', 'ssh'],
    ['user.signingKey', place.key('ada')],
  ] as const)
    place.git('config', key, value);
  place.write('model/score.py', 'BASE = 1\n');
  return place;
}

for (const format of ['sha1', 'sha256'] as const) {
  test(`the first commit goes through the hook, with a policy and without one: ${format}`, () => {
    const place = unborn(format);
    try {
      place.git('add', '--all');
      assert.match(
        place.countersign(['check']).out,
        /^unprotected: trunk has no \.countersign\/policy\.yaml/m,
      );
      assert.equal(place.countersign(['check', '--require-policy']).code, 1);
      place.countersign(['init']);
      place.git('add', '--all');
      const { target, ungoverned } = JSON.parse(place.countersign(['check', '--json']).out) as {
        readonly target: string;
        readonly ungoverned: number;
      };
      assert.equal(target, 'refs/heads/trunk');
      assert.ok(ungoverned > 1);
      assert.equal(place.countersign(['hook', 'install']).code, 0);
      place.git('commit', '--quiet', '--message=Start');
      assert.equal(place.git('rev-list', '--count', 'HEAD').trim(), '1');
    } finally {
      place.remove();
    }
  });
}

test('a branch without a past is no first commit where another branch has one', () => {
  const place = unborn('sha1');
  try {
    place.countersign(['init']);
    place.git('branch', '-m', 'main');
    place.git('add', '--all');
    place.git('commit', '--quiet', '--message=Start');
    place.git('checkout', '--quiet', '--orphan', 'fresh');
    place.write('model/score.py', 'BASE = 2\n');
    place.git('add', '--all');
    const ran = place.countersign(['check', '--stage', 'all']);
    assert.equal(ran.code, 2);
    assert.match(ran.err, /(history\/missing)\)\n {2}start the branch from the target\n/);
  } finally {
    place.remove();
  }
});

test('who git does not know is told so, as with any commit', () => {
  const place = unborn('sha1');
  try {
    place.git('add', '--all');
    place.git('config', '--unset', 'user.email');
    place.git('config', 'user.useConfigOnly', 'true');
    const { status, stderr } = spawnSync(
      process.execPath,
      [new URL('../../dist/cli.js', import.meta.url).pathname, 'check'],
      {
        cwd: place.folder,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: place.folder, GIT_CONFIG_NOSYSTEM: '1' },
      },
    );
    assert.equal(status, 2);
    assert.match(stderr, /identity\/missing/);
  } finally {
    place.remove();
  }
});
