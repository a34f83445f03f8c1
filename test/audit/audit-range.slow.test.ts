import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { audit, type AuditRequest } from '../../src/app/audit.ts';
import { openRepository } from '../../src/node/repository.ts';
import { countersign } from '../cli/countersign.ts';
import { environment, ModelRepository, policy } from './model-repository.ts';

let repository: ModelRepository;
let first = '';
let second = '';
const folder = mkdtempSync(join(tmpdir(), 'countersign-audit-'));

before(async () => {
  repository = await ModelRepository.withPolicy();
  await repository.write('model/score.py', 'bar = 1\n');
  await repository.commit('Quietly', 'ada');
  first = await repository.landSigned('raise', 13);
  second = await repository.landSigned('more', 14);
});

after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await repository.remove();
});

async function states(
  request: AuditRequest,
  at: ModelRepository = repository,
): Promise<readonly string[]> {
  const { result } = await audit(await at.open(), { now: new Date(at.now), ...request });
  return result.landings.map(({ state }) => state);
}

test('from the beginning every landing is judged, and one that is bad makes all of it bad', async () => {
  assert.deepEqual(await states({}), [
    'unprotected',
    'unprotected',
    'unsigned',
    'signed',
    'signed',
  ]);
  const { result } = await audit(await repository.open(), {});
  assert.deepEqual(
    [result.exit, result.since, result.tip, result.counts.signed, result.counts.unsigned],
    [1, null, second, 2, 1],
  );
});

test('--since takes what landed up to it as judged', async () => {
  assert.deepEqual(await states({ since: first }), ['signed']);
  assert.deepEqual(await states({ since: second }), []);
  const { result } = await audit(await repository.open(), { since: first });
  assert.deepEqual([result.exit, result.since], [0, first]);
});

test('--since a commit that lies beside the first-parent history is an error', async () => {
  const beside = await repository.git('rev-parse', `${second}^2`);
  await assert.rejects(states({ since: beside }), { code: 'audit/rewritten' });
});

test('a shallow clone cannot be judged', async () => {
  const clone = join(folder, 'shallow');
  execFileSync('git', ['clone', '--quiet', '--depth', '2', `file://${repository.folder}`, clone], {
    env: environment(),
  });
  await assert.rejects(async () => audit(await openRepository(clone, environment()), {}), {
    code: 'history/missing',
  });
  const { exit, stdout, stderr } = countersign(clone, ['audit']);
  assert.deepEqual([exit, stdout], [2, '']);
  assert.match(stderr, /git fetch --unshallow/);
});

test('--state begins where the last good audit ended, and sees that history was rewritten', async () => {
  const clone = join(folder, 'clone');
  const state = join(folder, 'state.json');
  execFileSync('git', ['clone', '--quiet', repository.folder, clone], { env: environment() });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, {
      cwd: clone,
      env: {
        ...environment(),
        GIT_AUTHOR_NAME: 'eve',
        GIT_AUTHOR_EMAIL: 'eve@example.org',
        GIT_COMMITTER_NAME: 'eve',
        GIT_COMMITTER_EMAIL: 'eve@example.org',
      },
    })
      .toString()
      .trim();
  git('remote', 'remove', 'origin');
  const landed = (args: readonly string[]): readonly [number | null, number] => {
    const { exit, stdout } = countersign(clone, ['audit', '--json', '--state', state, ...args]);
    return [
      exit,
      stdout === '' ? -1 : (JSON.parse(stdout) as { landings: readonly unknown[] }).landings.length,
    ];
  };
  assert.deepEqual(landed([]), [1, 5], 'a bad landing is told again and again');
  assert.throws(() => readFileSync(state), 'and nothing is taken as audited');
  assert.deepEqual(landed(['--since', first]), [0, 1]);
  assert.deepEqual(JSON.parse(readFileSync(state, 'utf8')), {
    schema: 'countersign/audit-state@1',
    target: 'refs/heads/main',
    tip: second,
  });
  assert.deepEqual(landed([]), [0, 0]);
  git('commit', '--quiet', '--allow-empty', '-m', 'More');
  assert.deepEqual(landed([]), [0, 1]);
  git('reset', '--quiet', '--hard', second);
  git('commit', '--quiet', '--allow-empty', '-m', 'Something else');
  const { exit, stdout, stderr } = countersign(clone, ['audit', '--state', state]);
  assert.deepEqual([exit, stdout], [2, '']);
  assert.match(stderr, /audit\/rewritten/);
  assert.match(
    countersign(clone, ['audit', '--state', state, '--target', 'release/1']).stderr,
    /audit\/state/,
  );
  writeFileSync(state, '{}');
  assert.match(countersign(clone, ['audit', '--state', state]).stderr, /audit\/state/);
});

