import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { digestChange } from '../../src/app/digest.ts';
import { openRepository } from '../../src/node/repository.ts';
import { ModelRepo } from './kit/model-repo.ts';

const megabyte = 1 << 20;

/** Writes weights that do not compress, and gives their digest. */
async function writeWeights(file: string, megabytes: number): Promise<string> {
  const out = createWriteStream(file);
  const hash = createHash('sha256');
  for (let piece = 0; piece < megabytes; piece++) {
    const bytes = randomBytes(megabyte);
    hash.update(bytes);
    if (!out.write(bytes)) await new Promise<void>((done) => out.once('drain', () => done()));
  }
  await new Promise<void>((done) => out.end(done));
  return hash.digest('hex');
}

test('weights of 128 MiB are digested in memory that does not grow with them', async () => {
  const repo = await ModelRepo.make();
  const wanted = await writeWeights(join(repo.dir, 'model/weights.bin'), 128);
  await repo.commit('weights', 'ada');
  const repository = await openRepository(repo.dir, process.env);
  const before = process.memoryUsage().rss;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss - before);
  }, 20);
  const { rules } = await digestChange(repository, {
    source: { kind: 'range', from: 'main', to: 'HEAD' },
    target: 'main',
  });
  clearInterval(watch);
  const [entry] = rules.flatMap(({ entries }) => entries);
  assert.deepEqual([entry?.path, entry?.new], ['model/weights.bin', wanted]);
  assert.ok(most < 64 * megabyte, `${Math.round(most / megabyte)} MiB more`);
});
