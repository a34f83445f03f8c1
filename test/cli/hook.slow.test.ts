import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { git, write, writeModelRepository } from '../extension/model-repository.ts';
import { temporaryFolder } from '../node/ssh-keygen.ts';
import { countersign, program, type Ran } from './program.ts';

const folder = temporaryFolder();
const home = join(folder, 'home');
mkdirSync(home);
const environment = {
  PATH: process.env['PATH'],
  HOME: home,
  TMPDIR: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
};
let count = 0;

/** A model repository with a bare remote that holds its main branch. */
function newRepository(): string {
  const top = join(folder, `model-${count++}`);
  mkdirSync(top);
  writeModelRepository(top);
  git(top, 'init', '--quiet', '--bare', `${top}.git`);
  git(top, 'remote', 'add', 'origin', `${top}.git`);
  git(top, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  git(top, 'switch', '--quiet', '--create=change');
  return top;
}

/** git with its hooks, as a person runs it. */
function person(
  top: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): SpawnSyncReturns<string> {
  return spawnSync('git', args, { cwd: top, env: { ...environment, ...more }, encoding: 'utf8' });
}

type Hook = {
  readonly name: string;
  readonly state: string;
  readonly fires: boolean;
  readonly path: string;
  readonly manager: string | null;
};

async function hooks(
  top: string,
  action: 'install' | 'uninstall' | 'status',
): Promise<readonly Hook[]> {
  const ran = await countersign(top, ['hook', action, '--json'], environment);
  assert.equal(ran.code, 0, ran.stderr);
  return (JSON.parse(ran.stdout) as { readonly hooks: readonly Hook[] }).hooks;
}

/** States and whether each fires, as `ours+` or `other-`. */
function told(found: readonly Hook[]): readonly string[] {
  return found.map(({ state, fires }) => `${state}${fires ? '+' : '-'}`);
}

/** Breaks a record, which every stage refuses. */
function breakRecord(top: string): void {
  write(top, '.countersign/feedback/FB-0001.yaml', 'schema: countersign/feedback@1\nid: FB-0001\n');
  git(top, 'add', '--all');
}

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

/** Puts the printed line right below the first line of a hook. */
async function chain(top: string, name: string, text: string): Promise<void> {
  const path = join(top, '.git/hooks', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: 0o755 });
  const { stdout } = await countersign(top, ['hook', 'install'], environment);
  const line = stdout.split('\n').find((candidate) => candidate.startsWith(`${name}: `)) ?? '';
  const [, added] = /after #!: (.*) \(.*\)$/.exec(line) ?? [];
  assert.ok(added, line);
  writeFileSync(path, text.replace('\n', `\n${added}\n`));
}

test('whoever comes after the gate before a push has what git told, to the byte', async () => {
  const top = newRepository();
  await chain(
    top,
    'pre-push',
    '#!/bin/sh\ncat > "$(git rev-parse --git-dir)/told"; echo "$@" >> "$(git rev-parse --git-dir)/told"\n',
  );
  write(top, 'docs/note.md', 'x\n');
  git(top, 'add', '--all');
  git(top, 'commit', '--quiet', '--no-verify', '--message=note');
  const pushed = person(top, ['push', 'origin', 'change', 'change:second']);
  assert.equal(pushed.status, 0, pushed.stderr);
  const head = git(top, 'rev-parse', 'HEAD').trim();
  const none = '0'.repeat(40);
  assert.equal(
    readFileSync(join(top, '.git/told'), 'utf8'),
    `refs/heads/change ${head} refs/heads/change ${none}\nrefs/heads/change ${head} refs/heads/second ${none}\norigin ${top}.git\n`,
  );
  write(top, 'model/score.py', 'def score(row):\n    return 1\n');
  git(top, 'commit', '--quiet', '--all', '--no-verify', '--message=score');
  const refused = person(top, ['push', 'origin', 'change:main']);
  assert.notEqual(refused.status, 0);
  assert.match(refused.stderr, /the push to main: fail: /);
});

