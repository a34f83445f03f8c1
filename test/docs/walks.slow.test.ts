/** The walks of docs/walks.md, typed as they stand there by the persons who take them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { audit } from '../../src/app/audit.ts';
import type { Repository } from '../../src/app/repository.ts';
import { openRepository } from '../../src/node/repository.ts';
import { environment, ModelRepository, policy } from '../audit/model-repository.ts';
import { keys, publicKey, signers } from '../audit/people-keys.ts';

const root = new URL('../..', import.meta.url).pathname;
const cli = join(root, 'dist', 'cli.js');

/** A block of commands, who types it, and what is edited before. */
type Block = { readonly who: string; readonly edit: string | null; readonly script: string };

/** The walks of the page by their headings. */
function walks(): ReadonlyMap<string, readonly Block[]> {
  const [, ...sections] = readFileSync(join(root, 'docs', 'walks.md'), 'utf8').split(/^## /m);
  return new Map(
    sections.map((section) => {
      const blocks = [
        ...section.matchAll(/<!-- (\w+)(?:; edit: ([\w-]+))? -->\n```sh\n([^]*?)^```/gm),
      ];
      return [
        section.split('\n')[0] as string,
        blocks.map(([, who = '', edit = null, script = '']) => ({ who, edit, script })),
      ];
    }),
  );
}

let home = '';

before(() => {
  home = mkdtempSync(join(tmpdir(), 'countersign-walks-'));
  mkdirSync(join(home, 'bin'));
  writeFileSync(
    join(home, 'bin', 'countersign'),
    `#!/bin/sh\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(cli)} "$@"\n`,
  );
  chmodSync(join(home, 'bin', 'countersign'), 0o755);
});

after(() => rmSync(home, { recursive: true, force: true }));

/** Types the blocks of a walk one after another; the test turns the page with `next`. */
async function take(
  walk: string,
  folder: string,
  edits: Readonly<Record<string, () => Promise<unknown>>>,
  between: (who: string, out: string) => Promise<unknown> = async () => {},
): Promise<void> {
  const blocks = walks().get(walk) ?? [];
  assert.ok(blocks.length > 0, `there is no walk ${walk}`);
  for (const { who, edit, script } of blocks) {
    if (edit !== null) await (edits[edit] as () => Promise<unknown>)();
    const lines = script.trim().split('\n');
    assert.ok(lines.length <= 3, 'three commands or fewer');
    const { status, stdout, stderr } = spawnSync('bash', ['-euc', script], {
      cwd: folder,
      encoding: 'utf8',
      env: await environmentOf(who),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    assert.equal(status, 0, `${who}: ${script}${stdout}${stderr}`);
    await between(who, stdout);
  }
}

/** What a person's machine says of them: a home of their own, with name, address, and the key that git signs with. */
async function environmentOf(who: string): Promise<Record<string, string>> {
  const own = join(home, who);
  mkdirSync(join(own, '.ssh'), { recursive: true });
  writeFileSync(
    join(own, '.gitconfig'),
    `[user]\n\tname = ${who}\n\temail = ${who}@example.org\n${who === 'ci' ? '' : `\tsigningKey = ${join(await keys(), who)}\n`}`,
  );
  for (const name of ['new', 'new.pub'])
    cpSync(join(await keys(), name), join(own, '.ssh', name.replace('new', 'countersign')));
  const { GIT_CONFIG_GLOBAL: _, ...rest } = environment();
  return { ...rest, PATH: `${join(home, 'bin')}:${process.env['PATH']}`, HOME: own };
}

/** A repository on a branch of its own, whose clock is the machine's: the command line signs by it. */
async function onBranch(
  context: { after: (done: () => Promise<void>) => void },
  begin: Promise<ModelRepository>,
): Promise<ModelRepository> {
  const repository = await begin;
  context.after(() => repository.remove());
  await repository.branch('work');
  return repository;
}

/** Somebody who looks once all that was dated has happened: no audit believes a date that is still to come. */
async function auditor(repository: ModelRepository): Promise<Repository> {
  return {
    ...(await openRepository(repository.folder, environment())),
    clock: { now: () => new Date(Math.max(Date.now(), repository.now)) },
  };
}

async function lastState(
  repository: ModelRepository,
  trustRoots?: readonly string[],
): Promise<string | undefined> {
  const { result } = await audit(await auditor(repository), { trustRoots });
  return result.landings.at(-1)?.state;
}

async function land(repository: ModelRepository, branch = 'work'): Promise<void> {
  repository.now = Math.max(repository.now, Date.now());
  await repository.merge(branch);
}

test('the first policy', async (context) => {
  const repository = await onBranch(context, withoutPolicy());
  let digest = '';
  await take('The first policy', repository.folder, {}, async (who, out) => {
    if (who === 'eve') digest = /^v1:[0-9a-f]{64}$/m.exec(out)?.[0] ?? '';
  });
  await land(repository);
  assert.equal(await lastState(repository, [digest]), 'trusted');
  assert.equal(await lastState(repository, [`v1:${'0'.repeat(64)}`]), 'failed');
});

async function withoutPolicy(): Promise<ModelRepository> {
  const repository = await ModelRepository.empty();
  await repository.write('model/score.py', 'bar = 12\n');
  await repository.commit('A model', 'ada');
  return repository;
}

test('a change of the policy', async (context) => {
  const repository = await onBranch(context, ModelRepository.withPolicy());
  await take('A change of the policy', repository.folder, {
    stricter: () =>
      repository.write(
        '.countersign/policy.yaml',
        policy.replace(
          '{role: validator, count: 1, independent: true}',
          '{role: validator, count: 2, independent: true}',
        ),
      ),
  });
  await land(repository);
  assert.equal(await lastState(repository), 'signed');
});

test('a new key', async (context) => {
  const repository = await ModelRepository.withPolicy();
  await repository.landSigned('before', 13);
  await onBranch(context, Promise.resolve(repository));
  await take('A new key', repository.folder, {
    'without-old-key': async () =>
      repository.write('.countersign/allowed_signers', await signers({}, {}, ['ben'])),
  });
  await land(repository);
  assert.equal(await lastState(repository), 'signed');
  assert.ok(
    (await repository.read('.countersign/allowed_signers')).includes(
      (await publicKey('new')).slice(-30),
    ),
  );
  const { result } = await audit(await auditor(repository), {});
  assert.deepEqual(
    result.landings.map(({ state }) => state),
    ['unprotected', 'unprotected', 'signed', 'signed'],
    'what the old key signed stays good',
  );
  await repository.branch('after');
  await repository.write('model/score.py', 'bar = 14\n');
  await repository.commit('Raise', 'ada');
  await repository.sign('ada', 'model-owner');
  await repository.sign('ben', 'validator', { key: 'new' });
  await land(repository, 'after');
  assert.equal(await lastState(repository), 'signed');
});

test('a person leaves', async (context) => {
  const repository = await ModelRepository.withPolicy();
  await repository.landSigned('before', 13);
  await onBranch(context, Promise.resolve(repository));
  await take('A person leaves', repository.folder, {
    'without-ben': async () => {
      await repository.write(
        '.countersign/policy.yaml',
        policy.replace('validator: [ben, cy]', 'validator: [cy]'),
      );
      await repository.write('.countersign/allowed_signers', await signers({}, {}, ['ben']));
    },
  });
  await land(repository);
  const { result } = await audit(await auditor(repository), {});
  assert.deepEqual(
    result.landings.map(({ state }) => state),
    ['unprotected', 'unprotected', 'signed', 'signed'],
  );
  repository.now = Date.now();
  await repository.landSigned('after', 14);
  assert.equal(await lastState(repository), 'failed', 'ben signs no more');
});

test('undo what landed', async (context) => {
  const repository = await ModelRepository.withPolicy();
  await repository.landSigned('raise', 13);
  const signed = await repository.git('ls-files', '.countersign/signoffs');
  await onBranch(context, Promise.resolve(repository));
  await take('Undo what landed', repository.folder, {});
  assert.equal(await repository.read('model/score.py'), 'bar = 12\n');
  for (const path of signed.split('\n')) await repository.read(path);
  await land(repository);
  assert.equal(await lastState(repository), 'signed');
});

test('a pull request from a fork', async (context) => {
  const repository = await ModelRepository.withPolicy();
  const place = mkdtempSync(join(home, 'fork-'));
  context.after(() => repository.remove());
  mkdirSync(join(place, 'sent'));
  for (const name of ['fork', 'ben', 'ci', 'eve'])
    spawnSync('git', ['clone', '--quiet', repository.folder, join(place, name)], {
      env: environment(),
    });
  // Ada works in a fork of her own, where she signs as the model's owner.
  await repository.branch('raise');
  await repository.write('model/score.py', 'bar = 13\n');
  await repository.commit('Raise', 'ada');
  await repository.sign('ada', 'model-owner');
  spawnSync('git', ['fetch', '--quiet', 'origin', 'raise:raise'], {
    cwd: join(place, 'fork'),
    env: environment(),
  });
  for (const { who, script } of walks().get('A pull request from a fork') ?? []) {
    assert.ok(script.trim().split('\n').length <= 3);
    const { status, stdout, stderr } = spawnSync('bash', ['-euc', script], {
      cwd: join(place, who),
      encoding: 'utf8',
      env: await environmentOf(who),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    assert.equal(status, 0, `${who}: ${script}${stdout}${stderr}`);
    if (who === 'ci') assert.match(stdout, /^pass/m);
  }
  const landing = join(place, 'eve');
  for (const args of [
    ['switch', '--quiet', 'main'],
    ['merge', '--quiet', '--no-ff', '-m', 'Merge pull-7', 'pull-7'],
    ['remote', 'remove', 'origin'],
  ])
    spawnSync('git', args, { cwd: landing, env: await environmentOf('eve') });
  const { result } = await audit(await openRepository(landing, environment()), {});
  assert.equal(result.landings.at(-1)?.state, 'signed');
});

const lockOuts: Readonly<Record<string, (repository: ModelRepository) => Promise<unknown>>> = {
  'keys that are lost': async () => {},
  'a policy that cannot be read': async (repository) => {
    await repository.write('.countersign/policy.yaml', 'rules: [\n');
    await repository.commit('Break it', 'eve');
  },
};

for (const [name, lockOut] of Object.entries(lockOuts)) {
  test(`a lock-out by ${name}`, async (context) => {
    const repository = await ModelRepository.withPolicy();
    await lockOut(repository);
    await onBranch(context, Promise.resolve(repository));
    let digest = '';
    const mend = async (): Promise<void> => {
      await repository.write('.countersign/policy.yaml', policy);
      await repository.write('.countersign/allowed_signers', await signers({ eve: 'new' }));
    };
    await take('A lock-out', repository.folder, { 'new-keys': mend }, async (who, out) => {
      if (who === 'eve') digest = /^v1:[0-9a-f]{64}$/m.exec(out)?.[0] ?? '';
    });
    await land(repository);
    assert.equal(
      await lastState(repository),
      name === 'keys that are lost' ? 'unsigned' : 'undecidable',
    );
    const first = (await audit(await auditor(repository), { trustRoots: [digest] })).result;
    assert.equal(first.landings.at(-1)?.state, 'trusted');
  });
}
