import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { verifySignoffs } from '../../src/app/verify.ts';
import { runCountersign } from './verify-command.ts';
import { landExcepted, landPolicy } from './landings.ts';
import { ModelRepository, policy, signedPayloadId } from './model-repository.ts';

type Case = {
  readonly name: string;
  /** The sign-off that is asked about. */
  readonly make: (repository: ModelRepository) => Promise<string>;
  readonly over: boolean | null;
  readonly replaced: boolean;
  readonly said: RegExp;
};

async function raise(repository: ModelRepository, bar = 13): Promise<void> {
  await repository.write('model/score.py', `bar = ${bar}\n`);
  await repository.commit(`Set the bar to ${bar}`, 'ada');
}

const cases: readonly Case[] = [
  {
    name: 'that has not landed',
    make: async (repository) => {
      await repository.branch('raise');
      await raise(repository);
      return repository.sign('ben', 'validator');
    },
    over: null,
    replaced: false,
    said: /: valid ben .*SHA256:\S+$/,
  },
  {
    name: 'over what landed with it',
    make: async (repository) => {
      await repository.branch('raise');
      await raise(repository);
      const path = await repository.sign('ben', 'validator');
      await repository.merge('raise');
      return path;
    },
    over: true,
    replaced: false,
    said: /: valid ben .*, landed$/,
  },
  {
    name: 'over what landed with it, under globs that are others now',
    make: async (repository) => {
      await repository.branch('raise');
      await raise(repository);
      await repository.write('model/more.py', 'x = 1\n');
      await repository.commit('More', 'ada');
      const path = await repository.sign('ben', 'validator');
      await repository.merge('raise');
      await landPolicy(repository, 'globs', async () =>
        repository.write(
          '.countersign/policy.yaml',
          policy.replace('except: ["**/*.md"]', 'except: ["**/*.md", model/more.py]'),
        ),
      );
      return path;
    },
    over: true,
    replaced: false,
    said: /: valid ben .*, landed$/,
  },
  {
    name: 'that came along, over what moved before it landed',
    make: async (repository) => {
      await repository.branch('raise');
      await raise(repository);
      const path = await repository.sign('cy', 'validator');
      await raise(repository, 14);
      await repository.signBoth();
      await repository.merge('raise');
      return path;
    },
    over: false,
    replaced: false,
    said: /: genuine, but not over what landed: cy .*, came along with a landing$/,
  },
  {
    name: 'that rejects, and that its signer replaced',
    make: async (repository) => {
      await repository.branch('raise');
      await raise(repository);
      const path = await repository.sign('cy', 'validator', { over: { decision: 'reject' } });
      await repository.sign('cy', 'validator', {
        over: { replaces: await signedPayloadId(repository, path) },
      });
      await repository.merge('raise');
      return path;
    },
    over: true,
    replaced: true,
    said: /: genuine, but replaced by cy\.[0-9a-f.]+\.yaml: cy .* reject /,
  },
  {
    name: 'that follows an exception, after the model moved on',
    make: async (repository) => {
      const range = await landExcepted(repository);
      await repository.landSigned('on', 14);
      await repository.branch('follow-up');
      const path = await repository.sign('ben', 'validator', { range });
      await repository.merge('follow-up');
      return path;
    },
    over: true,
    replaced: false,
    said: /: valid ben .*, landed$/,
  },
];

for (const { name, make, over, replaced, said } of cases) {
  test(`verify, of a sign-off ${name}`, async (context) => {
    const repository = await ModelRepository.withPolicy();
    context.after(() => repository.remove());
    const path = await make(repository);
    for (const paths of [[path], []]) {
      const found = (
        await verifySignoffs(
          { ...(await repository.open()), clock: { now: () => new Date(repository.now) } },
          paths,
        )
      ).signoffs.find(({ file }) => file === path);
      assert.deepEqual(
        [found?.state, found?.over_what_landed, found?.replaced_by !== null],
        ['valid', over, replaced],
      );
    }
    const line = (await runCountersign(repository, 'verify', path))
      .split('\n')
      .find((told) => told.startsWith(path));
    assert.match(line ?? '', said);
  });
}
