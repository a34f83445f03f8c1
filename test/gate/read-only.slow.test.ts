import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ended, program, type Ran } from '../cli/program.ts';
import { freshFolder, ModelRepo } from './kit/model-repo.ts';
import { must } from './kit/processes.ts';

/** Root writes everywhere: then somebody else asks. */
const root = process.getuid?.() === 0;
const other = root ? { uid: 65534, gid: 65534 } : {};

let home: string;
let writable: string;
let readOnly: string;

/** Both ways of asking have the same user and settings. */
function ask(dir: string, ...args: readonly string[]): Promise<Ran> {
  return ended(
    spawn(process.execPath, [program, ...args], {
      cwd: dir,
      env: { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(dir === readOnly ? other : {}),
    }),
  );
}

before(async () => {
  const repo = await ModelRepo.make({ upTo: 'both' });
  // Landed by a merge that git's own merge differs from, and another change that does not have the target's tip yet.
  await repo.onMain('docs/moved.md', '# moved\n');
  await repo.git('switch', '-q', 'main');
  await repo.gitAs('eve', ['merge', '-q', '--no-ff', '-m', 'land', 'change']);
  await repo.git('switch', '-q', '-c', 'next', 'main~1');
  repo.write('model/other.py', 'x = 1\n');
  await repo.commit('next', 'ada');
  repo.write('model/other.py', 'x = 2\n');
  await repo.git('update-index', '--split-index');
  await repo.git('add', '-A');
  home = await freshFolder();
  writeFileSync(
    join(home, '.gitconfig'),
    '[user]\n\tname = ada\n\temail = ada@example.org\n[safe]\n\tdirectory = *\n',
  );
  chmodSync(home, 0o755);
  [writable, readOnly] = [join(await freshFolder(), 'copy'), repo.dir];
  await cp(repo.dir, writable, { recursive: true });
  await must('chmod', ['-R', root ? 'a+rX,go-w' : 'a-w', readOnly]);
  const probe = spawn('touch', ['.git/x'], { cwd: readOnly, ...other });
  assert.notEqual((await ended(probe)).code, 0);
});

after(() => must('chmod', ['-R', 'u+w', readOnly]));

const now = ['--now', '2026-11-24T06:00:00Z'];
for (const question of [
  ['audit', '--json'],
  ['check', '--range', 'main...HEAD', ...now, '--json'],
  ['check', '--range', 'main...change', ...now, '--json'],
  ['check', '--staged', ...now, '--json'],
  ['check', '--records', '--json'],
  ['verify', '--json'],
  ['approved', 'model/score.py', '--json'],
  ['export', 'vsa'],
  ['digest', '--staged', '--json'],
  ['list', 'decisions', '--json'],
  ['inbox', '--json'],
])
  test(`a repository that nobody may write to: ${question.join(' ')}`, async () => {
    const [here, there] = [await ask(readOnly, ...question), await ask(writable, ...question)];
    assert.deepEqual(
      { code: here.code, stdout: here.stdout, stderr: here.stderr },
      { code: there.code, stdout: there.stdout, stderr: there.stderr },
    );
    assert.notEqual(here.code, 2, here.stderr);
  });

test('what cannot be written there is said', async () => {
  const { code, stderr } = await ask(readOnly, 'new', 'decision', '--title', 'x');
  assert.equal(code, 2);
  assert.match(stderr, /path\/read-only/);
});

test('objects lie beside a repository in a folder whose name holds a colon or a quote', async () => {
  const odd = join(await freshFolder(), 'a:b"c');
  await cp(writable, odd, { recursive: true });
  chmodSync(join(odd, '..'), 0o755);
  await must('chmod', ['-R', root ? 'a+rX,go-w' : 'a-w', odd]);
  const child = spawn(process.execPath, [program, 'audit', '--json'], {
    cwd: odd,
    env: { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...other,
  });
  const { code, stderr } = await ended(child);
  await must('chmod', ['-R', 'u+w', odd]);
  assert.equal(code, 0, stderr);
});
