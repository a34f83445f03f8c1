/** A landing that is taken back by a plain revert, which deletes what was signed; and what is said then, typed as it stands there. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { program } from './program.ts';
import { ModelRepo } from '../gate/kit/model-repo.ts';
import { run } from '../gate/kit/processes.ts';

type Told = {
  readonly findings: readonly {
    readonly code: string;
    readonly message: string;
    readonly fix?: string;
  }[];
};

async function told(repo: ModelRepo, ...asked: readonly string[]): Promise<Told['findings']> {
  const { stdout } = await run(process.execPath, [program, 'check', ...asked, '--json'], {
    cwd: repo.dir,
  });
  return (JSON.parse(stdout.toString('utf8')) as Told).findings.filter(({ code }) =>
    code.startsWith('signoff/'),
  );
}

async function reverted(): Promise<ModelRepo> {
  const repo = await ModelRepo.make({ upTo: 'both' });
  await repo.git('switch', '--quiet', 'main');
  await repo.gitAs('eve', ['merge', '--quiet', '--no-ff', '--message=Land', 'change']);
  await repo.git('config', 'user.name', 'ada');
  await repo.git('config', 'user.email', 'ada@example.org');
  await repo.git('switch', '--quiet', '--create', 'undo');
  await repo.gitAs('ada', ['revert', '--no-edit', '--mainline', '1', 'HEAD']);
  return repo;
}

test('a signed file that a commit took away comes back with the branch written anew, by the command that is told', async () => {
  const repo = await reverted();
  const found = await told(repo, '--range', 'main...undo');
  assert.deepEqual(
    found.map(({ code }) => code),
    ['signoff/deleted', 'signoff/deleted'],
  );
  for (const { fix = '' } of found) {
    const command = /git reset .*$/.exec(fix)?.[0] ?? '';
    execFileSync(
      'sh',
      ['-c', command.replace(/git commit$/, 'git commit --quiet --message=Undo')],
      { cwd: repo.dir },
    );
  }
  assert.deepEqual(await told(repo, '--range', 'main...undo'), []);
  assert.match(await repo.git('diff', '--name-only', 'main', 'undo'), /^model\//);
});

test('a signed file that is back is still told of, with the commit that took it away', async () => {
  const repo = await reverted();
  await repo.git('restore', '--source=main', '--staged', '--worktree', '.countersign');
  await repo.gitAs('ada', ['commit', '--quiet', '--message=Bring the records back']);
  const found = await told(repo, '--range', 'main...undo');
  assert.equal(found.length, 2);
  assert.match(found[0]?.message ?? '', /was deleted in [0-9a-f]{12}; they are only ever added/);
  execFileSync(
    'sh',
    [
      '-c',
      (/git reset .*$/.exec(found[0]?.fix ?? '')?.[0] ?? '').replace(
        /git commit$/,
        'git commit --quiet --message=Undo',
      ),
    ],
    { cwd: repo.dir },
  );
  assert.deepEqual(await told(repo, '--range', 'main...undo'), []);
});

test('what is only staged is brought back before it is committed', async () => {
  const repo = await reverted();
  await repo.git('reset', '--quiet', '--hard', 'main');
  const [file = ''] = (await repo.git('ls-files', '.countersign/signoffs')).split('\n');
  await repo.git('rm', '--quiet', file);
  const [found] = await told(repo);
  assert.match(found?.fix ?? '', /^bring the file back as it was: git restore /);
  execFileSync('sh', ['-c', (found?.fix ?? '').replace(/^.*?: /, '')], { cwd: repo.dir });
  assert.deepEqual(await told(repo), []);
});