/** Git LFS where it is, or can be had without asking anybody; else why not. */
function noLfs(): false | string {
  const there = (): boolean => spawnSync('git', ['lfs', 'version']).status === 0;
  if (!there() && process.getuid?.() === 0)
    for (const args of [
      ['update', '--quiet'],
      ['install', '--yes', '--quiet', 'git-lfs'],
    ])
      spawnSync('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return there() ? false : 'git-lfs is not here';
}

test('Git LFS uploads beside the gate', { skip: noLfs() }, async () => {
  const top = newRepository();
  const lfs = (...args: readonly string[]): void => {
    const ran = person(top, ['lfs', ...args]);
    assert.equal(ran.status, 0, ran.stderr);
  };
  lfs('install', '--local');
  const hook = readFileSync(join(top, '.git/hooks/pre-push'), 'utf8');
  await chain(top, 'pre-push', hook);
  write(top, '.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n');
  write(top, 'weights/w.bin', 'W'.repeat(5000));
  for (const args of [
    ['add', '--all'],
    ['commit', '--quiet', '--no-verify', '--message=weights'],
  ])
    assert.equal(person(top, args).status, 0);
  const pushed = person(top, ['push', 'origin', 'change']);
  assert.equal(pushed.status, 0, pushed.stderr);
  assert.equal(
    readdirSync(join(`${top}.git`, 'lfs/objects'), { recursive: true }).filter((name) =>
      /[0-9a-f]{64}$/.test(String(name)),
    ).length,
    1,
  );
});

test('a formatter behind the gate is named', async () => {
  const top = newRepository();
  await chain(
    top,
    'pre-commit',
    '#!/bin/sh\n# prettier comes first\n! command -v lint-staged || lint-staged\n',
  );
  const { stdout } = await countersign(top, ['hook', 'status'], environment);
  assert.match(
    stdout,
    /^pre-commit: git runs the gate, and lint-staged behind it may change what the gate has judged — next: put the line of the gate behind lint-staged/m,
  );
  const path = join(top, '.git/hooks/pre-commit');
  const [first, gate, comment, ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [first, comment, 'true || lint-staged', gate, ...rest.slice(1)].join('\n'));
  assert.match(
    (await countersign(top, ['hook', 'status'], environment)).stdout,
    /^pre-commit: git runs the gate \(/m,
  );
});

test('half-way through a rebase records alone are judged, and the whole at the push', async () => {
  const top = newRepository();
  await countersign(top, ['hook', 'install'], environment);
  for (const text of ['    return 1\n', '    return 2\n']) {
    write(top, 'model/score.py', `def score(row):\n${text}`);
    git(top, 'commit', '--quiet', '--all', '--no-verify', '--message=score');
  }
  const reword = {
    GIT_SEQUENCE_EDITOR: "sed -i.bak '1s/^pick/reword/'",
    GIT_EDITOR: 'sed -i.bak s/score/SCORE/',
  };
  const rebased = person(top, ['rebase', '--interactive', 'main'], reword);
  assert.equal(rebased.status, 0, rebased.stderr);
  assert.match(rebased.stdout + rebased.stderr, /half-way through a rebase only records/);
  assert.match(git(top, 'log', '--format=%s', 'main..HEAD'), /score\nSCORE/);
  const pushed = person(top, ['push', 'origin', 'change:main']);
  assert.notEqual(pushed.status, 0);
  assert.match(pushed.stderr, /the push to main: fail: /);
});

test('a commit waits for the records that it brings, and a push for all of the branch', async () => {
  const top = newRepository();
  breakRecord(top);
  git(top, 'commit', '--quiet', '--no-verify', '--message=broken');
  await countersign(top, ['hook', 'install'], environment);
  write(top, 'docs/note.md', 'x\n');
  git(top, 'add', '--all');
  assert.equal(person(top, ['commit', '--quiet', '--message=note']).status, 0);
  const pushed = person(top, ['push', 'origin', 'change']);
  assert.notEqual(pushed.status, 0);
  assert.match(pushed.stderr, /the push to change: fail: /);
  write(top, 'docs/note.md', 'y\n');
  breakRecord(top);
  write(top, '.countersign/feedback/FB-0002.yaml', 'schema: countersign/feedback@1\n');
  git(top, 'add', '--all');
  assert.notEqual(person(top, ['commit', '--quiet', '--message=more']).status, 0);
});
