/** A reader that goes away, as `head` does, changes no exit code: a pipeline that looks at it must not pass. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { ModelRepo } from '../gate/kit/model-repo.ts';
import { program } from './program.ts';

const commands: readonly (readonly [readonly string[], number])[] = [
  [['check', '--staged'], 1],
  [['check', '--staged', '--json'], 1],
  [['hook', 'run', 'pre-commit', '--json'], 1],
  [['list', 'decisions'], 0],
  [['check', '--range', 'nowhere...change', '--json'], 2],
];

test('the answer is the exit code, also where nobody reads on', async () => {
  const repo = await ModelRepo.make({});
  await repo.git('config', 'user.name', 'ada');
  await repo.git('config', 'user.email', 'ada@example.org');
  repo.write('.countersign/decisions/DR-BAD0.yaml', 'schema: countersign/decision@1\n');
  await repo.git('add', '--all');
  for (const [args, wanted] of commands) {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: repo.dir,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.destroy();
    const code = await new Promise((done) => {
      child.on('close', done);
    });
    assert.equal(code, wanted, args.join(' '));
  }
});
