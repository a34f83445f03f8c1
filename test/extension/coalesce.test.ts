import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { coalesce } from '../../src/extension/workspace/coalesce.ts';

test('calls that come together are one run', async () => {
  let runs = 0;
  const work = coalesce(10, async () => void (runs += 1));
  await Promise.all([work.soon(), work.soon(), work.soon()]);
  assert.equal(runs, 1);
});

test('a call during a run waits for a run that began after it', async () => {
  let seen = 0;
  let state = 1;
  const work = coalesce(5, async () => {
    const now = state;
    await sleep(30);
    seen = now;
  });
  const first = work.now();
  await sleep(10);
  state = 2;
  await work.now();
  assert.equal(seen, 2);
  await first;
});

test('there are never two runs at a time', async () => {
  let running = 0;
  let most = 0;
  const work = coalesce(1, async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(5);
    running -= 1;
  });
  await Promise.all(
    Array.from(
      { length: 20 },
      async (_, at) => (await sleep(at), at % 2 ? work.soon() : work.now()),
    ),
  );
  assert.equal(most, 1);
});

test('after disposal nothing runs, and nobody waits for ever', async () => {
  let runs = 0;
  const work = coalesce(20, async () => void (runs += 1));
  const waiting = work.soon();
  work.dispose();
  await waiting;
  await sleep(40);
  assert.equal(runs, 0);
});
