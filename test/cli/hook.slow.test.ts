import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { git, write } from '../extension/model-repository.ts';
import { countersign, program } from './program.ts';
import {
  breakRecord,
  environment,
  folder,
  hooks,
  newRepository,
  person,
  told,
} from './hooked-repository.ts';

/** What only those leave behind who probe badly. */
const leftovers = (top: string): readonly string[] => [
  git(top, 'status', '--porcelain', '--ignored'),
  git(top, 'worktree', 'list'),
  git(top, 'for-each-ref'),
  git(top, 'stash', 'list'),
  git(top, 'config', '--list'),
];

test('hooks are written, run by git, proven to, and taken away, and nothing is left behind', async () => {
  const top = newRepository();
  const before = leftovers(top);
  assert.deepEqual(told(await hooks(top, 'status')), ['missing-', 'missing-', 'missing-']);
  assert.deepEqual(told(await hooks(top, 'install')), ['ours+', 'ours+', 'ours+']);
  assert.deepEqual(told(await hooks(top, 'install')), ['ours+', 'ours+', 'ours+']);
  assert.deepEqual(told(await hooks(top, 'status')), ['ours+', 'ours+', 'ours+']);
  assert.deepEqual(leftovers(top), before);
  assert.deepEqual(
    readdirSync(tmpdir()).filter(
      (name) =>
        name.startsWith('countersign-probe-') && existsSync(join(tmpdir(), name, 'tree', 'probe')),
    ),
    [],
  );
  const doctor = await countersign(top, ['doctor'], environment);
  for (const name of ['pre-commit', 'pre-merge-commit', 'pre-push'])
    assert.match(doctor.stdout, new RegExp(`^✓ ${name}: git runs it$`, 'm'));
  assert.deepEqual(told(await hooks(top, 'uninstall')), ['missing-', 'missing-', 'missing-']);
  assert.deepEqual(leftovers(top), before);
});

test('a commit is judged by what is staged, and the first line says all', async () => {
  const top = newRepository();
  await hooks(top, 'install');
  write(top, 'docs/note.md', 'x\n');
  git(top, 'add', '--all');
  const good = person(top, ['commit', '--quiet', '--message=note']);
  assert.deepEqual([good.status, good.stderr, good.stdout], [0, '', '']);
  const whole = readFileSync(join(top, '.countersign/feedback/FB-0001.yaml'), 'utf8');
  breakRecord(top);
  // The working tree is mended, the index is not.
  write(top, '.countersign/feedback/FB-0001.yaml', whole);
  const bad = person(top, ['commit', '--quiet', '--message=broken']);
  assert.equal(bad.status, 1);
  const [first = ''] = bad.stderr.split('\n');
  assert.match(first, /^what is staged: fail: .* — next: /);
  assert.equal(bad.stderr.trimEnd().split('\n').length, 1);
  const partly = person(top, ['commit', '--quiet', '--message=by path', '--', 'docs/note.md']);
  assert.notEqual(partly.status, null);
  git(top, 'reset', '--quiet');
  assert.equal(
    person(top, ['commit', '--quiet', '--allow-empty', '--all', '--message=all']).status,
    0,
  );
});

test('the author is who git will write into the commit, however git was told', async () => {
  const top = newRepository();
  await hooks(top, 'install');
  write(top, 'model/score.py', 'def score(row):\n    return 1\n');
  git(top, 'add', '--all');
  const stranger = 'user.email=stranger@example.org';
  const variables = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'user.email',
    GIT_CONFIG_VALUE_0: 'stranger@example.org',
  };
  for (const refused of [
    person(top, ['-c', stranger, 'commit', '--message=x']),
    person(top, ['commit', '--message=x'], variables),
    person(top, ['commit', '--message=x', '--author=S <stranger@example.org>']),
    person(top, ['commit', '--message=x'], { GIT_COMMITTER_EMAIL: 'stranger@example.org' }),
  ]) {
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /the policy knows nobody with the e-mail stranger@example.org/);
  }
  git(top, 'config', 'user.email', 'stranger@example.org');
  assert.equal(
    person(top, ['-c', 'user.email=ada@example.org', 'commit', '--quiet', '--message=x']).status,
    0,
  );
});

