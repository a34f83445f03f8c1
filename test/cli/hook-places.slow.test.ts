import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { git, writeModelRepository } from '../extension/model-repository.ts';
import { countersign, program, type Ran } from './program.ts';
import {
  breakRecord,
  environment,
  folder,
  hooks,
  newRepository,
  person,
  told,
} from './hooked-repository.ts';

test('a hook that nobody told what is pushed refuses', async () => {
  const ran = await countersign(newRepository(), ['hook', 'run', 'pre-push'], environment);
  assert.deepEqual([ran.code, ran.stdout], [2, '']);
  assert.match(
    ran.stderr,
    /^countersign: nobody told the pre-push hook what is pushed \(hook\/input\) — next: /,
  );
});

test('a hook that is there is left alone, and chained by the line that is printed', async () => {
  const top = newRepository();
  const path = join(top, '.git/hooks/pre-commit');
  writeFileSync(path, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const found = await hooks(top, 'install');
  assert.deepEqual(told(found), ['other-', 'ours+', 'ours+']);
  assert.equal(readFileSync(path, 'utf8'), '#!/bin/sh\nexit 0\n');
  const { stdout } = await countersign(top, ['hook', 'status'], environment);
  const [, line = ''] = /at the earliest right after #!: (.*) \(/.exec(stdout) ?? [];
  writeFileSync(path, `#!/bin/sh\n${line}\nexit 0\n`);
  assert.deepEqual(told(await hooks(top, 'status')), ['other+', 'ours+', 'ours+']);
  breakRecord(top);
  assert.equal(person(top, ['commit', '--quiet', '--message=x']).status, 1);
  assert.deepEqual(told(await hooks(top, 'uninstall')), ['other+', 'missing-', 'missing-']);
});

test('hooks go where git looks for them in this repository, wherever a setting puts its working tree', async () => {
  const outer = newRepository();
  const inner = join(outer, 'vendor');
  mkdirSync(inner);
  writeModelRepository(inner);
  git(inner, 'config', 'core.worktree', outer);
  assert.deepEqual(
    told(await hooks(inner, 'install')).map((state) => state.slice(0, 4)),
    ['ours', 'ours', 'ours'],
  );
  assert.equal(existsSync(join(inner, '.git/hooks/pre-commit')), true);
  assert.equal(existsSync(join(outer, '.git/hooks/pre-commit')), false);
  await hooks(inner, 'uninstall');
  assert.equal(existsSync(join(inner, '.git/hooks/pre-commit')), false);
});

test('a hook that git skips without a word is seen', async () => {
  const top = newRepository();
  await hooks(top, 'install');
  chmodSync(join(top, '.git/hooks/pre-commit'), 0o644);
  const found = await hooks(top, 'status');
  assert.deepEqual(told(found), ['silent-', 'ours+', 'ours+']);
  const doctor = await countersign(top, ['doctor'], environment);
  assert.match(
    doctor.stdout,
    /^! pre-commit: git does not run the gate here — countersign hook install$/m,
  );
  assert.deepEqual(told(await hooks(top, 'install')), ['ours+', 'ours+', 'ours+']);
});

test('core.hooksPath is followed: of the clone, of the working tree, of the whole machine', async () => {
  const own = newRepository();
  git(own, 'config', 'core.hooksPath', '.git/my-hooks');
  assert.deepEqual(told(await hooks(own, 'install')), ['ours+', 'ours+', 'ours+']);
  assert.ok(existsSync(join(own, '.git/my-hooks/pre-commit')));

  // Committed hooks run on other machines: no path of this one stands in them.
  const shared = newRepository();
  git(shared, 'config', 'core.hooksPath', '.githooks');
  assert.deepEqual(
    (await hooks(shared, 'install')).map(({ state }) => state),
    ['ours', 'ours', 'ours'],
  );
  const text = readFileSync(join(shared, '.githooks/pre-commit'), 'utf8');
  assert.ok(
    !text.includes(process.execPath) && !text.includes(program) && !text.includes(folder),
    text,
  );
  const gone = person(shared, ['commit', '--quiet', '--allow-empty', '--message=x']);
  assert.equal(gone.status, 1);
  assert.match(gone.stderr, /countersign is not installed here; next: npm install/);
  mkdirSync(join(shared, 'node_modules/.bin'), { recursive: true });
  writeFileSync(
    join(shared, 'node_modules/.bin/countersign'),
    `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`,
    { mode: 0o755 },
  );
  assert.deepEqual(told(await hooks(shared, 'status')), ['ours+', 'ours+', 'ours+']);
  assert.equal(person(shared, ['commit', '--quiet', '--allow-empty', '--message=x']).status, 0);

  const machine = newRepository();
  const outside = join(folder, 'machine-hooks');
  mkdirSync(outside);
  git(machine, 'config', 'core.hooksPath', outside);
  assert.deepEqual(told(await hooks(machine, 'install')), ['other-', 'other-', 'other-']);
  assert.deepEqual(readdirSync(outside), []);

  const nowhere = newRepository();
  git(nowhere, 'config', 'core.hooksPath', '/dev/null');
  assert.deepEqual(told(await hooks(nowhere, 'install')), ['other-', 'other-', 'other-']);
});

test('in a linked worktree and in a subfolder the hooks are those of the repository', async () => {
  const top = newRepository();
  const linked = `${top}-linked`;
  git(top, 'worktree', 'add', '--quiet', '--detach', linked);
  assert.deepEqual(told(await hooks(join(linked, 'model'), 'install')), [
    'ours+',
    'ours+',
    'ours+',
  ]);
  assert.deepEqual(told(await hooks(top, 'status')), ['ours+', 'ours+', 'ours+']);
  breakRecord(linked);
  const refused = person(linked, ['commit', '--quiet', '--message=x']);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /^what is staged: fail: /);
  assert.equal(person(top, ['commit', '--quiet', '--allow-empty', '--message=x']).status, 0);
});