test('a branch that was moved forward to one that had merged it is found out', async (context) => {
  const moved = await ModelRepository.withPolicy();
  context.after(() => moved.remove());
  await moved.branch('side');
  await moved.write('README.md', 'side\n');
  await moved.commit('On the side', 'cy');
  await moved.git('switch', '--quiet', 'main');
  await moved.write('NOTES.md', 'main\n');
  const audited = await moved.commit('On main', 'cy');
  await moved.git('switch', '--quiet', 'side');
  await moved.git('merge', '--quiet', '--no-edit', 'main');
  await moved.git('branch', '--force', 'main', 'side');
  await assert.rejects(states({ chained: [audited] }, moved), { code: 'audit/rewritten' });
});

test('another target is judged from where it parted, by the policy that stood on the policy branch then', async (context) => {
  const release = await ModelRepository.withPolicy();
  context.after(() => release.remove());
  await release.landSigned('raise', 13);
  await release.git('branch', 'release/1');
  await backport(release, 'one', 1, ['ben']);
  await release.git('switch', '--quiet', 'main');
  await release.branch('stricter');
  await release.write(
    '.countersign/policy.yaml',
    policy.replace(
      '{role: validator, count: 1, independent: true}',
      '{role: validator, count: 2, independent: true}',
    ),
  );
  await release.commit('Ask for two validators', 'ada');
  await release.sign('eve', 'policy-admin', { rule: 'policy-change' });
  await release.sign('fay', 'policy-admin', { rule: 'policy-change' });
  await release.merge('stricter');
  await backport(release, 'two', 2, ['ben']);
  await backport(release, 'three', 3, ['ben', 'cy']);
  assert.deepEqual(await states({ target: 'release/1' }, release), ['signed', 'failed', 'signed']);
  // What was signed for one branch does not serve on another.
  await release.git('switch', '--quiet', 'main');
  assert.deepEqual(await states({}, release), ['unprotected', 'unprotected', 'signed', 'signed']);
});

async function backport(
  release: ModelRepository,
  name: string,
  bar: number,
  validators: readonly ('ben' | 'cy')[],
): Promise<void> {
  await release.git('switch', '--quiet', 'release/1');
  await release.branch(name);
  await release.write('model/score.py', `bar = ${bar}\n`);
  await release.commit(`Set the bar to ${bar}`, 'ada');
  const terms = { target: 'release/1', range: 'release/1...HEAD' };
  await release.sign('ada', 'model-owner', terms);
  for (const validator of validators) await release.sign(validator, 'validator', terms);
  await release.merge(name, 'release/1');
}

test('landings from before the policy branch had its name of today are judged by the name of then', async (context) => {
  const renamed = await ModelRepository.withPolicy(
    policy.replace('[main, "release/*"]', '[master, main]'),
  );
  context.after(() => renamed.remove());
  await renamed.git('branch', '--move', 'main', 'master');
  await renamed.branch('raise');
  await renamed.write('model/score.py', 'bar = 13\n');
  await renamed.commit('Raise', 'ada');
  await renamed.signBoth({ target: 'master', range: 'master...HEAD' });
  await renamed.merge('raise', 'master');
  await renamed.git('branch', '--move', 'master', 'main');
  assert.deepEqual((await states({}, renamed)).slice(2), ['signed']);
});

test('a repository of SHA-256 objects is audited as any other', async (context) => {
  const other = await ModelRepository.withPolicy(policy, 'sha256');
  context.after(() => other.remove());
  const landing = await other.landSigned('raise', 13);
  await other.write('model/score.py', 'bar = 1\n');
  await other.commit('Quietly', 'ada');
  assert.equal(landing.length, 64);
  assert.deepEqual(await states({}, other), ['unprotected', 'unprotected', 'signed', 'unsigned']);
  assert.deepEqual(await states({ since: landing }, other), ['unsigned']);
});