test('a merge commit is judged, and a crash of the checker blocks', async () => {
  const top = newRepository();
  await hooks(top, 'install');
  write(top, 'docs/a.md', 'a\n');
  git(top, 'add', '--all');
  git(top, '-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message=a');
  git(top, 'switch', '--quiet', '--create=other', 'main');
  breakRecord(top);
  git(top, '-c', 'core.hooksPath=/dev/null', 'commit', '--quiet', '--message=broken');
  git(top, 'switch', '--quiet', 'change');
  const merged = person(top, ['merge', '--quiet', '--no-ff', '--no-edit', 'other']);
  assert.notEqual(merged.status, 0);
  assert.match(merged.stderr, /^what is staged: fail: /m);
  git(top, 'merge', '--abort');
  for (const broken of ['exit', 'module']) {
    // As if the program were damaged, or its Node gone.
    const hook = join(top, '.git/hooks/pre-commit');
    const good = readFileSync(hook, 'utf8');
    const bad =
      broken === 'exit'
        ? good.replaceAll(program, '/nowhere/cli.js')
        : good.replaceAll(process.execPath, '/nowhere/node');
    writeFileSync(hook, bad);
    const refused = person(top, ['commit', '--quiet', '--allow-empty', '--message=x']);
    assert.equal(refused.status, 1, broken);
    assert.match(
      refused.stderr,
      /countersign is gone from where this hook looks for it; next: /,
      broken,
    );
    writeFileSync(hook, good);
  }
  assert.equal(person(top, ['commit', '--quiet', '--allow-empty', '--message=x']).status, 0);
});

test('what cannot be judged blocks, in one line', async () => {
  const top = newRepository();
  await hooks(top, 'install');
  git(top, 'config', 'countersign.target', 'nowhere');
  const refused = person(top, ['commit', '--quiet', '--allow-empty', '--message=x']);
  assert.equal(refused.status, 1);
  assert.match(
    refused.stderr,
    /^countersign: there is no branch nowhere, [^\n]* \(target\/missing\) — next: [^\n]*\n$/,
  );
});

test('no variable from outside opens the gate', async () => {
  const top = newRepository();
  await hooks(top, 'install');
  breakRecord(top);
  const witness = join(folder, 'not-there');
  for (const variables of [
    { COUNTERSIGN_HOOK_PROBE: '1' },
    { COUNTERSIGN_HOOK_PROBE: witness },
    { COUNTERSIGN_HOOK_PROBE: '' },
    { GIT_DIR: join(top, '.git'), GIT_WORK_TREE: top },
    { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'countersign.target', GIT_CONFIG_VALUE_0: 'change' },
  ]) {
    const refused = person(top, ['commit', '--quiet', '--message=x'], variables);
    assert.notEqual(refused.status, 0, JSON.stringify(variables));
  }
  assert.equal(existsSync(witness), false);
});

test('a push to a target is judged whole, one to another branch as far as its author can', async () => {
  const top = newRepository();
  await hooks(top, 'install');
  write(top, 'model/score.py', 'def score(row):\n    return 1\n');
  git(top, 'commit', '--quiet', '--all', '--message=score');
  const toBranch = person(top, ['push', '--quiet', 'origin', 'change']);
  assert.equal(toBranch.status, 0, toBranch.stderr);
  const toTarget = person(top, ['push', '--quiet', 'origin', 'change:main']);
  assert.equal(toTarget.status, 1);
  assert.match(toTarget.stderr, /^the push to main: fail: .* — next: /);
  // Several at once: one that may not be pushed stops all.
  const both = person(top, ['push', '--quiet', 'origin', 'change:topic', 'change:main']);
  assert.equal(both.status, 1);
  assert.doesNotMatch(git(top, 'ls-remote', 'origin'), /topic/);
  const deleted = person(top, ['push', '--quiet', 'origin', ':main']);
  assert.equal(deleted.status, 1);
  assert.match(deleted.stderr, /^the push to main: fail: it would delete main/);
  git(top, '-c', 'core.hooksPath=/dev/null', 'push', '--quiet', 'origin', 'change:main');
  const rewound = person(top, ['push', '--quiet', '--force', 'origin', 'change~1:main']);
  assert.equal(rewound.status, 1);
  assert.match(rewound.stderr, /^the push to main: fail: it would take commits off main/);
  assert.equal(person(top, ['push', '--quiet', 'origin', ':change']).status, 0);
  assert.equal(person(top, ['push', '--quiet', 'origin', 'HEAD:refs/tags/v1']).status, 0);
  // Up to date: git runs the hook, and tells it of nothing.
  assert.equal(person(top, ['push', '--quiet', 'origin', 'change:main']).status, 0);
});