test('a folder whose name a shell would take apart is no obstacle', async () => {
  const plain = newRepository();
  const odd = join(dirname(plain), 'model\'s $(x) "copy"');
  renameSync(plain, odd);
  assert.deepEqual(told(await hooks(odd, 'install')), ['ours+', 'ours+', 'ours+']);
  assert.equal(person(odd, ['commit', '--quiet', '--allow-empty', '--message=x']).status, 0);
});

test('the compiled code that is kept changes the time, never the answer', async () => {
  const top = newRepository();
  breakRecord(top);
  const run = (): Promise<Ran> =>
    countersign(top, ['hook', 'run', 'pre-commit', '--json'], environment);
  const first = await run();
  assert.equal(first.code, 1, first.stderr);
  const store = join(
    dirname(program),
    '..',
    '.cache',
    'code',
    `hook-program.cjs-${process.version}-${process.arch}`,
  );
  const kept = readFileSync(store);
  for (const bad of [
    Buffer.alloc(0),
    kept.subarray(0, 100),
    kept.subarray(0, -1),
    Buffer.concat([kept.subarray(0, 128), Buffer.alloc(kept.length - 128)]),
    kept.map((byte, index) => (index === 5000 ? byte ^ 1 : byte)),
    kept.map((byte, index) => (index === 3 ? byte ^ 1 : byte)),
  ]) {
    writeFileSync(store, bad);
    const again = await run();
    assert.deepEqual(
      [again.code, again.stdout, again.stderr],
      [first.code, first.stdout, first.stderr],
    );
    assert.deepEqual(readFileSync(store).subarray(0, 128), kept.subarray(0, 128));
  }
});

test('a shallow clone is refused, since signed words may have landed before it begins, and judged after the printed step', async () => {
  const top = newRepository();
  git(top, 'switch', '--quiet', 'main');
  for (const message of ['second', 'third'])
    git(top, 'commit', '--quiet', '--allow-empty', `--message=${message}`);
  git(top, 'push', '--quiet', 'origin', 'main');
  for (const depth of [1, 2]) {
    const clone = `${top}-${depth}`;
    git(
      folder,
      'clone',
      '--quiet',
      `--depth=${depth}`,
      '--branch=main',
      `file://${top}.git`,
      clone,
    );
    git(clone, 'config', 'user.name', 'ada');
    git(clone, 'config', 'user.email', 'ada@example.org');
    git(clone, 'switch', '--quiet', '--create=change');
    breakRecord(clone);
    const hook = (): ReturnType<typeof countersign> =>
      countersign(clone, ['hook', 'run', 'pre-commit'], environment);
    const refused = await hook();
    assert.equal(refused.code, 2, refused.stderr);
    const [, step = ''] = /\(history\/missing\) — next: git (.+)/.exec(refused.stderr) ?? [];
    assert.equal(step, 'fetch --unshallow');
    git(clone, ...step.split(' '));
    const judged = await hook();
    assert.equal(judged.code, 1, judged.stderr);
    assert.match(judged.stderr, /^what is staged: fail: /);
  }
});
